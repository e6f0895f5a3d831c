/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/symbol.h"

#include <libiberty.h>
#include <stdlib.h>
#include <string.h>

#include "scan/arena.h"
#include "scan/word.h"

struct spelling {
	const char *text;
	uint32_t len;
	uint32_t hash;
};

struct symbols {
	struct arena texts;
	struct spelling *spellings;	/* by number; [0] is nobody's */
	uint32_t count, room;
	uint32_t *places;	/* numbers by hash; 0 is free */
	uint32_t mask;
};

#define FIRST_ROOM 4096

struct symbols *
symbols_new(void)
{
	struct symbols *symbols = xcalloc(1, sizeof *symbols);
	uint32_t number;
	int word;

	symbols->room = FIRST_ROOM;
	symbols->spellings = xcalloc(FIRST_ROOM, sizeof(struct spelling));
	symbols->spellings[0].text = "";
	symbols->mask = 2 * FIRST_ROOM - 1;
	symbols->places = xcalloc(symbols->mask + 1, sizeof(uint32_t));
	for (word = WORD_NONE + 1; word < WORD_COUNT; word++) {
		number = symbols_intern(symbols, word_text(word),
					strlen(word_text(word)));
		if (number != (uint32_t)word)
			abort();
	}
	return symbols;
}

void
symbols_free(struct symbols *symbols)
{
	if (symbols == NULL)
		return;
	arena_clear(&symbols->texts);
	free(symbols->spellings);
	free(symbols->places);
	free(symbols);
}

static uint32_t
hash_of(const char *text, size_t len)
{
	uint32_t hash = 2166136261u;
	size_t i;

	for (i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619u;
	return hash ^ (hash >> 15);
}

/* Twice as many places as spellings, so that most are found at once. */
static void
grow(struct symbols *symbols)
{
	uint32_t i, place;

	symbols->room *= 2;
	symbols->spellings = xrealloc(symbols->spellings, symbols->room *
				      sizeof(struct spelling));
	symbols->mask = 2 * symbols->room - 1;
	free(symbols->places);
	symbols->places = xcalloc((size_t)symbols->mask + 1,
				  sizeof(uint32_t));
	for (i = 1; i <= symbols->count; i++) {
		place = symbols->spellings[i].hash & symbols->mask;
		while (symbols->places[place] != 0)
			place = (place + 1) & symbols->mask;
		symbols->places[place] = i;
	}
}

static uint32_t
add(struct symbols *symbols, uint32_t place, uint32_t hash, const char *text,
    size_t len)
{
	char *copy = arena_take(&symbols->texts, len + 1);
	uint32_t number = ++symbols->count;

	memcpy(copy, text, len);
	copy[len] = '\0';
	symbols->spellings[number].text = copy;
	symbols->spellings[number].len = (uint32_t)len;
	symbols->spellings[number].hash = hash;
	symbols->places[place] = number;
	if (symbols->count + 1 == symbols->room)
		grow(symbols);
	return number;
}

uint32_t
symbols_intern(struct symbols *symbols, const char *text, size_t len)
{
	uint32_t hash = hash_of(text, len), place = hash & symbols->mask;
	const struct spelling *spelling;

	for (; symbols->places[place] != 0;
	     place = (place + 1) & symbols->mask) {
		spelling = &symbols->spellings[symbols->places[place]];
		if (spelling->hash == hash && spelling->len == len &&
		    memcmp(spelling->text, text, len) == 0)
			return symbols->places[place];
	}
	return add(symbols, place, hash, text, len);
}

const char *
symbols_text(const struct symbols *symbols, uint32_t symbol, size_t *len)
{
	if (len != NULL)
		*len = symbols->spellings[symbol].len;
	return symbols->spellings[symbol].text;
}

uint32_t
symbols_count(const struct symbols *symbols)
{
	return symbols->count;
}
