noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	%D%/args.c %D%/args.h \
	%D%/buf.c %D%/buf.h \
	%D%/clock.c %D%/clock.h \
	%D%/digest.c %D%/digest.h \
	%D%/err.c %D%/err.h \
	%D%/fd.c %D%/fd.h %D%/sendfile.c \
	%D%/file.c %D%/file.h \
	%D%/json.c %D%/json.h \
	%D%/lock.c %D%/lock.h \
	%D%/log.c %D%/log.h \
	%D%/tmp_messages.c \
	%D%/mask.c %D%/mask.h \
	%D%/net.c %D%/net.h \
	%D%/owner.c %D%/owner.h \
	%D%/pass.c %D%/pass.h \
	%D%/path.c %D%/path.h \
	%D%/proc.c %D%/proc.h \
	%D%/search.c %D%/search.h \
	%D%/self.c %D%/self.h \
	%D%/sig.c %D%/sig.h \
	%D%/stamp.c %D%/stamp.h \
	%D%/tick.c %D%/tick.h \
	%D%/tmp.c %D%/tmp.h \
	%D%/utf8.c %D%/utf8.h \
	%D%/view.c %D%/view.h
