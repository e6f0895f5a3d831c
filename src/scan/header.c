/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/header.h"

#include <string.h>

#include "base/buf.h"
#include "scan/evaluator.h"
#include "scan/expand.h"
#include "scan/symbol.h"
#include "scan/word.h"

static int
refuse(struct evaluator *evaluator)
{
	evaluator_refuse(evaluator, evaluator->trouble);
	return 0;
}

/* A name with what it stands in: <> or quotes. */
static int
unwrap(struct evaluator *evaluator, const struct token *token,
       struct include_name *name)
{
	const char *text;
	size_t len;

	text = symbols_text(evaluator->symbols, token->symbol, &len);
	if (len < 3 || (*text != '"' && *text != '<'))
		return refuse(evaluator);
	name->text = text + 1;
	name->len = len - 2;
	name->is_angled = *text == '<';
	/* What escapes in strings mean here is not agreed upon. */
	if (memchr(text, '\\', len) != NULL)
		return refuse(evaluator);
	return 1;
}

/*
 * Puts a name in <> together, whose < was read. Where a blank stands at the
 * border of an expansion, gcc and clang differ in whether it is in the name.
 */
static int
glue(struct evaluator *evaluator, struct include_name *name)
{
	struct buf buf = BUF_INIT;
	struct token token;
	const char *text;
	size_t len;
	int has_blank, has_gap, is_fine = 0;

	for (;;) {
		expand_next(evaluator, &token);
		has_blank = (token.flags & TOKEN_BLANK) != 0;
		has_gap = (token.flags & TOKEN_GAP) != 0;
		if (token.kind == TOKEN_END || has_blank != has_gap)
			break;
		if (token_is(&token, WORD_GREATER)) {
			is_fine = buf.len > 0 && !has_gap;
			break;
		}
		if (has_gap)
			buf_add_char(&buf, ' ');
		text = symbols_text(evaluator->symbols, token.symbol, &len);
		buf_add(&buf, text, len);
	}
	if (is_fine) {
		name->text = symbols_text(evaluator->symbols, symbols_intern(
			evaluator->symbols, buf.data, buf.len), &name->len);
		name->is_angled = 1;
	} else {
		refuse(evaluator);
	}
	buf_clear(&buf);
	return is_fine;
}

int
header_read(struct evaluator *evaluator, struct include_name *name)
{
	struct token token;

	expand_next(evaluator, &token);
	if (token.kind == TOKEN_HEADER || token.kind == TOKEN_STRING)
		return unwrap(evaluator, &token, name);
	if (token_is(&token, WORD_LESS))
		return glue(evaluator, name);
	return refuse(evaluator);
}
