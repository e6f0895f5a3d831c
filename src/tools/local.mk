# Scripts with a name of a directory in them.
bin_SCRIPTS = pump
sbin_SCRIPTS = update-distcc-symlinks
EXTRA_DIST += %D%/pump.in %D%/update-distcc-symlinks.in
CLEANFILES += pump update-distcc-symlinks

pump: %D%/pump.in Makefile
	$(AM_V_GEN)sed 's|@bindir[@]|$(bindir)|g' \
		'$(srcdir)/%D%/pump.in' >$@.new && \
	chmod 755 $@.new && mv -f $@.new $@

update-distcc-symlinks: %D%/update-distcc-symlinks.in Makefile
	$(AM_V_GEN)sed 's|@bindir[@]|$(bindir)|g' \
		'$(srcdir)/%D%/update-distcc-symlinks.in' >$@.new && \
	chmod 755 $@.new && mv -f $@.new $@
