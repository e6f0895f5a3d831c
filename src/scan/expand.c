/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/expand.h"

#include <libiberty.h>
#include <string.h>

#include "scan/directive.h"
#include "scan/evaluator.h"
#include "scan/query.h"
#include "scan/substitute.h"
#include "scan/word.h"

/* Arguments in arguments, each of which takes a bit of the machine's stack. */
#define NESTING_MAX 1500

static void
add_source(struct evaluator *evaluator, const struct token *tokens,
	   size_t count, uint32_t macro)
{
	struct source *source;

	if (evaluator->count == evaluator->room) {
		evaluator->room = evaluator->room == 0 ? 32 :
				  2 * evaluator->room;
		evaluator->sources = xrealloc(evaluator->sources,
					      evaluator->room *
					      sizeof *evaluator->sources);
	}
	source = &evaluator->sources[evaluator->count++];
	/* What is empty may be nowhere. */
	*source = (struct source){ .at = tokens, .macro = macro };
	source->end = count == 0 ? tokens : tokens + count;
	if (macro != 0)
		macros_slot(&evaluator->macros, macro)->is_busy = 1;
}

static void
drop_source(struct evaluator *evaluator)
{
	struct source *source = &evaluator->sources[--evaluator->count];

	if (source->macro != 0)
		macros_slot(&evaluator->macros, source->macro)->is_busy = 0;
	evaluator->gap |= source->gap;
}

void
expand_begin(struct evaluator *evaluator, const struct token *tokens,
	     size_t count)
{
	while (evaluator->count > 0)
		drop_source(evaluator);
	arena_reset(&evaluator->arena);
	evaluator->stack_count = 0;
	evaluator->gap = 0;
	evaluator->nesting = 0;
	add_source(evaluator, tokens, count, 0);
	evaluator->sources[0].is_wall = 1;
}

void
expand_raw(struct evaluator *evaluator, struct token *token)
{
	static const struct token end = { .kind = TOKEN_END };
	struct source *source;

	for (;;) {
		source = &evaluator->sources[evaluator->count - 1];
		if (source->at < source->end &&
		    evaluator->refusal == REFUSAL_NONE)
			break;
		if (source->is_wall || evaluator->refusal != REFUSAL_NONE) {
			*token = end;
			return;
		}
		drop_source(evaluator);
	}
	*token = *source->at++;
	if (evaluator->gap != 0) {
		if ((token->flags & TOKEN_GAP) == 0)
			token->flags |= evaluator->gap;
		evaluator->gap = 0;
	}
	if (token->kind == TOKEN_DOUBT)
		evaluator_refuse(evaluator, evaluator->trouble);
	if (token->kind == TOKEN_NAME &&
	    macros_slot(&evaluator->macros, token->symbol)->is_busy)
		token->flags |= TOKEN_PAINTED;
}

void
expand_unread(struct evaluator *evaluator, const struct token *token)
{
	if (token->kind == TOKEN_END)
		return;
	evaluator->sources[evaluator->count - 1].at--;
	evaluator->gap = token->flags & (TOKEN_GAP | TOKEN_UNSURE);
}

void
expand_push(struct evaluator *evaluator, const struct token *token)
{
	if (evaluator->stack_count == evaluator->stack_room) {
		evaluator->stack_room = evaluator->stack_room == 0 ? 256 :
					2 * evaluator->stack_room;
		evaluator->stack = xrealloc(evaluator->stack,
					    evaluator->stack_room *
					    sizeof *evaluator->stack);
	}
	evaluator->stack[evaluator->stack_count++] = *token;
}

struct expand_slice
expand_take(struct evaluator *evaluator, size_t from)
{
	size_t count = evaluator->stack_count - from;
	struct token *tokens;
	struct expand_slice slice = { NULL, 0 };

	evaluator->stack_count = from;
	if (count == 0 || evaluator_step(evaluator, count))
		return slice;
	tokens = arena_take(&evaluator->arena, count * sizeof *tokens);
	memcpy(tokens, evaluator->stack + from, count * sizeof *tokens);
	slice.tokens = tokens;
	slice.count = count;
	return slice;
}

const struct expand_slice *
expand_argument(struct evaluator *evaluator, struct expand_argument *argument)
{
	size_t from = evaluator->stack_count;
	uint8_t gap = evaluator->gap;
	struct token token;

	if (argument->is_expanded)
		return &argument->expanded;
	if (++evaluator->nesting > NESTING_MAX)
		evaluator_refuse(evaluator, REFUSAL_STEPS);
	evaluator->gap = 0;
	add_source(evaluator, argument->raw.tokens, argument->raw.count, 0);
	evaluator->sources[evaluator->count - 1].is_wall = 1;
	for (;;) {
		expand_next(evaluator, &token);
		if (token.kind == TOKEN_END)
			break;
		expand_push(evaluator, &token);
	}
	drop_source(evaluator);
	evaluator->gap = gap;
	evaluator->nesting--;
	argument->expanded = expand_take(evaluator, from);
	argument->is_expanded = 1;
	return &argument->expanded;
}

/* Reads one argument. Returns what ended it: a comma, a parenthesis, or the
 * end. */
static struct token
read_argument(struct evaluator *evaluator, struct expand_argument *argument,
	      int takes_commas)
{
	size_t from = evaluator->stack_count, open = 0;
	struct token token;

	for (;;) {
		expand_raw(evaluator, &token);
		if (token.kind == TOKEN_END)
			break;
		if (token_is(&token, WORD_LEFT))
			open++;
		if (open == 0 && (token_is(&token, WORD_RIGHT) ||
				  (token_is(&token, WORD_COMMA) &&
				   !takes_commas)))
			break;
		if (token_is(&token, WORD_RIGHT))
			open--;
		expand_push(evaluator, &token);
	}
	argument->raw = expand_take(evaluator, from);
	argument->is_expanded = 0;
	return token;
}

/*
 * What is in the parentheses behind a macro's name, of which the first was
 * read. Returns the arguments, as many as the macro has parameters (and room
 * for one more), or NULL if it refuses.
 */
static struct expand_argument *
read_arguments(struct evaluator *evaluator, const struct macro *macro)
{
	size_t i, count = 0, size = ((size_t)macro->parameters + 1) *
				    sizeof(struct expand_argument);
	struct expand_argument *arguments;
	struct token token;

	arguments = arena_take(&evaluator->arena, size);
	memset(arguments, 0, size);
	do {
		i = count < macro->parameters ? count : macro->parameters;
		token = read_argument(evaluator, &arguments[i],
				      macro->is_variadic &&
				      count + 1 >= macro->parameters);
		count++;
	} while (token_is(&token, WORD_COMMA));
	if (token.kind == TOKEN_END) {
		evaluator_refuse(evaluator, evaluator->trouble);
		return NULL;
	}
	if (count == macro->parameters)
		return arguments;
	/* No argument at all, and no last one for the rest, will do. */
	if (count == 1 && macro->parameters == 0 &&
	    arguments[0].raw.count == 0)
		return arguments;
	if (macro->is_variadic && count + 1 == macro->parameters) {
		arguments[count].is_absent = 1;
		return arguments;
	}
	evaluator_refuse(evaluator, evaluator->trouble);
	return NULL;
}

/* Reads the parenthesis behind the name of a macro, if there is one. */
static int
take_parenthesis(struct evaluator *evaluator)
{
	struct token token;

	expand_raw(evaluator, &token);
	if (token_is(&token, WORD_LEFT))
		return 1;
	expand_unread(evaluator, &token);
	return 0;
}

/*
 * Makes the expansion of the macro that name is the next to be read. Returns
 * 0 if it has none here, because there are no arguments.
 */
static int
expand_macro(struct evaluator *evaluator, const struct token *name,
	     const struct macro *macro)
{
	struct expand_argument *arguments = NULL;
	struct expand_slice body = { macro->body, macro->count };
	uint8_t gap = 0;

	if (evaluator_step(evaluator, 1 + (size_t)macro->count +
			   macro->parameters))
		return 1;
	if (macro->is_function) {
		if (!take_parenthesis(evaluator))
			return 0;
		arguments = read_arguments(evaluator, macro);
		if (arguments == NULL)
			return 1;
	}
	if (macro->is_doubtful)
		evaluator_refuse(evaluator, evaluator->trouble);
	evaluator->gap = 0;
	if (!macro->is_simple)
		body = substitute_body(evaluator, macro, arguments, &gap);
	/* gcc forgets a blank in front of a macro's name in a directive. */
	if (name->flags & TOKEN_GAP)
		evaluator->gap = TOKEN_GAP | TOKEN_UNSURE;
	add_source(evaluator, body.tokens, body.count, name->symbol);
	evaluator->sources[evaluator->count - 1].gap = gap;
	return 1;
}

void
expand_next(struct evaluator *evaluator, struct token *token)
{
	const struct macro *macro;

	for (;;) {
		expand_raw(evaluator, token);
		if (token->kind != TOKEN_NAME ||
		    (token->flags & TOKEN_PAINTED))
			return;
		macro = query_macro(evaluator, token->symbol);
		if (macro == NULL && !query_is_operator(token))
			return;
		if (macro == NULL || macro->kind != MACRO_PLAIN) {
			query_value(evaluator, token);
			return;
		}
		if (!expand_macro(evaluator, token, macro))
			return;
	}
}
