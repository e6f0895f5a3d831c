/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/arena.h"

#include <libiberty.h>
#include <stdlib.h>

#define CHUNK 65536
#define ALIGNMENT 8

struct arena_chunk {
	struct arena_chunk *next;
	size_t size;
	char data[];
};

static void
add_chunk(struct arena *arena, size_t size)
{
	struct arena_chunk *chunk;

	if (size < CHUNK)
		size = CHUNK;
	chunk = xmalloc(sizeof *chunk + size);
	chunk->size = size;
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	arena->used = 0;
}

void *
arena_take(struct arena *arena, size_t size)
{
	void *taken;

	size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	if (arena->chunks == NULL ||
	    arena->chunks->size - arena->used < size)
		add_chunk(arena, size);
	taken = arena->chunks->data + arena->used;
	arena->used += size;
	return taken;
}

void
arena_reset(struct arena *arena)
{
	struct arena_chunk *chunk;

	arena->used = 0;
	/* The oldest chunk is kept, unless it was made for a giant. */
	while (arena->chunks != NULL &&
	       (arena->chunks->next != NULL || arena->chunks->size > CHUNK)) {
		chunk = arena->chunks;
		arena->chunks = chunk->next;
		free(chunk);
	}
}

void
arena_clear(struct arena *arena)
{
	struct arena_chunk *chunk;

	while (arena->chunks != NULL) {
		chunk = arena->chunks;
		arena->chunks = chunk->next;
		free(chunk);
	}
	arena->used = 0;
}
