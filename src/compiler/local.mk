noinst_LIBRARIES += libcompiler.a
libcompiler_a_SOURCES = \
	%D%/answers.c %D%/answers.h \
	%D%/ask.c %D%/ask.h \
	%D%/assembler.c %D%/assembler.h \
	%D%/cc1.c %D%/cc1.h \
	%D%/cmdline.c %D%/cmdline.h \
	%D%/depfile.c %D%/depfile.h \
	%D%/deps.c %D%/deps.h \
	%D%/directives.c %D%/directives.h \
	%D%/elf.c %D%/elf.h \
	%D%/environment.c %D%/environment.h \
	%D%/fallthrough.c %D%/fallthrough.h \
	%D%/identity.c %D%/identity.h \
	%D%/lang.c %D%/lang.h \
	%D%/linemark.c %D%/linemark.h \
	%D%/naming.c %D%/naming.h \
	%D%/native.c %D%/native.h %D%/native_clang.c %D%/native_gcc.c \
	%D%/option.c %D%/option.h \
	%D%/option_table.c %D%/option_table.h \
	%D%/option_table_f.c %D%/option_table_long.c \
	%D%/option_table_short.c \
	%D%/probe.c %D%/probe.h \
	%D%/reason.c %D%/reason.h \
	%D%/response.c %D%/response.h \
	%D%/rewrite.c %D%/rewrite.h \
	%D%/rooted.c %D%/rooted.h \
	%D%/sanitizer.c %D%/sanitizer.h \
	%D%/usercode.c %D%/usercode.h
