/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_EVALUATOR_H
#define SCAN_EVALUATOR_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "scan/arena.h"
#include "scan/evaluate.h"
#include "scan/macros.h"
#include "scan/token.h"

/* What is read from: a directive's tokens, an argument, an expansion. */
struct source {
	const struct token *at, *end;
	uint32_t macro;		/* no longer busy when all is read, or 0 */
	unsigned is_wall : 1;	/* what is below is not read */
	uint8_t gap;		/* enum token_flag of what comes behind it */
};

/*
 * The inside of an evaluator, for its parts: evaluate.c goes through
 * directives, condition.c works out #if, header.c names, query.c what the
 * compiler is asked, expand.c and substitute.c macros.
 *
 * The first refusal stays: from then on all parts see the end of the line, so
 * that only who began has to look at it.
 */
struct evaluator {
	struct symbols *symbols;
	struct macros macros;
	struct evaluate_mode mode;
	const struct evaluate_calls *calls;
	void *arg;
	enum refusal refusal;
	int is_own;		/* the refusal is not what a call returned */
	size_t steps;
	unsigned depth;		/* files in one another */
	unsigned level;		/* added to it for __INCLUDE_LEVEL__ */
	struct buf culprit;

	/* of the directive at hand */
	enum refusal trouble;	/* what to refuse with if it is wrong */
	unsigned skipping;	/* operands whose value does not matter */
	struct source *sources;
	size_t count, room;
	uint8_t gap;		/* enum token_flag of the next token */
	unsigned nesting;	/* arguments in one another */
	struct arena arena;	/* expansions */
	struct token *stack;	/* tokens being put together */
	size_t stack_count, stack_room;
};

/* Gives up, unless that has been done already. */
static inline void
evaluator_refuse(struct evaluator *evaluator, enum refusal refusal)
{
	if (evaluator->refusal != REFUSAL_NONE)
		return;
	evaluator->refusal = refusal;
	evaluator->is_own = 1;
}

/* Counts work. Returns whether that is enough of it. */
static inline int
evaluator_step(struct evaluator *evaluator, size_t steps)
{
	evaluator->steps += steps;
	if (evaluator->steps <= evaluator->mode.max_steps)
		return evaluator->refusal != REFUSAL_NONE;
	evaluator_refuse(evaluator, REFUSAL_STEPS);
	return 1;
}

#endif
