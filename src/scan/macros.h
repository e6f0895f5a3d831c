/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_MACROS_H
#define SCAN_MACROS_H

#include <stddef.h>
#include <stdint.h>

struct macro;
struct record;
struct symbols;

/* A symbol's state; of the unit at hand only if it has that unit's stamp. */
struct macros_slot {
	uint32_t stamp;
	uint32_t is_busy;	/* being expanded */
	const struct macro *macro;	/* NULL: not defined */
};

/* Which macros there are now. */
struct macros {
	const struct symbols *symbols;
	struct macros_slot *slots;	/* by symbol */
	uint32_t count;		/* of slots */
	uint32_t stamp;
	struct macros_index *indexes;	/* all predefined records known */
	struct macros_index *index;	/* that of this unit */
	struct macros_pushed *pushed;
	size_t pushed_count, pushed_room;
};

void macros_init(struct macros *macros, const struct symbols *symbols);
void macros_clear(struct macros *macros);

/* Forgets all but what predefined (which may be NULL) has; at once. */
void macros_begin(struct macros *macros, const struct record *predefined);

/* predefined goes away. */
void macros_forget(struct macros *macros, const struct record *predefined);

/*
 * The state of a symbol, which is valid until the next call. A compiler's own
 * macros that have no definition to be printed are of the kinds
 * MACRO_DYNAMIC, which every one has, and MACRO_QUERY, of which macros_answer
 * tells whether this one has them.
 */
struct macros_slot *macros_slot(struct macros *macros, uint32_t symbol);

/* The same, without being able to change anything. */
const struct macro *macros_look(const struct macros *macros, uint32_t symbol);

void macros_define(struct macros *macros, const struct macro *macro);
void macros_undefine(struct macros *macros, uint32_t symbol);

/* #pragma push_macro, pop_macro. Popping returns how much work it was. */
void macros_push(struct macros *macros, uint32_t symbol);
size_t macros_pop(struct macros *macros, uint32_t symbol);

/* Where it is noted whether the compiler has a macro of MACRO_QUERY: 0: not
 * known yet, 1: yes, -1: no. */
signed char *macros_answer(struct macros *macros, uint32_t word);

#endif
