/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "agent/segment.h"
#include "agent/table.h"
#include "base/buf.h"
#include "base/err.h"

/* A segment among the others. */
struct shelf {
	struct segment segment;
	uint64_t number;
	uint64_t used_in;	/* the turn when it was of use */
};

struct store {
	struct shelf *shelves;	/* the newest is the last */
	size_t count;
	struct table table;	/* a: the segment; b: at and size */
	uint64_t max, bytes;
	uint64_t turn, numbers;
	char *tmp_dir;
};

struct store *
store_new(uint64_t max, const char *tmp_dir)
{
	struct store *store = xcalloc(1, sizeof *store);

	store->max = max;
	store->tmp_dir = xstrdup(tmp_dir);
	return store;
}

void
store_free(struct store *store)
{
	size_t i;

	for (i = 0; i < store->count; i++)
		segment_close(&store->shelves[i].segment);
	free(store->shelves);
	table_clear(&store->table);
	free(store->tmp_dir);
	free(store);
}

void
store_begin(struct store *store)
{
	store->turn++;
}

static struct shelf *
shelf_of(const struct store *store, uint64_t number)
{
	size_t i = store->count;

	/* What is asked for is mostly new. */
	while (i-- > 0) {
		if (store->shelves[i].number == number)
			return &store->shelves[i];
	}
	return NULL;
}

int
store_find(struct store *store, const struct digest *key,
	   struct store_place *place)
{
	struct table_value value;
	struct shelf *shelf;

	if (!table_find(&store->table, key, &value))
		return 0;
	shelf = shelf_of(store, value.a);
	if (shelf == NULL)
		return 0;
	shelf->used_in = store->turn;
	place->segment = value.a;
	place->at = (uint32_t)(value.b >> 32);
	place->size = (uint32_t)value.b;
	return 1;
}

static int
is_in(const struct table_value *value, uint64_t number)
{
	return value->a == number;
}

static void
drop(struct store *store, struct shelf *shelf)
{
	size_t behind = store->count - 1 - (size_t)(shelf - store->shelves);

	table_drop(&store->table, is_in, shelf->number);
	store->bytes -= shelf->segment.room;
	segment_close(&shelf->segment);
	memmove(shelf, shelf + 1, behind * sizeof *shelf);
	store->count--;
}

/* Makes room for a segment, as far as none is needed in this turn. */
static void
make_room(struct store *store, uint32_t room)
{
	struct shelf *oldest;
	size_t i;

	while (store->bytes + room > store->max) {
		oldest = NULL;
		for (i = 0; i < store->count; i++) {
			if (store->shelves[i].used_in != store->turn &&
			    (oldest == NULL || store->shelves[i].used_in <
			     oldest->used_in))
				oldest = &store->shelves[i];
		}
		if (oldest == NULL)
			return;
		drop(store, oldest);
	}
}

/* The newest segment, if it has room for size bytes, else a new one. */
static struct shelf *
shelf_for(struct store *store, uint32_t size)
{
	uint32_t room = size > STORE_SEGMENT ? size : STORE_SEGMENT;
	struct segment segment;
	struct shelf *shelf;

	if (store->count > 0) {
		shelf = &store->shelves[store->count - 1];
		if (shelf->segment.room - shelf->segment.used >= size)
			return shelf;
	}
	make_room(store, room);
	if (segment_open(&segment, room, store->tmp_dir) < 0)
		return NULL;
	store->shelves = xrealloc(store->shelves, (store->count + 1) *
				  sizeof *store->shelves);
	shelf = &store->shelves[store->count++];
	shelf->segment = segment;
	shelf->number = ++store->numbers;
	store->bytes += room;
	return shelf;
}

int
store_add(struct store *store, const struct digest *key,
	  const struct buf *body, struct store_place *place)
{
	struct table_value value;
	struct shelf *shelf;

	if (body->len > UINT32_MAX) {
		errno = EFBIG;
		return ERR_SYS;
	}
	shelf = shelf_for(store, (uint32_t)body->len);
	if (shelf == NULL)
		return ERR_SYS;
	place->segment = shelf->number;
	place->at = shelf->segment.used;
	place->size = (uint32_t)body->len;
	if (segment_add(&shelf->segment, body->data, place->size) < 0)
		return ERR_SYS;
	shelf->used_in = store->turn;
	value.a = place->segment;
	value.b = (uint64_t)place->at << 32 | place->size;
	table_set(&store->table, key, &value);
	return 0;
}

int
store_read(const struct store *store, const struct store_place *place,
	   struct buf *body)
{
	const struct shelf *shelf = shelf_of(store, place->segment);

	if (shelf == NULL) {
		errno = ENOENT;
		return ERR_SYS;
	}
	if (segment_read(&shelf->segment, place->at,
			 buf_grow(body, place->size), place->size) < 0)
		return ERR_SYS;
	buf_wrote(body, place->size);
	return 0;
}

int
store_renew(struct store *store, const struct digest *key,
	    struct store_place *place)
{
	struct buf body = BUF_INIT;
	int r = store_read(store, place, &body);

	if (r == 0)
		r = store_add(store, key, &body, place);
	buf_clear(&body);
	return r;
}

int
store_fd(const struct store *store, uint64_t segment)
{
	const struct shelf *shelf = shelf_of(store, segment);

	return shelf == NULL ? -1 : shelf->segment.read_fd;
}

uint64_t
store_bytes(const struct store *store)
{
	return store->bytes;
}

size_t
store_count(const struct store *store)
{
	return store->table.count;
}

uint64_t
store_max(const struct store *store)
{
	return store->max;
}
