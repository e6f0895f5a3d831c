/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/macros.h"

#include <libiberty.h>
#include <stdlib.h>
#include <string.h>

#include "scan/directive.h"
#include "scan/symbol.h"
#include "scan/word.h"

/* What a predefined record defines, by hash of the symbol. */
struct macros_index {
	struct macros_index *next;
	const struct record *record;
	const struct macro **places;
	uint32_t mask;
	signed char answers[WORD_COUNT - WORD_QUERIES];
};

/* What #pragma push_macro saw. */
struct macros_pushed {
	uint32_t symbol;
	int is_popped;
	const struct macro *macro;
};

#define FIRST_SLOTS 8192

void
macros_init(struct macros *macros, const struct symbols *symbols)
{
	memset(macros, 0, sizeof *macros);
	macros->symbols = symbols;
	macros->count = FIRST_SLOTS;
	macros->slots = xcalloc(macros->count, sizeof *macros->slots);
}

static void
free_index(struct macros_index *index)
{
	free(index->places);
	free(index);
}

void
macros_clear(struct macros *macros)
{
	struct macros_index *index;

	while (macros->indexes != NULL) {
		index = macros->indexes;
		macros->indexes = index->next;
		free_index(index);
	}
	free(macros->slots);
	free(macros->pushed);
}

static uint32_t
place_of(const struct macros_index *index, uint32_t symbol)
{
	uint32_t place = (symbol * 2654435761u) >> 7;

	for (place &= index->mask; index->places[place] != NULL;
	     place = (place + 1) & index->mask)
		if (index->places[place]->name == symbol)
			break;
	return place;
}

/* Later lines count, if there are two of a name. */
static struct macros_index *
make_index(const struct record *record)
{
	struct macros_index *index = xcalloc(1, sizeof *index);
	uint32_t i, size = 64, macros = record == NULL ? 0 :
						  record->macros_count;

	while (size < 2 * macros)
		size *= 2;
	index->record = record;
	index->mask = size - 1;
	index->places = xcalloc(size, sizeof *index->places);
	for (i = 0; i < macros; i++)
		index->places[place_of(index, record->macros[i].name)] =
			&record->macros[i];
	return index;
}

void
macros_begin(struct macros *macros, const struct record *predefined)
{
	struct macros_index *index = macros->indexes;

	macros->pushed_count = 0;
	if (++macros->stamp == 0) {
		memset(macros->slots, 0,
		       macros->count * sizeof *macros->slots);
		macros->stamp = 1;
	}
	while (index != NULL && index->record != predefined)
		index = index->next;
	if (index == NULL) {
		index = make_index(predefined);
		index->next = macros->indexes;
		macros->indexes = index;
	}
	macros->index = index;
}

void
macros_forget(struct macros *macros, const struct record *predefined)
{
	struct macros_index **at = &macros->indexes, *index;

	while (*at != NULL && (*at)->record != predefined)
		at = &(*at)->next;
	index = *at;
	if (index == NULL)
		return;
	*at = index->next;
	/* Nothing that the slots say may be of use any more. */
	if (macros->index == index)
		macros_begin(macros, NULL);
	free_index(index);
}

static const struct macro dynamic_macro = { .kind = MACRO_DYNAMIC };
static const struct macro query_macro = { .kind = MACRO_QUERY };

/* What a symbol is before the unit says anything about it. */
static const struct macro *
predefined_macro(const struct macros *macros, uint32_t symbol)
{
	const struct macros_index *index = macros->index;
	const struct macro *macro = index->places[place_of(index, symbol)];

	if (macro != NULL || symbol < WORD_DYNAMIC || symbol >= WORD_COUNT)
		return macro;
	return symbol < WORD_QUERIES ? &dynamic_macro : &query_macro;
}

static void
grow(struct macros *macros, uint32_t symbol)
{
	uint32_t old = macros->count;

	while (macros->count <= symbol)
		macros->count *= 2;
	macros->slots = xrealloc(macros->slots,
				 macros->count * sizeof *macros->slots);
	memset(macros->slots + old, 0,
	       (macros->count - old) * sizeof *macros->slots);
}

struct macros_slot *
macros_slot(struct macros *macros, uint32_t symbol)
{
	struct macros_slot *slot;

	if (symbol >= macros->count)
		grow(macros, symbol);
	slot = &macros->slots[symbol];
	if (slot->stamp != macros->stamp) {
		slot->stamp = macros->stamp;
		slot->is_busy = 0;
		slot->macro = predefined_macro(macros, symbol);
	}
	return slot;
}

const struct macro *
macros_look(const struct macros *macros, uint32_t symbol)
{
	if (symbol < macros->count &&
	    macros->slots[symbol].stamp == macros->stamp)
		return macros->slots[symbol].macro;
	return predefined_macro(macros, symbol);
}

void
macros_define(struct macros *macros, const struct macro *macro)
{
	macros_slot(macros, macro->name)->macro = macro;
}

void
macros_undefine(struct macros *macros, uint32_t symbol)
{
	macros_slot(macros, symbol)->macro = NULL;
}

void
macros_push(struct macros *macros, uint32_t symbol)
{
	struct macros_pushed *pushed;

	if (macros->pushed_count == macros->pushed_room) {
		macros->pushed_room = macros->pushed_room == 0 ? 16 :
				      2 * macros->pushed_room;
		macros->pushed = xrealloc(macros->pushed,
					  macros->pushed_room *
					  sizeof *macros->pushed);
	}
	pushed = &macros->pushed[macros->pushed_count++];
	pushed->symbol = symbol;
	pushed->is_popped = 0;
	pushed->macro = macros_slot(macros, symbol)->macro;
}

size_t
macros_pop(struct macros *macros, uint32_t symbol)
{
	struct macros_pushed *pushed;
	size_t i = macros->pushed_count, work;

	while (i > 0) {
		pushed = &macros->pushed[--i];
		if (pushed->symbol != symbol || pushed->is_popped)
			continue;
		macros_slot(macros, symbol)->macro = pushed->macro;
		pushed->is_popped = 1;
		break;
	}
	work = macros->pushed_count - i;
	/* What lies on top of the stack and is done with goes. */
	while (macros->pushed_count > 0 &&
	       macros->pushed[macros->pushed_count - 1].is_popped)
		macros->pushed_count--;
	return work;
}

signed char *
macros_answer(struct macros *macros, uint32_t word)
{
	return &macros->index->answers[word - WORD_QUERIES];
}
