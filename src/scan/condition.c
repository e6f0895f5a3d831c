/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/condition.h"

#include "scan/arithmetic.h"
#include "scan/directive.h"
#include "scan/evaluator.h"
#include "scan/expand.h"
#include "scan/number.h"
#include "scan/query.h"
#include "scan/symbol.h"
#include "scan/word.h"

/* Parentheses and operators in one another: each takes some stack. */
#define DEPTH_MAX 500

/* An expression being read. */
struct expression {
	struct evaluator *evaluator;
	struct token token;	/* the next one */
	unsigned depth;
};

static struct number read_binary(struct expression *expression, int level);
static struct number read_choice(struct expression *expression);
static struct number read_list(struct expression *expression);

static struct number
refuse(struct expression *expression)
{
	evaluator_refuse(expression->evaluator, REFUSAL_CONDITION);
	expression->token.kind = TOKEN_END;
	return (struct number){ 0, 0 };
}

/* What C++ calls by a name is an operator, and nothing can change that. */
static enum word
named_operator(const struct expression *expression)
{
	static const enum word words[] = {
		WORD_ANDAND, WORD_AND_ASSIGN, WORD_AND, WORD_OR, WORD_TILDE,
		WORD_NOT, WORD_NOT_EQUAL, WORD_OROR, WORD_OR_ASSIGN,
		WORD_XOR, WORD_XOR_ASSIGN
	};
	uint32_t symbol = expression->token.symbol;

	if (!expression->evaluator->mode.is_cxx ||
	    symbol < WORD_NAMED_AND || symbol > WORD_NAMED_XOR_EQ)
		return WORD_NONE;
	return words[symbol - WORD_NAMED_AND];
}

static void
advance(struct expression *expression)
{
	struct token *token = &expression->token;
	enum word word;

	expand_next(expression->evaluator, token);
	if (token->kind != TOKEN_NAME)
		return;
	word = named_operator(expression);
	if (word == WORD_NONE)
		return;
	token->kind = TOKEN_PUNCTUATOR;
	token->symbol = word;
}

/* What follows the word defined. */
static struct number
read_defined(struct expression *expression)
{
	struct evaluator *evaluator = expression->evaluator;
	struct number number = { 0, 0 };
	struct token name, token;

	expand_raw(evaluator, &name);
	if (token_is(&name, WORD_LEFT)) {
		expand_raw(evaluator, &name);
		expand_raw(evaluator, &token);
		if (!token_is(&token, WORD_RIGHT))
			return refuse(expression);
	}
	if (name.kind != TOKEN_NAME)
		return refuse(expression);
	number.bits = query_macro(evaluator, name.symbol) != NULL;
	advance(expression);
	return number;
}

static struct number
read_name(struct expression *expression)
{
	struct evaluator *evaluator = expression->evaluator;
	uint32_t symbol = expression->token.symbol;
	struct number number = { 0, 0 };

	if (symbol == WORD_DEFINED)
		return read_defined(expression);
	if (symbol == WORD_VA_ARGS || symbol == WORD_VA_OPT)
		return refuse(expression);
	if (symbol == WORD_TRUE || symbol == WORD_FALSE) {
		/* In C they are keywords from C23 on: who knows. */
		if (!evaluator->mode.is_cxx && symbol == WORD_TRUE)
			return refuse(expression);
		number.bits = symbol == WORD_TRUE;
	}
	advance(expression);
	return number;
}

static struct number
read_literal(struct expression *expression)
{
	struct evaluator *evaluator = expression->evaluator;
	const struct token *token = &expression->token;
	struct macros *macros = &evaluator->macros;
	struct number_chars chars;
	struct number number;
	const char *text;
	size_t len;
	int is_fine;

	text = symbols_text(evaluator->symbols, token->symbol, &len);
	if (token->kind == TOKEN_NUMBER) {
		is_fine = number_read(&number, text, len);
	} else {
		chars.is_char_unsigned =
			macros_look(macros, WORD_CHAR_UNSIGNED) != NULL;
		chars.is_wchar_unsigned =
			macros_look(macros, WORD_WCHAR_UNSIGNED) != NULL;
		is_fine = number_read_char(&number, text, len, &chars);
	}
	if (!is_fine)
		return refuse(expression);
	advance(expression);
	return number;
}

static struct number
read_unary(struct expression *expression)
{
	uint32_t symbol = expression->token.symbol;
	struct number number;

	switch (expression->token.kind) {
	case TOKEN_NUMBER:
	case TOKEN_CHAR:
		return read_literal(expression);
	case TOKEN_NAME:
		return read_name(expression);
	case TOKEN_PUNCTUATOR:
		break;
	default:
		return refuse(expression);
	}
	if (++expression->depth > DEPTH_MAX)
		return refuse(expression);
	advance(expression);
	if (symbol == WORD_LEFT) {
		number = read_list(expression);
		if (!token_is(&expression->token, WORD_RIGHT))
			return refuse(expression);
		advance(expression);
	} else {
		if (!arithmetic_is_unary(symbol))
			return refuse(expression);
		number = read_unary(expression);
		arithmetic_unary(symbol, &number);
	}
	expression->depth--;
	return number;
}

/* The right side of && and ||, at which we are, and which may not matter: that
 * is said before its first token is expanded. */
static struct number
read_logical(struct expression *expression, uint32_t symbol, int level,
	     struct number left)
{
	unsigned *skipping = &expression->evaluator->skipping;
	int decides = symbol == WORD_ANDAND ? left.bits == 0 : left.bits != 0;
	struct number right;

	*skipping += (unsigned)decides;
	advance(expression);
	right = read_binary(expression, level + 1);
	*skipping -= (unsigned)decides;
	if (!decides)
		left.bits = right.bits != 0;
	else
		left.bits = symbol == WORD_OROR;
	left.is_unsigned = 0;
	return left;
}

/* What is in parentheses, up to the right one: there may be commas. */
static struct number
read_list(struct expression *expression)
{
	struct number number = read_choice(expression);

	while (token_is(&expression->token, WORD_COMMA)) {
		advance(expression);
		number = read_choice(expression);
	}
	return number;
}

/* Operators that bind at least as strongly as level. */
static struct number
read_binary(struct expression *expression, int level)
{
	struct evaluator *evaluator = expression->evaluator;
	struct number left = read_unary(expression), right;
	uint32_t symbol;
	int own;

	for (;;) {
		symbol = expression->token.symbol;
		own = expression->token.kind == TOKEN_PUNCTUATOR ?
		      arithmetic_level(symbol) : 0;
		if (own == 0 || own < level)
			return left;
		if (symbol == WORD_ANDAND || symbol == WORD_OROR) {
			left = read_logical(expression, symbol, own, left);
			continue;
		}
		advance(expression);
		right = read_binary(expression, own + 1);
		if (!arithmetic_binary(symbol, &left, right) &&
		    evaluator->skipping == 0)
			return refuse(expression);
	}
}

/* a ? b : c, and what binds more strongly. */
static struct number
read_choice(struct expression *expression)
{
	unsigned *skipping = &expression->evaluator->skipping;
	struct number test = read_binary(expression, 1), yes, no, chosen;
	unsigned holds;

	if (!token_is(&expression->token, WORD_QUESTION))
		return test;
	if (++expression->depth > DEPTH_MAX)
		return refuse(expression);
	holds = test.bits != 0;
	*skipping += !holds;
	advance(expression);
	yes = read_choice(expression);
	*skipping -= !holds;
	if (!token_is(&expression->token, WORD_COLON))
		return refuse(expression);
	*skipping += holds;
	advance(expression);
	no = read_choice(expression);
	*skipping -= holds;
	expression->depth--;
	chosen = holds ? yes : no;
	chosen.is_unsigned = yes.is_unsigned || no.is_unsigned;
	return chosen;
}

static int
expression_holds(struct evaluator *evaluator, const struct record *record,
		 const struct directive *directive)
{
	struct expression expression = { .evaluator = evaluator };
	struct number number;

	evaluator_step(evaluator, directive->count);
	evaluator->trouble = REFUSAL_CONDITION;
	evaluator->skipping = 0;
	expand_begin(evaluator, record->tokens + directive->first,
		     directive->count);
	advance(&expression);
	number = read_choice(&expression);
	if (expression.token.kind != TOKEN_END)
		refuse(&expression);
	return number.bits != 0;
}

int
condition_holds(struct evaluator *evaluator, const struct record *record,
		const struct directive *directive)
{
	switch (directive->test) {
	case TEST_DEFINED:
		return query_macro(evaluator, directive->symbol) != NULL;
	case TEST_NOT_DEFINED:
		return query_macro(evaluator, directive->symbol) == NULL;
	case TEST_TRUE:
		return 1;
	case TEST_FALSE:
		return 0;
	default:
		return expression_holds(evaluator, record, directive);
	}
}
