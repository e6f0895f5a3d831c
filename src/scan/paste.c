/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/paste.h"

#include <string.h>

#include "base/buf.h"
#include "scan/chars.h"
#include "scan/evaluator.h"
#include "scan/lex.h"
#include "scan/symbol.h"

#define SPELLING_MAX 65536

/* Names and numbers of plain characters remain what the left one is. */
static int
is_plain(const struct token *left, const struct token *right,
	 const char *text, size_t len)
{
	size_t i;

	if ((left->kind != TOKEN_NAME && left->kind != TOKEN_NUMBER) ||
	    (right->kind != TOKEN_NAME && right->kind != TOKEN_NUMBER))
		return 0;
	for (i = 0; i < len; i++)
		if (!chars_is_name(text[i]))
			return 0;
	return 1;
}

/* Spellings stay for good: so they must not run wild. */
static int
is_too_long(struct evaluator *evaluator, const struct buf *buf)
{
	if (buf->len > SPELLING_MAX)
		evaluator_refuse(evaluator, REFUSAL_STEPS);
	return evaluator_step(evaluator, buf->len / 16);
}

void
paste_tokens(struct evaluator *evaluator, const struct token *right)
{
	struct token *left = &evaluator->stack[evaluator->stack_count - 1];
	struct symbols *symbols = evaluator->symbols;
	struct token pasted = { .kind = left->kind };
	struct buf buf = BUF_INIT;
	const char *text;
	size_t len;

	text = symbols_text(symbols, left->symbol, &len);
	buf_add(&buf, text, len);
	text = symbols_text(symbols, right->symbol, &len);
	buf_add(&buf, text, len);
	if (is_too_long(evaluator, &buf))
		goto out;
	if (left->kind == TOKEN_DOUBT || right->kind == TOKEN_DOUBT) {
		evaluator_refuse(evaluator, evaluator->trouble);
		goto out;
	}
	if (is_plain(left, right, text, len)) {
		pasted.symbol = symbols_intern(symbols, buf.data, buf.len);
	} else if (!lex_one(symbols, buf.data, buf.len, &pasted) ||
		   pasted.kind == TOKEN_DOUBT || pasted.kind == TOKEN_OTHER) {
		/* An error, but assemblers are given both. */
		evaluator_refuse(evaluator, evaluator->trouble);
		goto out;
	}
	pasted.flags = left->flags & (TOKEN_BLANK | TOKEN_GAP | TOKEN_UNSURE);
	*left = pasted;
out:
	buf_clear(&buf);
}

/* In a string, quotes and backslashes of strings are escaped. */
static void
add_escaped(struct buf *buf, const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (text[i] == '"' || text[i] == '\\')
			buf_add_char(buf, '\\');
		buf_add_char(buf, text[i]);
	}
}

void
paste_quote(struct evaluator *evaluator, const struct expand_slice *slice,
	    struct token *string)
{
	struct symbols *symbols = evaluator->symbols;
	struct buf buf = BUF_INIT;
	const struct token *token;
	const char *text;
	size_t i, len;

	buf_add_char(&buf, '"');
	for (i = 0; i < slice->count; i++) {
		token = &slice->tokens[i];
		if (i > 0 && (token->flags & TOKEN_GAP))
			buf_add_char(&buf, ' ');
		if (i > 0 && (token->flags & TOKEN_UNSURE))
			evaluator_refuse(evaluator, evaluator->trouble);
		text = symbols_text(symbols, token->symbol, &len);
		if (token->kind == TOKEN_STRING || token->kind == TOKEN_CHAR)
			add_escaped(&buf, text, len);
		else
			buf_add(&buf, text, len);
		/* a lone quote: what it makes of the string is anybody's */
		if (token->kind == TOKEN_OTHER &&
		    (*text == '"' || *text == '\'' || *text == '\\'))
			evaluator_refuse(evaluator, evaluator->trouble);
	}
	buf_add_char(&buf, '"');
	is_too_long(evaluator, &buf);
	string->kind = TOKEN_STRING;
	string->flags = 0;
	string->symbol = symbols_intern(symbols, buf.data, buf.len);
	buf_clear(&buf);
}
