/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_LITERAL_H
#define SCAN_LITERAL_H

#include "scan/token.h"

struct lex;

/*
 * The tokens that are longer than their first character tells. Each goes
 * behind the token that begins where lex is, notes what is to be seen in it,
 * and returns its kind.
 */

/* A name, or, if it is the prefix of one, the literal behind it too. */
enum token_kind literal_take_name(struct lex *lex);

enum token_kind literal_take_number(struct lex *lex);

/* A string or a character; TOKEN_OTHER to the end of the line if it has no
 * end. */
enum token_kind literal_take_quoted(struct lex *lex);

/* Sets *token to a header's name. Returns 0 if it has no end, and then does
 * nothing. */
int literal_take_header(struct lex *lex, struct token *token);

#endif
