/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/table.h"

#include <stdlib.h>

#include <libiberty.h>

struct table_slot {
	struct digest key;
	struct table_value value;
	int is_used;
};

void
table_clear(struct table *table)
{
	free(table->slots);
	*table = (struct table)TABLE_INIT;
}

/* Where key is, or the free slot where it would go: room is a power of 2. */
static struct table_slot *
look_up(const struct table *table, const struct digest *key)
{
	size_t at = (size_t)(key->a ^ key->b);

	for (;; at++) {
		struct table_slot *slot =
			&table->slots[at & (table->room - 1)];

		if (!slot->is_used || digest_equal(&slot->key, key))
			return slot;
	}
}

int
table_find(const struct table *table, const struct digest *key,
	   struct table_value *value)
{
	const struct table_slot *slot;

	if (table->count == 0)
		return 0;
	slot = look_up(table, key);
	if (slot->is_used)
		*value = slot->value;
	return slot->is_used;
}

static void
put(struct table *table, const struct digest *key,
    const struct table_value *value)
{
	struct table_slot *slot = look_up(table, key);

	if (!slot->is_used)
		table->count++;
	slot->is_used = 1;
	slot->key = *key;
	slot->value = *value;
}

/* The same in room slots, without those that go; goes may be NULL. */
static void
rebuild(struct table *table, size_t room,
	int (*goes)(const struct table_value *value, uint64_t arg),
	uint64_t arg)
{
	const struct table before = *table;
	const struct table_slot *slot;
	size_t i;

	table->slots = xcalloc(room, sizeof *table->slots);
	table->room = room;
	table->count = 0;
	for (i = 0; i < before.room; i++) {
		slot = &before.slots[i];
		if (slot->is_used &&
		    (goes == NULL || !goes(&slot->value, arg)))
			put(table, &slot->key, &slot->value);
	}
	free(before.slots);
}

void
table_set(struct table *table, const struct digest *key,
	  const struct table_value *value)
{
	if (table->count >= table->room / 2)
		rebuild(table, table->room == 0 ? 256 : table->room * 2, NULL,
			0);
	put(table, key, value);
}

void
table_drop(struct table *table,
	   int (*goes)(const struct table_value *value, uint64_t arg),
	   uint64_t arg)
{
	if (table->room > 0)
		rebuild(table, table->room, goes, arg);
}
