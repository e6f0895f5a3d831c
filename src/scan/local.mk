noinst_LIBRARIES += libscan.a
libscan_a_SOURCES = \
	%D%/arena.c %D%/arena.h \
	%D%/arithmetic.c %D%/arithmetic.h \
	%D%/batch.c %D%/batch.h \
	%D%/builder.h \
	%D%/chain.c %D%/chain.h \
	%D%/chars.h \
	%D%/command.c %D%/command.h %D%/command_pass.c \
	%D%/condition.c %D%/condition.h \
	%D%/define.c \
	%D%/dialect.c %D%/dialect.h \
	%D%/directive.h \
	%D%/evaluate.c %D%/evaluate.h \
	%D%/evaluator.h \
	%D%/expand.c %D%/expand.h \
	%D%/filekey.c %D%/filekey.h %D%/filekey_coarse.c \
	%D%/files.c %D%/files.h \
	%D%/folder.c %D%/folder.h \
	%D%/group.c \
	%D%/header.c %D%/header.h \
	%D%/inputs.c %D%/inputs.h \
	%D%/lex.c %D%/lex.h \
	%D%/lines.c %D%/lines.h \
	%D%/listing.c %D%/listing.h \
	%D%/literal.c %D%/literal.h \
	%D%/macros.c %D%/macros.h \
	%D%/memo.c %D%/memo.h \
	%D%/number.c %D%/number.h \
	%D%/paste.c %D%/paste.h \
	%D%/pragma.c \
	%D%/query.c %D%/query.h \
	%D%/record.c %D%/record.h \
	%D%/refusal.c %D%/refusal.h \
	%D%/resolve.c %D%/resolve.h \
	%D%/role.c %D%/role.h \
	%D%/scan.c %D%/scan.h \
	%D%/substitute.c %D%/substitute.h \
	%D%/symbol.c %D%/symbol.h \
	%D%/token.h \
	%D%/unit.c %D%/unit.h %D%/unit_evaluate.c \
	%D%/walk.c %D%/walk.h \
	%D%/word.c %D%/word.h
