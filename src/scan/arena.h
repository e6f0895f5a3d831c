/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_ARENA_H
#define SCAN_ARENA_H

#include <stddef.h>

/* Memory that is given back all at once; what it gave does not move. */
struct arena {
	struct arena_chunk *chunks;	/* the one in use comes first */
	size_t used;		/* of the first */
};

#define ARENA_INIT { .chunks = NULL }

/* size bytes, aligned for anything here; not initialised. */
void *arena_take(struct arena *arena, size_t size);

/* Takes all back, but keeps some memory for what comes next. */
void arena_reset(struct arena *arena);

void arena_clear(struct arena *arena);

#endif
