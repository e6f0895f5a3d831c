bin_PROGRAMS += distcc
noinst_LIBRARIES += libclient.a
libclient_a_SOURCES = \
	%D%/agent.c %D%/agent.h \
	%D%/attempt.c %D%/attempt.h \
	%D%/build.c %D%/build.h \
	%D%/command.c %D%/command.h \
	%D%/comments.c %D%/comments.h \
	%D%/discrepancy.c %D%/discrepancy.h \
	%D%/doctor.c %D%/doctor.h \
	%D%/doctor_agent.c %D%/doctor_agent.h \
	%D%/doctor_client.c %D%/doctor_client.h \
	%D%/doctor_host.c %D%/doctor_host.h \
	%D%/doctor_report.c %D%/doctor_report.h \
	%D%/exitcode.c %D%/exitcode.h \
	%D%/hostlist.c %D%/hostlist.h \
	%D%/include_server.c %D%/include_server.h \
	%D%/inspect.c %D%/inspect.h \
	%D%/job.c %D%/job.h \
	%D%/journal.c %D%/journal.h \
	%D%/launch.c %D%/launch.h \
	%D%/links.c %D%/links.h \
	%D%/local.c %D%/local.h \
	%D%/marks.c %D%/marks.h \
	%D%/masquerade.c %D%/masquerade.h \
	%D%/note.c %D%/note.h \
	%D%/object.c %D%/object.h \
	%D%/options.c %D%/options.h \
	%D%/output.c %D%/output.h \
	%D%/prepare.c %D%/prepare.h \
	%D%/pump.c %D%/pump.h \
	%D%/pumping.c %D%/pumping.h \
	%D%/record.c %D%/record.h %D%/record_line.c \
	%D%/rewrap.c %D%/rewrap.h \
	%D%/scanincludes.c %D%/scanincludes.h \
	%D%/settings.c %D%/settings.h \
	%D%/source.c %D%/source.h \
	%D%/state.c %D%/state.h \
	%D%/summary.c %D%/summary.h \
	%D%/tally.c %D%/tally.h \
	%D%/tell.c %D%/tell.h \
	%D%/trip.c %D%/trip.h \
	%D%/verdict.c %D%/verdict.h \
	%D%/way.c %D%/way.h \
	%D%/why.c %D%/why.h \
	%D%/wording.c %D%/wording.h

distcc_SOURCES = %D%/main.c
distcc_LDADD = libclient.a libfarm.a libcompiler.a libwire.a libbase.a \
	$(LZO_LIBS) $(LIBIBERTY_LIBS)
