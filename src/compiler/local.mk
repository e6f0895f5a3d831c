noinst_LIBRARIES += libcompiler.a
libcompiler_a_SOURCES = \
	%D%/assembler.c %D%/assembler.h \
	%D%/cmdline.c %D%/cmdline.h \
	%D%/deps.c %D%/deps.h \
	%D%/identity.c %D%/identity.h \
	%D%/lang.c %D%/lang.h \
	%D%/option.c %D%/option.h %D%/option_table.c \
	%D%/reason.c %D%/reason.h \
	%D%/rewrite.c %D%/rewrite.h
