/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/evaluate.h"

#include <libiberty.h>
#include <stdlib.h>
#include <string.h>

#include "scan/condition.h"
#include "scan/directive.h"
#include "scan/evaluator.h"
#include "scan/expand.h"
#include "scan/header.h"
#include "scan/query.h"
#include "scan/record.h"
#include "scan/symbol.h"
#include "scan/word.h"

/* As many files in one another as gcc allows. */
#define DEPTH_MAX 200

#define CULPRIT_MAX 120

struct evaluator *
evaluator_new(struct symbols *symbols)
{
	struct evaluator *evaluator = xcalloc(1, sizeof *evaluator);

	evaluator->symbols = symbols;
	macros_init(&evaluator->macros, symbols);
	evaluator->culprit = (struct buf)BUF_INIT;
	return evaluator;
}

void
evaluator_free(struct evaluator *evaluator)
{
	if (evaluator == NULL)
		return;
	macros_clear(&evaluator->macros);
	buf_clear(&evaluator->culprit);
	arena_clear(&evaluator->arena);
	free(evaluator->sources);
	free(evaluator->stack);
	free(evaluator);
}

void
evaluate_begin(struct evaluator *evaluator, const struct evaluate_mode *mode,
	       const struct evaluate_calls *calls, void *arg,
	       const struct record *predefined)
{
	evaluator->mode = *mode;
	evaluator->calls = calls;
	evaluator->arg = arg;
	evaluator->refusal = REFUSAL_NONE;
	evaluator->is_own = 0;
	evaluator->steps = 0;
	evaluator->depth = 0;
	evaluator->level = 0;
	evaluator->count = 0;
	buf_reset(&evaluator->culprit);
	macros_begin(&evaluator->macros, predefined);
}

void
evaluator_forget(struct evaluator *evaluator, const struct record *predefined)
{
	macros_forget(&evaluator->macros, predefined);
}

static void
include(struct evaluator *evaluator, const struct record *record,
	const struct directive *directive)
{
	struct include_name name = { .kind = INCLUDE_PLAIN };
	enum refusal refusal;

	if (directive->op == OP_INCLUDE_NEXT)
		name.kind = INCLUDE_NEXT;
	else if (directive->op == OP_IMPORT)
		name.kind = INCLUDE_IMPORT;
	evaluator->trouble = REFUSAL_COMPUTED;
	evaluator->skipping = 0;
	expand_begin(evaluator, record->tokens + directive->first,
		     directive->count);
	if (!header_read(evaluator, &name))
		return;
	refusal = evaluator->calls->include(evaluator->arg, &name);
	if (evaluator->refusal == REFUSAL_NONE)
		evaluator->refusal = refusal;
}

/* A name that no macro may have: an operator, or what a compiler has built
 * in for good. */
static int
is_reserved(struct evaluator *evaluator, uint32_t symbol)
{
	const struct macro *macro;

	if (symbol == WORD_DEFINED ||
	    (evaluator->mode.is_cxx && symbol >= WORD_NAMED_AND &&
	     symbol <= WORD_NAMED_XOR_EQ))
		return 1;
	if (symbol < WORD_PRAGMA_OPERATOR || symbol >= WORD_COUNT)
		return 0;
	macro = query_macro(evaluator, symbol);
	return macro != NULL && macro->kind != MACRO_PLAIN;
}

static void
define(struct evaluator *evaluator, const struct macro *macro)
{
	if (is_reserved(evaluator, macro->name) ||
	    (macro->has_hash && !evaluator->mode.is_assembler))
		evaluator_refuse(evaluator, REFUSAL_DIRECTIVE);
	else
		macros_define(&evaluator->macros, macro);
}

static void
undefine(struct evaluator *evaluator, const struct directive *directive)
{
	if (directive->test == TEST_EXPRESSION ||
	    is_reserved(evaluator, directive->symbol))
		evaluator_refuse(evaluator, REFUSAL_DIRECTIVE);
	else
		macros_undefine(&evaluator->macros, directive->symbol);
}

/* A directive that is no condition. */
static void
obey(struct evaluator *evaluator, const struct record *record,
     const struct directive *directive)
{
	switch (directive->op) {
	case OP_DEFINE:
		define(evaluator, &record->macros[directive->symbol]);
		break;
	case OP_UNDEF:
		undefine(evaluator, directive);
		break;
	case OP_INCLUDE:
	case OP_INCLUDE_NEXT:
	case OP_IMPORT:
		include(evaluator, record, directive);
		break;
	case OP_ONCE:
		evaluator->calls->once(evaluator->arg);
		break;
	case OP_SYSTEM_HEADER:
		evaluator->calls->system_header(evaluator->arg);
		break;
	case OP_PUSH_MACRO:
		macros_push(&evaluator->macros, directive->symbol);
		break;
	case OP_POP_MACRO:
		evaluator_step(evaluator, macros_pop(&evaluator->macros,
						     directive->symbol));
		break;
	case OP_ERROR:
	case OP_EMBED:
		evaluator_refuse(evaluator, REFUSAL_DIRECTIVE);
		break;
	case OP_UNKNOWN:
		if (!evaluator->mode.is_assembler)
			evaluator_refuse(evaluator, REFUSAL_DIRECTIVE);
		break;
	case OP_REFUSE:
		evaluator_refuse(evaluator,
				 (enum refusal)directive->refusal);
		break;
	default:
		/* Others say nothing about files or macros. */
		break;
	}
}

/* From the #if at i on, finds where to go on: behind the branch's head whose
 * condition holds, or behind the #endif. */
static uint32_t
choose_branch(struct evaluator *evaluator, const struct record *record,
	      uint32_t i)
{
	const struct directive *directive = &record->directives[i];

	/* Old compilers do not know #elifdef and #elifndef, and strict modes
	 * of newer ones do not either: then they are not even branches. */
	if (directive->has_new)
		evaluator_refuse(evaluator, REFUSAL_DIRECTIVE);
	while (directive->op != OP_ENDIF && directive->op != OP_ELSE) {
		if (evaluator_step(evaluator, 1) ||
		    condition_holds(evaluator, record, directive))
			break;
		i = directive->next;
		directive = &record->directives[i];
	}
	return i + 1;
}

static void
note_culprit(struct evaluator *evaluator, const struct record *record,
	     const struct directive *directive)
{
	struct buf *culprit = &evaluator->culprit;
	const struct token *token = record->tokens + directive->first;
	const char *text;
	uint32_t i;
	size_t len;

	evaluator->is_own = 0;
	buf_reset(culprit);
	buf_addf(culprit, "line %u", (unsigned)directive->line);
	if (directive->op <= OP_EMBED)
		buf_addf(culprit, ": #%s",
			 word_text((enum word)(WORD_IF + directive->op)));
	if (directive->op == OP_DEFINE || directive->op > OP_EMBED)
		return;
	for (i = 0; i < directive->count && culprit->len < CULPRIT_MAX; i++) {
		if (token[i].kind == TOKEN_DOUBT)
			continue;
		text = symbols_text(evaluator->symbols, token[i].symbol,
				    &len);
		if (i == 0 || (token[i].flags & TOKEN_BLANK))
			buf_add_char(culprit, ' ');
		buf_add(culprit, text, len < CULPRIT_MAX ? len : CULPRIT_MAX);
	}
}

static void
run(struct evaluator *evaluator, const struct record *record)
{
	const struct directive *directive;
	uint32_t i = 0;

	while (i < record->count && evaluator->refusal == REFUSAL_NONE) {
		directive = &record->directives[i];
		if (evaluator_step(evaluator, 1)) {
			break;
		} else if (directive->op <= OP_IFNDEF) {
			i = choose_branch(evaluator, record, i);
		} else if (directive->op <= OP_ELSE) {
			i = directive->end + 1;
		} else {
			obey(evaluator, record, directive);
			i++;
		}
		if (evaluator->refusal != REFUSAL_NONE && evaluator->is_own)
			note_culprit(evaluator, record, directive);
	}
}

/* What a whole file is refused for. */
static enum refusal
check_record(const struct evaluator *evaluator, const struct record *record)
{
	const struct evaluate_mode *mode = &evaluator->mode;

	if (record->refusal != REFUSAL_NONE)
		return record->refusal;
	if (mode->trigraphs && (record->marks & RECORD_TRIGRAPH))
		return REFUSAL_TRIGRAPH;
	if (mode->has_module_lines && (record->marks & RECORD_MODULE))
		return REFUSAL_MODULE;
	if (mode->is_c90 && (record->marks & RECORD_SLASHES))
		return REFUSAL_DIRECTIVE;
	if ((mode->is_c90 || mode->is_assembler) && record->has_digraphs)
		return REFUSAL_DIRECTIVE;
	return REFUSAL_NONE;
}

enum refusal
evaluate_record(struct evaluator *evaluator, const struct record *record)
{
	if (evaluator->refusal != REFUSAL_NONE)
		return evaluator->refusal;
	evaluator->refusal = check_record(evaluator, record);
	if (evaluator->refusal == REFUSAL_NONE &&
	    evaluator->depth == DEPTH_MAX)
		evaluator->refusal = REFUSAL_DEPTH;
	if (evaluator->refusal != REFUSAL_NONE)
		return evaluator->refusal;
	evaluator->depth++;
	run(evaluator, record);
	evaluator->depth--;
	return evaluator->refusal;
}

enum refusal
evaluate_included(struct evaluator *evaluator, const struct record *record)
{
	enum refusal refusal;

	evaluator->level = 1;
	refusal = evaluate_record(evaluator, record);
	evaluator->level = 0;
	return refusal;
}

int
evaluate_is_defined(const struct evaluator *evaluator, uint32_t symbol)
{
	return macros_look(&evaluator->macros, symbol) != NULL;
}

const char *
evaluate_culprit(const struct evaluator *evaluator)
{
	return evaluator->culprit.data;
}
