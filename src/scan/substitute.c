/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/substitute.h"

#include <string.h>

#include "scan/directive.h"
#include "scan/evaluator.h"
#include "scan/paste.h"
#include "scan/word.h"

/* A body in the making, on the evaluator's stack. */
struct substitution {
	struct evaluator *evaluator;
	const struct macro *macro;
	struct expand_argument *arguments;
	size_t from;		/* where it begins on the stack */
	uint8_t gap;		/* enum token_flag of the next token */
	/* what comes next is to be pasted to what is there */
	int pastes;
	/* and this is what is there: is there a token at all? */
	int has_left;
};

/* Appends tokens, the first of which has a blank before it or not. */
static void
add_tokens(struct substitution *substitution, const struct token *tokens,
	   size_t count, uint8_t gap)
{
	struct evaluator *evaluator = substitution->evaluator;
	struct token token;
	size_t i = 0;

	if (count == 0) {
		substitution->gap |= gap;
		return;
	}
	if (substitution->pastes && substitution->has_left) {
		paste_tokens(evaluator, &tokens[0]);
		i = 1;
	}
	for (; i < count; i++) {
		token = tokens[i];
		token.flags &= TOKEN_BLANK | TOKEN_PAINTED | TOKEN_GAP |
			       TOKEN_UNSURE;
		if (i == 0) {
			token.flags &= TOKEN_BLANK | TOKEN_PAINTED;
			token.flags |= gap | substitution->gap;
			substitution->gap = 0;
		}
		expand_push(evaluator, &token);
	}
}

static int
is_pasted(const struct substitution *substitution, uint32_t i)
{
	return substitution->pastes ||
	       (substitution->macro->body[i].flags & TOKEN_PASTES) != 0;
}

static int
is_rest(const struct substitution *substitution, const struct token *token)
{
	return token->kind == TOKEN_PARAMETER &&
	       substitution->macro->is_variadic &&
	       token->symbol + 1 == substitution->macro->parameters;
}

/*
 * GNU's ", ## __VA_ARGS__": without arguments the comma goes too, with some,
 * or an empty one, nothing is pasted. To strict standards, a macro of no other
 * parameter has always got one.
 */
static int
is_comma_of_rest(const struct substitution *substitution, uint32_t i)
{
	const struct token *token = &substitution->macro->body[i];

	return token_is(token, WORD_COMMA) &&
	       (token->flags & TOKEN_PASTES) != 0 &&
	       i + 1 < substitution->macro->count &&
	       is_rest(substitution, &token[1]);
}

static int
is_comma_dropped(const struct substitution *substitution)
{
	const struct macro *macro = substitution->macro;
	struct macros *macros = &substitution->evaluator->macros;
	const struct expand_argument *last =
		&substitution->arguments[macro->parameters - 1];

	return last->is_absent ||
	       (macro->parameters == 1 && last->raw.count == 0 &&
		macros_slot(macros, WORD_STRICT_ANSI)->macro == NULL);
}

static void
add_parameter(struct substitution *substitution, uint32_t i)
{
	const struct token *token = &substitution->macro->body[i];
	struct expand_argument *argument =
		&substitution->arguments[token->symbol];
	const struct expand_slice *slice = &argument->raw;
	uint8_t gap = token->flags & TOKEN_GAP;
	struct token quoted;

	if (token->flags & TOKEN_QUOTES) {
		paste_quote(substitution->evaluator, slice, &quoted);
		quoted.flags = token->flags & (TOKEN_BLANK | TOKEN_GAP);
		add_tokens(substitution, &quoted, 1, gap);
		return;
	}
	if (!is_pasted(substitution, i))
		slice = expand_argument(substitution->evaluator, argument);
	/* To gcc, what an expansion begins with has the blank that it had as
	 * an argument, and not that of the name. */
	if (i == 0 && slice->count > 0 &&
	    (slice->tokens[0].flags & (TOKEN_BLANK | TOKEN_UNSURE)))
		gap |= TOKEN_UNSURE;
	add_tokens(substitution, slice->tokens, slice->count, gap);
}

/* One token of the body. */
static void
add_token(struct substitution *substitution, uint32_t i)
{
	const struct token *token = &substitution->macro->body[i];
	size_t before = substitution->evaluator->stack_count;
	int is_comma = is_comma_of_rest(substitution, i);

	if (token->kind == TOKEN_PARAMETER)
		add_parameter(substitution, i);
	else if (!is_comma || !is_comma_dropped(substitution))
		add_tokens(substitution, token, 1, token->flags & TOKEN_GAP);
	if (substitution->evaluator->stack_count > before)
		substitution->has_left = 1;
	else if (!substitution->pastes)
		substitution->has_left = 0;
	substitution->pastes = !is_comma &&
			       (token->flags & TOKEN_PASTES) != 0;
}

struct expand_slice
substitute_body(struct evaluator *evaluator, const struct macro *macro,
		struct expand_argument *arguments, uint8_t *gap)
{
	struct substitution substitution = {
		.evaluator = evaluator,
		.macro = macro,
		.arguments = arguments,
		.from = evaluator->stack_count
	};
	uint32_t i;

	for (i = 0; i < macro->count; i++) {
		if (evaluator->refusal != REFUSAL_NONE ||
		    evaluator_step(evaluator, 0))
			break;
		add_token(&substitution, i);
	}
	*gap = substitution.gap;
	return expand_take(evaluator, substitution.from);
}
