sbin_SCRIPTS = update-distcc-symlinks
EXTRA_DIST += %D%/update-distcc-symlinks.in
CLEANFILES += update-distcc-symlinks

update-distcc-symlinks: %D%/update-distcc-symlinks.in Makefile
	$(AM_V_GEN)sed 's|@bindir[@]|$(bindir)|' \
		'$(srcdir)/%D%/update-distcc-symlinks.in' >$@.new && \
	chmod 755 $@.new && mv -f $@.new $@
