noinst_LIBRARIES += libfarm.a
libfarm_a_SOURCES = \
	%D%/backoff.c %D%/backoff.h \
	%D%/choose.c %D%/choose.h \
	%D%/hosts.c %D%/hosts.h \
	%D%/line.c %D%/line.h \
	%D%/remote.c %D%/remote.h \
	%D%/slot.c %D%/slot.h \
	%D%/unlike.c %D%/unlike.h \
	%D%/watch.c %D%/watch.h
