/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_EXPAND_H
#define SCAN_EXPAND_H

#include <stddef.h>

#include "scan/token.h"

struct evaluator;
struct source;

/* Tokens in a row. */
struct expand_slice {
	const struct token *tokens;
	size_t count;
};

/* An argument of a macro. */
struct expand_argument {
	struct expand_slice raw;
	struct expand_slice expanded;
	int is_expanded;
	int is_absent;		/* the last one: not even empty */
};

/* Begins to read the tokens of a directive; what was read before is gone. */
void expand_begin(struct evaluator *evaluator, const struct token *tokens,
		  size_t count);

/* The next token, as it stands. */
void expand_raw(struct evaluator *evaluator, struct token *token);

/* The next token that is left when macros are expanded. */
void expand_next(struct evaluator *evaluator, struct token *token);

/* Makes token, which was the last to be read, the next one again. */
void expand_unread(struct evaluator *evaluator, const struct token *token);

/* An argument, expanded by itself. */
const struct expand_slice *expand_argument(struct evaluator *evaluator,
					   struct expand_argument *argument);

/* Appends to what is being put together. */
void expand_push(struct evaluator *evaluator, const struct token *token);

/* Takes what was put together since from. */
struct expand_slice expand_take(struct evaluator *evaluator, size_t from);

#endif
