/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_DIRECTIVE_H
#define SCAN_DIRECTIVE_H

#include <stddef.h>
#include <stdint.h>

#include "scan/refusal.h"
#include "scan/token.h"

/*
 * What is inside of a record: for those who make and those who evaluate them.
 */
enum directive_op {
	/* those with a word, in the order of enum word */
	OP_IF, OP_IFDEF, OP_IFNDEF, OP_ELIF, OP_ELIFDEF, OP_ELIFNDEF, OP_ELSE,
	OP_ENDIF, OP_DEFINE, OP_UNDEF, OP_INCLUDE, OP_INCLUDE_NEXT,
	OP_IMPORT, OP_PRAGMA, OP_ERROR, OP_WARNING, OP_LINE, OP_IDENT,
	OP_SCCS, OP_ASSERT, OP_UNASSERT, OP_EMBED,
	/* pragmas, and what else has no word of its own */
	OP_ONCE, OP_SYSTEM_HEADER, OP_PUSH_MACRO, OP_POP_MACRO,
	OP_UNKNOWN,		/* assemblers have it as a comment */
	OP_REFUSE		/* whoever gets here gives up */
};

/* What a condition comes down to. */
enum directive_test {
	TEST_EXPRESSION,	/* its tokens tell */
	TEST_DEFINED,		/* whether symbol is a macro */
	TEST_NOT_DEFINED,
	TEST_TRUE,
	TEST_FALSE
};

struct directive {
	uint8_t op;
	uint8_t test;		/* of a condition */
	uint8_t refusal;	/* of OP_REFUSE */
	uint8_t has_new;	/* an #if: its group has an #elifdef */
	uint32_t line;
	/* the name of what is tested, undefined, pushed; #define: which of
	 * the record's macros */
	uint32_t symbol;
	uint32_t first, count;	/* its tokens */
	uint32_t next;		/* of a branch: the next of its group */
	uint32_t end;		/* of a branch: its #endif */
};

enum macro_kind {
	MACRO_PLAIN,
	MACRO_DYNAMIC,		/* __LINE__ and the like */
	MACRO_QUERY		/* what only some compilers have */
};

struct macro {
	const struct token *body;
	uint32_t name;
	uint32_t count;		/* tokens of the body */
	uint16_t parameters;
	uint8_t kind;
	unsigned is_function : 1;
	unsigned is_variadic : 1;	/* the last parameter takes the rest */
	unsigned is_doubtful : 1;	/* __VA_OPT__, or an error */
	unsigned is_simple : 1;		/* nothing to paste or to replace */
	unsigned has_hash : 1;		/* # before what is no parameter */
};

struct record {
	struct directive *directives;
	struct token *tokens;
	struct macro *macros;
	uint32_t count, tokens_count, macros_count;
	unsigned marks;
	uint32_t guard;
	enum refusal refusal;	/* of the file as a whole */
	unsigned has_digraphs : 1;	/* a directive begins with one */
};

/* More parameters make no sense, but work. */
#define MACRO_PARAMETERS_MAX 1024

#endif
