noinst_LIBRARIES += libscan.a
libscan_a_SOURCES = \
	%D%/arena.c %D%/arena.h \
	%D%/arithmetic.c %D%/arithmetic.h \
	%D%/builder.h \
	%D%/chars.h \
	%D%/condition.c %D%/condition.h \
	%D%/define.c \
	%D%/directive.h \
	%D%/evaluate.c %D%/evaluate.h \
	%D%/evaluator.h \
	%D%/expand.c %D%/expand.h \
	%D%/group.c \
	%D%/header.c %D%/header.h \
	%D%/lex.c %D%/lex.h \
	%D%/lines.c %D%/lines.h \
	%D%/literal.c %D%/literal.h \
	%D%/macros.c %D%/macros.h \
	%D%/number.c %D%/number.h \
	%D%/paste.c %D%/paste.h \
	%D%/pragma.c \
	%D%/query.c %D%/query.h \
	%D%/record.c %D%/record.h \
	%D%/refusal.c %D%/refusal.h \
	%D%/scan.h \
	%D%/substitute.c %D%/substitute.h \
	%D%/symbol.c %D%/symbol.h \
	%D%/token.h \
	%D%/word.c %D%/word.h
