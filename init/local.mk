# What starts distccd, and what goes with that. Files with a name of a
# directory in them are made from FILE.in here, and not by configure, so that
# "make prefix=..." holds for them too.
made_init = \
	%D%/inetd.conf \
	%D%/logrotate/distccd \
	%D%/systemd/distccd.service \
	%D%/sysv/distccd \
	%D%/xinetd/distccd

EXTRA_DIST += $(made_init:=.in) \
	%D%/default/distccd \
	%D%/sysusers/distcc.conf \
	%D%/systemd/distccd.socket
CLEANFILES += $(made_init)

examplesdir = $(docdir)/examples
dist_examples_DATA = %D%/distccd.conf
nodist_examples_DATA = %D%/inetd.conf

$(made_init): %: %.in Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && sed \
		-e 's|@bindir[@]|$(bindir)|g' \
		-e 's|@docdir[@]|$(docdir)|g' \
		-e 's|@sysconfdir[@]|$(sysconfdir)|g' \
		-e 's|@localstatedir[@]|$(localstatedir)|g' \
		-e 's|@initdir[@]|$(initdir)|g' \
		$(srcdir)/$@.in >$@.new && mv $@.new $@

if WITH_SYSTEMD
unitdir = $(UNITDIR)
nodist_unit_DATA = %D%/systemd/distccd.service
unit_DATA = %D%/systemd/distccd.socket
sysusersdir = $(prefix)/lib/sysusers.d
sysusers_DATA = %D%/sysusers/distcc.conf
endif
if WITH_SYSVINIT
nodist_init_SCRIPTS = %D%/sysv/distccd
endif
initdir = $(INITDIR)
if WITH_LOGROTATE
logrotatedir = $(LOGROTATEDIR)
nodist_logrotate_DATA = %D%/logrotate/distccd
endif
if WITH_XINETD
xinetddir = $(XINETDDIR)
nodist_xinetd_DATA = %D%/xinetd/distccd
endif

# Files that an administrator edits. They are installed where there is none,
# and removed if they are as they were.
#
# $(own_files) are pairs: the file here, and where it goes.
own_files =
if WITH_CONFIG
own_files += %D%/distccd.conf $(sysconfdir)/distcc/distccd.conf
endif
if WITH_SYSVINIT
own_files += %D%/default/distccd $(sysconfdir)/default/distccd
endif

install-data-local:
	@set -- $(own_files); \
	while [ $$# -gt 0 ]; do \
		if [ -e "$(DESTDIR)$$2" ]; then \
			echo "$(DESTDIR)$$2 is there, and stays as it is"; \
		else \
			echo "$(INSTALL_DATA) $(srcdir)/$$1 $(DESTDIR)$$2"; \
			$(MKDIR_P) "$(DESTDIR)$${2%/*}" && \
			$(INSTALL_DATA) "$(srcdir)/$$1" "$(DESTDIR)$$2" || \
				exit 1; \
		fi; \
		shift 2; \
	done

uninstall-local:
	@set -- $(own_files); \
	while [ $$# -gt 0 ]; do \
		if cmp -s "$(srcdir)/$$1" "$(DESTDIR)$$2"; then \
			echo "rm -f $(DESTDIR)$$2"; \
			rm -f "$(DESTDIR)$$2" || exit 1; \
		fi; \
		shift 2; \
	done
