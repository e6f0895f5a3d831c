/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_TOKEN_H
#define SCAN_TOKEN_H

#include <stddef.h>
#include <stdint.h>

enum token_kind {
	TOKEN_END,		/* of the line, or of an argument */
	TOKEN_NAME,
	TOKEN_NUMBER,		/* anything that begins like one */
	TOKEN_CHAR,		/* with its prefix */
	TOKEN_STRING,		/* with its prefix, not raw */
	TOKEN_HEADER,		/* <...> or "..." where a header is named */
	TOKEN_PUNCTUATOR,	/* its symbol is an enum word */
	TOKEN_OTHER,		/* a stray character, a lone quote */
	TOKEN_PARAMETER,	/* in a macro's body; symbol is its place */
	TOKEN_DOUBT		/* read differently here and there */
};

enum token_flag {
	/* A blank was in front of it, where it was read. */
	TOKEN_BLANK = 0x1,
	/* A blank is in front of it, after expansion. */
	TOKEN_GAP = 0x2,
	/* Its macro was being expanded when it came: it stays as it is. */
	TOKEN_PAINTED = 0x4,
	/* In a body: ## follows. */
	TOKEN_PASTES = 0x8,
	/* In a body: the parameter after #. */
	TOKEN_QUOTES = 0x10,
	/* Whether a blank is in front of it depends on the compiler. */
	TOKEN_UNSURE = 0x20
};

struct token {
	uint32_t symbol;
	uint8_t kind;
	uint8_t flags;
};

static inline int
token_is(const struct token *token, uint32_t punctuator)
{
	return token->kind == TOKEN_PUNCTUATOR && token->symbol == punctuator;
}

#endif
