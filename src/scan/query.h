/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_QUERY_H
#define SCAN_QUERY_H

#include "scan/token.h"

struct evaluator;
struct macro;

/* The macro that symbol is now, or NULL; the compiler is asked if need be. */
const struct macro *query_macro(struct evaluator *evaluator, uint32_t symbol);

/*
 * The value of a macro that is not a definition, whose name was read: sets
 * *token, or refuses. What it has in parentheses is read.
 */
void query_value(struct evaluator *evaluator, struct token *token);

/* Whether a name that is no macro is one of an old gcc's operators. */
int query_is_operator(const struct token *token);

#endif
