/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_LEX_H
#define SCAN_LEX_H

#include <stddef.h>

#include "scan/lines.h"
#include "scan/token.h"

struct symbols;

/* What was met on the line at hand, be it in text; for who clears it. */
enum lex_sight {
	LEX_MACRO_STACK = 0x1,	/* the words push_macro or pop_macro */
	LEX_ODD_SLASHES = 0x2,	/* a // comment that C90 may not see as one */
	LEX_PRAGMA = 0x4,	/* the word _Pragma */
	LEX_PRAGMA_ODD = 0x8	/* and behind it what changes what is read */
};

/* The bytes of one file as tokens, a logical line at a time. */
struct lex {
	struct lines lines;
	struct symbols *symbols;
	unsigned dialect;	/* enum record_dialect */
	unsigned marks;		/* enum record_mark seen so far */
	unsigned sights;	/* enum lex_sight */
	/*
	 * The compilers are not sure to see this file as we do: a comment or
	 * a raw string that does not end, for example.
	 */
	int is_doubtful;
	/* "<" and quotes begin a header's name */
	int wants_header;
	int has_trigraphs;	/* there are some, be it in comments */
	size_t rejoined;	/* bytes joined again for raw strings */
};

/* data is borrowed. */
void lex_begin(struct lex *lex, struct symbols *symbols, const char *data,
	       size_t size, unsigned dialect);
void lex_clear(struct lex *lex);

/*
 * Goes to the next line, over the blanks and comments that it begins with,
 * which may take it lines further. Returns 0 if there is none.
 */
int lex_line(struct lex *lex);

/* Whether nothing is left of the line. */
int lex_at_end(const struct lex *lex);

/* Takes the # that a directive begins with. Returns 0 if there is none. */
int lex_take_hash(struct lex *lex, int *is_digraph);

/* The next token of the line; TOKEN_END behind the last. */
void lex_token(struct lex *lex, struct token *token);

/* Goes through the rest of the line, for what is to be seen in it. */
void lex_skip(struct lex *lex);

/* Marks trigraphs in text: for the parts of lex only. */
void lex_note_trigraphs(struct lex *lex, const char *text, size_t size);

/* Whether text is exactly one token, which it then sets. */
int lex_one(struct symbols *symbols, const char *text, size_t size,
	    struct token *token);

#endif
