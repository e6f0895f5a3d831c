/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/query.h"

#include <stdio.h>

#include "base/buf.h"
#include "scan/directive.h"
#include "scan/evaluator.h"
#include "scan/expand.h"
#include "scan/header.h"
#include "scan/symbol.h"
#include "scan/word.h"

static long long
ask(struct evaluator *evaluator, const char *function, const char *operand)
{
	long long value = 0;
	enum refusal refusal;

	refusal = evaluator->calls->query(evaluator->arg, function, operand,
					  &value);
	if (refusal != REFUSAL_NONE &&
	    evaluator->refusal == REFUSAL_NONE)
		evaluator->refusal = refusal;
	return value;
}

const struct macro *
query_macro(struct evaluator *evaluator, uint32_t symbol)
{
	const struct macro *macro =
		macros_slot(&evaluator->macros, symbol)->macro;
	signed char *answer;

	if (macro == NULL || macro->kind != MACRO_QUERY)
		return macro;
	answer = macros_answer(&evaluator->macros, symbol);
	if (*answer == 0 && evaluator->refusal == REFUSAL_NONE) {
		*answer = ask(evaluator, "defined",
			      word_text((enum word)symbol)) != 0 ? 1 : -1;
		if (evaluator->refusal != REFUSAL_NONE)
			*answer = 0;
	}
	return *answer > 0 ? macro : NULL;
}

int
query_is_operator(const struct token *token)
{
	return token->symbol == WORD_HAS_INCLUDE_OLD ||
	       token->symbol == WORD_HAS_INCLUDE_NEXT_OLD;
}

static int
refuse(struct evaluator *evaluator)
{
	evaluator_refuse(evaluator, evaluator->trouble);
	return 0;
}

static int
take(struct evaluator *evaluator, uint32_t punctuator)
{
	struct token token;

	expand_raw(evaluator, &token);
	return token_is(&token, punctuator) || refuse(evaluator);
}

static int
has_include(struct evaluator *evaluator, uint32_t symbol)
{
	struct include_name name = { .kind = INCLUDE_PLAIN };
	enum refusal refusal;
	int answer = 0;

	if (symbol == WORD_HAS_INCLUDE_NEXT ||
	    symbol == WORD_HAS_INCLUDE_NEXT_OLD)
		name.kind = INCLUDE_NEXT;
	if (!take(evaluator, WORD_LEFT) || !header_read(evaluator, &name) ||
	    !take(evaluator, WORD_RIGHT))
		return 0;
	/* Also where the answer does not matter: the compilers look, and
	 * clang counts what it finds as read. */
	refusal = evaluator->calls->has_include(evaluator->arg, &name,
						&answer);
	if (refusal != REFUSAL_NONE && evaluator->refusal == REFUSAL_NONE)
		evaluator->refusal = refusal;
	return answer != 0;
}

/*
 * Reads the operand up to its parenthesis. gcc expands macros in it, which
 * clang does not: so there must be none.
 */
static int
read_operand(struct evaluator *evaluator, struct buf *operand)
{
	struct token token;
	const char *text;
	size_t len;

	for (;;) {
		expand_raw(evaluator, &token);
		if (token.kind == TOKEN_END || token_is(&token, WORD_LEFT))
			return refuse(evaluator);
		if (token_is(&token, WORD_RIGHT))
			return operand->len > 0 || refuse(evaluator);
		if (token.kind == TOKEN_NAME &&
		    query_macro(evaluator, token.symbol) != NULL)
			return refuse(evaluator);
		text = symbols_text(evaluator->symbols, token.symbol, &len);
		buf_add(operand, text, len);
	}
}

static long long
ask_function(struct evaluator *evaluator, uint32_t symbol)
{
	struct buf operand = BUF_INIT;
	long long value = 0;

	if (take(evaluator, WORD_LEFT) && read_operand(evaluator, &operand) &&
	    evaluator->skipping == 0)
		value = ask(evaluator, word_text((enum word)symbol),
			    operand.data);
	buf_clear(&operand);
	return value;
}

void
query_value(struct evaluator *evaluator, struct token *token)
{
	uint32_t symbol = token->symbol;
	char text[24];
	long long value = 0;
	int len;

	if (symbol == WORD_INCLUDE_LEVEL)
		value = (long long)evaluator->depth - 1 + evaluator->level;
	else if (symbol == WORD_HAS_INCLUDE ||
		 symbol == WORD_HAS_INCLUDE_NEXT || query_is_operator(token))
		value = has_include(evaluator, symbol);
	else if (symbol >= WORD_QUERIES_ASKED)
		value = ask_function(evaluator, symbol);
	else
		refuse(evaluator);
	/* A negative number would be two tokens. */
	if (value < 0)
		refuse(evaluator);
	len = snprintf(text, sizeof text, "%lld", value);
	token->kind = TOKEN_NUMBER;
	token->symbol = symbols_intern(evaluator->symbols, text, (size_t)len);
}
