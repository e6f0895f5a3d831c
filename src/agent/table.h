/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_TABLE_H
#define AGENT_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"

/* What is known by a digest: two numbers each. */
struct table_value {
	uint64_t a, b;
};

struct table {
	struct table_slot *slots;
	size_t room, count;
};

#define TABLE_INIT { NULL, 0, 0 }

void table_clear(struct table *table);

/* Returns whether key is there, and sets *value then. */
int table_find(const struct table *table, const struct digest *key,
	       struct table_value *value);

/* Sets it, be it there or not. */
void table_set(struct table *table, const struct digest *key,
	       const struct table_value *value);

/* Removes all for which goes says non-zero. */
void table_drop(struct table *table,
		int (*goes)(const struct table_value *value, uint64_t arg),
		uint64_t arg);

#endif
