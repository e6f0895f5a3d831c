# All of distcc-agent but its main, so that unit tests can link it.
noinst_LIBRARIES += libagent.a
libagent_a_SOURCES = \
	%D%/ask.c %D%/ask.h \
	%D%/cargo.c %D%/cargo.h \
	%D%/detach.c %D%/detach.h \
	%D%/door.c %D%/door.h \
	%D%/legacy.c %D%/legacy.h \
	%D%/loop.c %D%/loop.h \
	%D%/mirror.c %D%/mirror.h \
	%D%/options.c %D%/options.h \
	%D%/plan.c %D%/plan.h \
	%D%/program.c %D%/program.h \
	%D%/root.c %D%/root.h \
	%D%/segment.c %D%/segment.h \
	%D%/service.c %D%/service.h \
	%D%/settings.c %D%/settings.h \
	%D%/store.c %D%/store.h \
	%D%/table.c %D%/table.h \
	%D%/visitor.c %D%/visitor.h

bin_PROGRAMS += distcc-agent
distcc_agent_SOURCES = %D%/main.c
distcc_agent_LDADD = libagent.a libscan.a libcompiler.a libwire.a libbase.a \
	$(POPT_LIBS) $(LZO_LIBS) $(PTHREAD_LIBS) $(LIBIBERTY_LIBS)
