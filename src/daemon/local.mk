# All of distccd but its main, so that unit tests can link it.
noinst_LIBRARIES += libdaemon.a
libdaemon_a_SOURCES = \
	%D%/access.c %D%/access.h \
	%D%/background.c %D%/background.h \
	%D%/board.c %D%/board.h \
	%D%/cgroup.c %D%/cgroup.h \
	%D%/check.c %D%/check.h \
	%D%/checkreport.c %D%/checkreport.h \
	%D%/cmdlist.c %D%/cmdlist.h \
	%D%/compilers.c %D%/compilers.h \
	%D%/crew.c %D%/crew.h %D%/crew_inner.h \
	%D%/crew_leave.c \
	%D%/crew_turns.c \
	%D%/config.c %D%/config.h \
	%D%/exitcode.h \
	%D%/job.c %D%/job.h \
	%D%/jobdir.c %D%/jobdir.h \
	%D%/joblog.c %D%/joblog.h \
	%D%/listen.c %D%/listen.h \
	%D%/lobby.c %D%/lobby.h \
	%D%/logging.c %D%/logging.h \
	%D%/machine.c %D%/machine.h \
	%D%/notify.c %D%/notify.h \
	%D%/options.c %D%/options.h \
	%D%/optrow.c %D%/optrow.h \
	%D%/policy.c %D%/policy.h \
	%D%/pool.c %D%/pool.h \
	%D%/post.c %D%/post.h \
	%D%/privilege.c %D%/privilege.h \
	%D%/proxy.c %D%/proxy.h \
	%D%/reload.c %D%/reload.h \
	%D%/result.c %D%/result.h \
	%D%/room.c %D%/room.h \
	%D%/procfile.c %D%/procfile.h \
	%D%/run.c %D%/run.h \
	%D%/serve.c %D%/serve.h \
	%D%/settings.c %D%/settings.h \
	%D%/share.c %D%/share.h \
	%D%/solo.c %D%/solo.h \
	%D%/tether.c %D%/tether.h \
	%D%/turn.c %D%/turn.h \
	%D%/workdir.c %D%/workdir.h \
	%D%/worker.c %D%/worker.h

bin_PROGRAMS += distccd
distccd_SOURCES = \
	%D%/main.c
distccd_LDFLAGS = $(AM_LDFLAGS) $(NOW_LDFLAGS)
distccd_LDADD = libdaemon.a libcompiler.a libwire.a libbase.a \
	$(POPT_LIBS) $(LZO_LIBS) $(LIBIBERTY_LIBS)
