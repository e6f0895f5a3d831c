/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/builder.h"

#include <libiberty.h>
#include <stdlib.h>
#include <string.h>

#include "scan/word.h"

/* A #define line in the making. */
struct definition {
	struct builder *builder;
	struct macro macro;
	uint32_t first;		/* of its body, in the record's tokens */
	uint32_t *parameters;	/* names */
	uint32_t room;
	int is_wrong;
};

static void
add_parameter(struct definition *definition, uint32_t name)
{
	struct macro *macro = &definition->macro;
	uint32_t i;

	for (i = 0; i < macro->parameters; i++)
		if (definition->parameters[i] == name)
			definition->is_wrong = 1;
	if (macro->parameters == MACRO_PARAMETERS_MAX) {
		definition->is_wrong = 1;
		return;
	}
	if (macro->parameters == definition->room) {
		definition->room = definition->room == 0 ? 8 :
				   2 * definition->room;
		definition->parameters = xrealloc(definition->parameters,
						  definition->room *
						  sizeof(uint32_t));
	}
	definition->parameters[macro->parameters++] = name;
}

/* One parameter, whose first token this is; sets token to what follows. */
static void
read_parameter(struct definition *definition, struct token *token)
{
	struct lex *lex = &definition->builder->lex;

	if (token_is(token, WORD_ELLIPSIS)) {
		add_parameter(definition, WORD_VA_ARGS);
		definition->macro.is_variadic = 1;
		lex_token(lex, token);
		return;
	}
	if (token->kind != TOKEN_NAME || token->symbol == WORD_VA_ARGS) {
		definition->is_wrong = 1;
		return;
	}
	add_parameter(definition, token->symbol);
	lex_token(lex, token);
	if (token_is(token, WORD_ELLIPSIS)) {
		definition->macro.is_variadic = 1;
		lex_token(lex, token);
	}
}

/* What is between the parentheses, of which the first was taken. */
static void
read_parameters(struct definition *definition)
{
	struct lex *lex = &definition->builder->lex;
	struct token token;

	lex_token(lex, &token);
	if (token_is(&token, WORD_RIGHT))
		return;
	for (;;) {
		read_parameter(definition, &token);
		if (definition->is_wrong || token_is(&token, WORD_RIGHT))
			return;
		if (!token_is(&token, WORD_COMMA) ||
		    definition->macro.is_variadic) {
			definition->is_wrong = 1;
			return;
		}
		lex_token(lex, &token);
	}
}

/* Turns a name that is a parameter's into its place. */
static void
find_parameter(struct definition *definition, struct token *token)
{
	uint32_t i;

	if (token->kind != TOKEN_NAME)
		return;
	for (i = 0; i < definition->macro.parameters; i++) {
		if (definition->parameters[i] != token->symbol)
			continue;
		token->kind = TOKEN_PARAMETER;
		token->symbol = i;
		definition->macro.is_simple = 0;
		return;
	}
	/* gcc and clang disagree about when it means something */
	if (token->symbol == WORD_VA_OPT && definition->macro.is_variadic)
		definition->macro.is_doubtful = 1;
}

/* The operand of #, behind which we are. Assemblers may have any. */
static void
read_quoted(struct definition *definition, const struct token *hash)
{
	struct builder *builder = definition->builder;
	struct token token;

	lex_token(&builder->lex, &token);
	find_parameter(definition, &token);
	if (token.kind == TOKEN_PARAMETER) {
		token.flags = hash->flags | TOKEN_QUOTES;
		builder_add_token(builder, &token);
		return;
	}
	definition->macro.is_doubtful = 1;
	definition->macro.has_hash = 1;
	builder_add_token(builder, hash);
	if (token.kind != TOKEN_END)
		builder_add_token(builder, &token);
}

static void
mark_paste(struct definition *definition)
{
	struct record *record = definition->builder->record;

	definition->macro.is_simple = 0;
	if (record->tokens_count == definition->first)
		definition->is_wrong = 1;
	else
		record->tokens[record->tokens_count - 1].flags |=
			TOKEN_PASTES;
}

static void
read_body(struct definition *definition)
{
	struct builder *builder = definition->builder;
	struct record *record = builder->record;
	struct token token;

	definition->first = record->tokens_count;
	for (;;) {
		lex_token(&builder->lex, &token);
		if (token.kind == TOKEN_END)
			break;
		if (token_is(&token, WORD_PASTE)) {
			mark_paste(definition);
			continue;
		}
		if (definition->macro.is_function &&
		    token_is(&token, WORD_HASH)) {
			read_quoted(definition, &token);
			continue;
		}
		find_parameter(definition, &token);
		builder_add_token(builder, &token);
	}
	definition->macro.count = record->tokens_count - definition->first;
	if (definition->macro.count == 0)
		return;
	if (record->tokens[record->tokens_count - 1].flags & TOKEN_PASTES)
		definition->is_wrong = 1;
	/* What is in front of an expansion is what was before the name. */
	record->tokens[definition->first].flags &=
		(uint8_t)~(TOKEN_BLANK | TOKEN_GAP);
}

static void
add_macro(struct definition *definition)
{
	struct builder *builder = definition->builder;
	struct record *record = builder->record;
	struct directive *directive;

	if (record->macros_count == builder->macros_room) {
		builder->macros_room = builder->macros_room == 0 ? 16 :
				       2 * builder->macros_room;
		record->macros = xrealloc(record->macros,
					  builder->macros_room *
					  sizeof *record->macros);
	}
	directive = builder_add(builder, OP_DEFINE);
	directive->symbol = record->macros_count;
	directive->first = definition->first;
	directive->count = definition->macro.count;
	record->macros[record->macros_count++] = definition->macro;
}

void
builder_read_define(struct builder *builder)
{
	struct definition definition = { .builder = builder };
	struct lex *lex = &builder->lex;
	struct token name;

	lex_token(lex, &name);
	definition.macro.name = name.symbol;
	definition.macro.is_simple = 1;
	if (name.kind != TOKEN_NAME || name.symbol == WORD_DEFINED ||
	    name.symbol == WORD_VA_ARGS || name.symbol == WORD_VA_OPT) {
		definition.is_wrong = 1;
	} else {
		if (!lex_at_end(lex) && *lex->lines.at == '(') {
			lex->lines.at++;
			definition.macro.is_function = 1;
			read_parameters(&definition);
		}
		if (!definition.is_wrong)
			read_body(&definition);
	}
	if (definition.is_wrong) {
		lex_skip(lex);
		builder_refuse(builder, REFUSAL_DIRECTIVE);
	} else {
		add_macro(&definition);
	}
	free(definition.parameters);
}
