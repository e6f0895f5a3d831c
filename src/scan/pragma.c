/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/builder.h"

#include <string.h>

#include "scan/symbol.h"
#include "scan/word.h"

/* ("X") of push_macro and pop_macro. */
static void
read_stack(struct builder *builder, int op)
{
	struct lex *lex = &builder->lex;
	struct token left, string, right;
	const char *text;
	size_t len;

	builder->record->marks |= RECORD_MACRO_STACK;
	lex_token(lex, &left);
	lex_token(lex, &string);
	lex_token(lex, &right);
	if (!token_is(&left, WORD_LEFT) || !token_is(&right, WORD_RIGHT) ||
	    string.kind != TOKEN_STRING) {
		builder_refuse(builder, REFUSAL_PRAGMA);
		return;
	}
	text = symbols_text(lex->symbols, string.symbol, &len);
	if (*text != '"' || len < 3 || memchr(text, '\\', len) != NULL) {
		builder_refuse(builder, REFUSAL_PRAGMA);
		return;
	}
	builder_add(builder, op)->symbol =
		symbols_intern(lex->symbols, text + 1, len - 2);
}

/* Those of a compiler: #pragma GCC, #pragma clang. */
static void
read_named(struct builder *builder)
{
	struct record *record = builder->record;
	struct token token;

	lex_token(&builder->lex, &token);
	if (token.kind != TOKEN_NAME)
		return;
	switch (token.symbol) {
	case WORD_SYSTEM_HEADER:
		record->marks |= RECORD_SYSTEM;
		builder_add(builder, OP_SYSTEM_HEADER);
		break;
	case WORD_POISON:
		/* To use what is poisoned is an error, and nothing else. */
		record->marks |= RECORD_POISON;
		break;
	case WORD_DEPENDENCY:
		record->marks |= RECORD_DEPENDENCY;
		builder_refuse(builder, REFUSAL_PRAGMA);
		break;
	case WORD_PCH_PREPROCESS:
		record->marks |= RECORD_PCH;
		builder_refuse(builder, REFUSAL_PRAGMA);
		break;
	case WORD_MODULE:
		builder_refuse(builder, REFUSAL_MODULE);
		break;
	default:
		break;
	}
}

void
builder_read_pragma(struct builder *builder)
{
	struct lex *lex = &builder->lex;
	struct token token;

	lex_token(lex, &token);
	if (token.kind != TOKEN_NAME) {
		lex_skip(lex);
		return;
	}
	switch (token.symbol) {
	case WORD_ONCE:
		builder->record->marks |= RECORD_ONCE;
		builder_add(builder, OP_ONCE);
		break;
	case WORD_PUSH_MACRO:
		read_stack(builder, OP_PUSH_MACRO);
		lex->sights &= ~(unsigned)LEX_MACRO_STACK;
		break;
	case WORD_POP_MACRO:
		read_stack(builder, OP_POP_MACRO);
		lex->sights &= ~(unsigned)LEX_MACRO_STACK;
		break;
	case WORD_GCC:
	case WORD_CLANG:
		read_named(builder);
		break;
	case WORD_INCLUDE_ALIAS:
		builder_refuse(builder, REFUSAL_PRAGMA);
		break;
	default:
		break;
	}
	lex_skip(lex);
}
