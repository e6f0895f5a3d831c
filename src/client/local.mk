bin_PROGRAMS += distcc
noinst_LIBRARIES += libclient.a
libclient_a_SOURCES = \
	%D%/attempt.c %D%/attempt.h \
	%D%/exitcode.c %D%/exitcode.h \
	%D%/hostlist.c %D%/hostlist.h \
	%D%/inspect.c %D%/inspect.h \
	%D%/job.c %D%/job.h \
	%D%/local.c %D%/local.h \
	%D%/masquerade.c %D%/masquerade.h \
	%D%/options.c %D%/options.h \
	%D%/prepare.c %D%/prepare.h \
	%D%/settings.c %D%/settings.h \
	%D%/state.c %D%/state.h

distcc_SOURCES = %D%/main.c
distcc_LDADD = libclient.a libfarm.a libcompiler.a libwire.a libbase.a \
	$(LZO_LIBS) $(LIBIBERTY_LIBS)
