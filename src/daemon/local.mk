# All of distccd but its main, so that unit tests can link it.
noinst_LIBRARIES += libdaemon.a
libdaemon_a_SOURCES = \
	%D%/access.c %D%/access.h \
	%D%/background.c %D%/background.h \
	%D%/board.c %D%/board.h \
	%D%/census.c %D%/census.h \
	%D%/cgroup.c %D%/cgroup.h \
	%D%/check.c %D%/check.h \
	%D%/checkreport.c %D%/checkreport.h \
	%D%/cmdlist.c %D%/cmdlist.h \
	%D%/compilers.c %D%/compilers.h \
	%D%/config.c %D%/config.h \
	%D%/contents.c %D%/contents.h \
	%D%/crew.c %D%/crew.h %D%/crew_inner.h \
	%D%/crew_leave.c \
	%D%/crew_turns.c \
	%D%/escape.c %D%/escape.h \
	%D%/exitcode.h \
	%D%/hangup.c %D%/hangup.h \
	%D%/history.c %D%/history.h \
	%D%/http.h \
	%D%/human.c %D%/human.h \
	%D%/job.c %D%/job.h \
	%D%/jobdir.c %D%/jobdir.h \
	%D%/joblog.c %D%/joblog.h \
	%D%/listen.c %D%/listen.h \
	%D%/lobby.c %D%/lobby.h \
	%D%/logging.c %D%/logging.h \
	%D%/machine.c %D%/machine.h \
	%D%/metrics.c %D%/metrics.h \
	%D%/notify.c %D%/notify.h \
	%D%/options.c %D%/options.h \
	%D%/optrow.c %D%/optrow.h \
	%D%/page.c %D%/page.h \
	%D%/plot.c %D%/plot.h \
	%D%/policy.c %D%/policy.h \
	%D%/pool.c %D%/pool.h \
	%D%/post.c %D%/post.h \
	%D%/prefixmap.c %D%/prefixmap.h \
	%D%/privilege.c %D%/privilege.h \
	%D%/procfile.c %D%/procfile.h \
	%D%/proxy.c %D%/proxy.h \
	%D%/pump.c %D%/pump.h \
	%D%/rebuild.c %D%/rebuild.h \
	%D%/reload.c %D%/reload.h \
	%D%/result.c %D%/result.h \
	%D%/root.c %D%/root.h \
	%D%/room.c %D%/room.h \
	%D%/run.c %D%/run.h \
	%D%/serve.c %D%/serve.h \
	%D%/settings.c %D%/settings.h \
	%D%/share.c %D%/share.h \
	%D%/sight.c %D%/sight.h \
	%D%/snapshot.c %D%/snapshot.h \
	%D%/solo.c %D%/solo.h \
	%D%/stats.c %D%/stats.h \
	%D%/statsserver.c %D%/statsserver.h \
	%D%/statusjson.c %D%/statusjson.h \
	%D%/sysdir.c %D%/sysdir.h \
	%D%/tether.c %D%/tether.h \
	%D%/textpage.c %D%/textpage.h \
	%D%/turn.c %D%/turn.h \
	%D%/webpage.c %D%/webpage.h \
	%D%/webstyle.c %D%/webstyle.h \
	%D%/webtable.c %D%/webtable.h \
	%D%/workdir.c %D%/workdir.h \
	%D%/worker.c %D%/worker.h

if HAVE_MICROHTTPD
libdaemon_a_SOURCES += %D%/http.c
else
libdaemon_a_SOURCES += %D%/http_none.c
endif
libdaemon_a_CFLAGS = $(AM_CFLAGS) $(MICROHTTPD_CFLAGS)

bin_PROGRAMS += distccd
distccd_SOURCES = \
	%D%/main.c
distccd_LDFLAGS = $(AM_LDFLAGS) $(NOW_LDFLAGS)
distccd_LDADD = libdaemon.a libcompiler.a libwire.a libbase.a \
	$(MICROHTTPD_LIBS) $(POPT_LIBS) $(LZO_LIBS) $(LIBIBERTY_LIBS)
