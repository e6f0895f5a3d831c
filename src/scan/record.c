/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/record.h"

#include <libiberty.h>
#include <stdlib.h>
#include <string.h>

#include "scan/builder.h"
#include "scan/chars.h"
#include "scan/directive.h"
#include "scan/lex.h"
#include "scan/symbol.h"
#include "scan/word.h"

#define FIRST_TOKENS 128

struct directive *
builder_add(struct builder *builder, int op)
{
	struct record *record = builder->record;
	struct directive *directive;

	if (record->count == builder->directives_room) {
		builder->directives_room = record->count == 0 ? 32 :
					   2 * record->count;
		record->directives = xrealloc(record->directives,
					      builder->directives_room *
					      sizeof *record->directives);
	}
	directive = &record->directives[record->count++];
	*directive = (struct directive){ .op = (uint8_t)op };
	directive->line = builder->lex.lines.number;
	directive->first = record->tokens_count;
	return directive;
}

void
builder_refuse(struct builder *builder, enum refusal refusal)
{
	builder_add(builder, OP_REFUSE)->refusal = (uint8_t)refusal;
}

void
builder_add_token(struct builder *builder, const struct token *token)
{
	struct record *record = builder->record;

	if (record->tokens_count == builder->tokens_room) {
		builder->tokens_room *= 2;
		record->tokens = xrealloc(record->tokens,
					  builder->tokens_room *
					  sizeof *record->tokens);
	}
	record->tokens[record->tokens_count++] = *token;
}

/* Whether a header's name may follow: __has_include ( */
static int
is_header_next(const struct record *record, const struct directive *directive)
{
	const struct token *last = record->tokens + record->tokens_count;

	return record->tokens_count >= directive->first + 2 &&
	       token_is(&last[-1], WORD_LEFT) &&
	       last[-2].kind == TOKEN_NAME &&
	       (last[-2].symbol == WORD_HAS_INCLUDE ||
		last[-2].symbol == WORD_HAS_INCLUDE_NEXT ||
		last[-2].symbol == WORD_HAS_INCLUDE_OLD ||
		last[-2].symbol == WORD_HAS_INCLUDE_NEXT_OLD);
}

void
builder_add_rest(struct builder *builder, struct directive *directive)
{
	struct record *record = builder->record;
	struct token token;

	for (;;) {
		builder->lex.wants_header = is_header_next(record, directive);
		lex_token(&builder->lex, &token);
		if (token.kind == TOKEN_END)
			break;
		builder_add_token(builder, &token);
	}
	builder->lex.wants_header = 0;
	directive->count = record->tokens_count - directive->first;
}

/*
 * Most conditions need no expression: defined X, !defined X, with or without
 * parentheses, and numbers.
 */
static void
simplify(const struct record *record, struct directive *directive)
{
	const struct token *token = record->tokens + directive->first;
	uint32_t count = directive->count;
	int is_negated = 0;

	if (count == 1 && token->kind == TOKEN_NUMBER) {
		if (token->symbol == WORD_ZERO)
			directive->test = TEST_FALSE;
		if (token->symbol == WORD_ONE)
			directive->test = TEST_TRUE;
		return;
	}
	if (count > 0 && token_is(token, WORD_NOT)) {
		is_negated = 1;
		token++;
		count--;
	}
	if (count < 2 || token->kind != TOKEN_NAME ||
	    token->symbol != WORD_DEFINED)
		return;
	if (count == 4 && token_is(&token[1], WORD_LEFT) &&
	    token_is(&token[3], WORD_RIGHT))
		token++;
	else if (count != 2)
		return;
	if (token[1].kind != TOKEN_NAME)
		return;
	directive->symbol = token[1].symbol;
	directive->test = is_negated ? TEST_NOT_DEFINED : TEST_DEFINED;
}

static void
read_expression(struct builder *builder, int op)
{
	struct directive *directive = builder_add(builder, op);

	builder_add_rest(builder, directive);
	simplify(builder->record, directive);
}

/* #ifdef and its kin, #undef: a name, and what else is ignored. */
static void
read_name(struct builder *builder, int op)
{
	struct directive *directive = builder_add(builder, op);
	struct token token;

	lex_token(&builder->lex, &token);
	directive->symbol = token.symbol;
	directive->test = op == OP_IFNDEF || op == OP_ELIFNDEF ?
			  TEST_NOT_DEFINED : TEST_DEFINED;
	/* Whatever it is, only who gets there is to be refused. */
	if (token.kind != TOKEN_NAME)
		directive->test = TEST_EXPRESSION;
	lex_skip(&builder->lex);
}

static void
read_include(struct builder *builder, int op)
{
	struct directive *directive = builder_add(builder, op);
	struct lex *lex = &builder->lex;
	struct token token;

	if (op == OP_IMPORT)
		builder->record->marks |= RECORD_ONCE;
	lex->wants_header = 1;
	lex_token(lex, &token);
	lex->wants_header = 0;
	if (token.kind != TOKEN_END)
		builder_add_token(builder, &token);
	directive->count = token.kind != TOKEN_END;
	if (token.kind == TOKEN_HEADER) {
		lex_skip(lex);
		return;
	}
	builder_add_rest(builder, directive);
}

/* # 12 "file" 1: what a preprocessor leaves. Flags change more than names. */
static void
read_marker(struct builder *builder)
{
	struct lex *lex = &builder->lex;
	struct token token;

	lex_token(lex, &token);
	if (token.kind != TOKEN_END)
		lex_token(lex, &token);
	builder_add(builder, token.kind == TOKEN_END ? OP_LINE : OP_UNKNOWN);
	lex_skip(lex);
}

static void
read_op(struct builder *builder, int op)
{
	switch (op) {
	case OP_IF:
	case OP_ELIF:
		read_expression(builder, op);
		break;
	case OP_IFDEF:
	case OP_IFNDEF:
	case OP_ELIFDEF:
	case OP_ELIFNDEF:
	case OP_UNDEF:
		read_name(builder, op);
		break;
	case OP_INCLUDE:
	case OP_INCLUDE_NEXT:
	case OP_IMPORT:
		read_include(builder, op);
		break;
	case OP_DEFINE:
		builder_read_define(builder);
		break;
	case OP_PRAGMA:
		builder_read_pragma(builder);
		break;
	default:
		if (op == OP_EMBED)
			builder->record->marks |= RECORD_EMBED;
		builder_add(builder, op);
		lex_skip(&builder->lex);
		break;
	}
}

static void
find_group(struct builder *builder, int op)
{
	switch (op) {
	case OP_IF:
	case OP_IFDEF:
	case OP_IFNDEF:
		builder_open_group(builder);
		break;
	case OP_ELIF:
	case OP_ELIFDEF:
	case OP_ELIFNDEF:
	case OP_ELSE:
		builder_add_branch(builder);
		break;
	case OP_ENDIF:
		builder_close_group(builder);
		break;
	default:
		builder_see_other(builder);
		break;
	}
}

/* What stands behind the # of a directive. */
static void
read_directive(struct builder *builder)
{
	struct lex *lex = &builder->lex;
	struct token token;
	int op = OP_UNKNOWN;

	lex_token(lex, &token);
	if (token.kind == TOKEN_END) {
		builder_see_other(builder);
		return;
	}
	if (token.kind == TOKEN_NAME && token.symbol >= WORD_IF &&
	    token.symbol <= WORD_EMBED)
		op = (int)(token.symbol - WORD_IF);
	lex->sights &= ~(unsigned)LEX_ODD_SLASHES;
	if (token.kind == TOKEN_NUMBER)
		read_marker(builder);
	else
		read_op(builder, op);
	if ((lex->sights & LEX_ODD_SLASHES) &&
	    (op == OP_IF || op == OP_ELIF || op == OP_DEFINE))
		lex->marks |= RECORD_SLASHES;
	find_group(builder, op);
}

/* A line that begins with one of these may be about modules. */
static int
is_module_line(const struct lex *lex)
{
	static const char *const words[] = { "import", "export", "module",
					     "@import" };
	const char *at = lex->lines.at;
	size_t i, len, left = (size_t)(lex->lines.end - at);

	if (left < 6 || strchr("iem@", *at) == NULL)
		return 0;
	for (i = 0; i < sizeof words / sizeof *words; i++) {
		len = strlen(words[i]);
		if (left >= len && memcmp(at, words[i], len) == 0 &&
		    (left == len || !chars_is_name(at[len])))
			return 1;
	}
	return 0;
}

static void
read_line(struct builder *builder)
{
	struct lex *lex = &builder->lex;
	int is_digraph;

	if (lex_at_end(lex))
		return;
	lex->sights = 0;
	if (lex_take_hash(lex, &is_digraph)) {
		if (is_digraph)
			builder->record->has_digraphs = 1;
		read_directive(builder);
	} else {
		builder_see_other(builder);
		if (is_module_line(lex))
			lex->marks |= RECORD_MODULE;
		lex_skip(lex);
	}
	/* By _Pragma, or by what makes one of it. */
	if (lex->sights & (LEX_MACRO_STACK | LEX_PRAGMA_ODD))
		builder_refuse(builder, REFUSAL_PRAGMA);
}

/* Gives back what is not needed, and puts bodies where they are now. */
static void
finish(struct builder *builder)
{
	struct record *record = builder->record;
	const struct directive *directive;
	uint32_t i;

	if (builder->depth > 0)
		record->refusal = REFUSAL_UNBALANCED;
	if (builder->lex.is_doubtful)
		record->refusal = REFUSAL_DIRECTIVE;
	if (builder->guard != GUARD_CLOSED)
		record->guard = 0;
	record->marks |= builder->lex.marks;
	if (record->count > 0)
		record->directives = xrealloc(record->directives,
					      record->count *
					      sizeof *record->directives);
	record->tokens = xrealloc(record->tokens,
				  (record->tokens_count + 1) *
				  sizeof *record->tokens);
	for (i = 0; i < record->count; i++) {
		directive = &record->directives[i];
		if (directive->op == OP_DEFINE)
			record->macros[directive->symbol].body =
				record->tokens + directive->first;
	}
}

struct record *
record_new(struct symbols *symbols, const char *data, size_t size,
	   unsigned dialect)
{
	struct builder builder = { .guard = GUARD_NOTHING_YET };

	builder.record = xcalloc(1, sizeof *builder.record);
	builder.tokens_room = FIRST_TOKENS;
	builder.record->tokens = xmalloc(FIRST_TOKENS * sizeof(struct token));
	lex_begin(&builder.lex, symbols, data, size, dialect);
	while (lex_line(&builder.lex))
		read_line(&builder);
	finish(&builder);
	lex_clear(&builder.lex);
	free(builder.groups);
	return builder.record;
}

void
record_free(struct record *record)
{
	if (record == NULL)
		return;
	free(record->directives);
	free(record->tokens);
	free(record->macros);
	free(record);
}

unsigned
record_marks(const struct record *record)
{
	return record->marks;
}

uint32_t
record_guard(const struct record *record)
{
	return record->guard;
}

size_t
record_size(const struct record *record)
{
	return sizeof *record +
	       record->count * sizeof *record->directives +
	       (record->tokens_count + 1) * sizeof *record->tokens +
	       record->macros_count * sizeof *record->macros;
}
