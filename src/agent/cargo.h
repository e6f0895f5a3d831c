/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_CARGO_H
#define AGENT_CARGO_H

#include <stddef.h>
#include <stdint.h>

#include "agent/store.h"
#include "base/buf.h"
#include "base/digest.h"
#include "scan/refusal.h"
#include "wire/tree.h"

struct scan_result;

/* What is sent of a compile's inputs: the bodies are in the store. */
struct cargo_item {
	enum tree_kind kind;
	char *name;		/* absolute */
	char *target;		/* of a link; else NULL */
	int has_line;		/* the body begins with a #line */
	struct digest key;	/* of the body, in the store */
	struct store_place place;	/* size 0: an empty file */
};

struct cargo {
	struct cargo_item *items;
	size_t count;
	uint64_t bytes;		/* of all bodies */
};

#define CARGO_INIT { NULL, 0, 0 }

void cargo_clear(struct cargo *cargo);

/*
 * Gathers what is to be sent for result, which is no refusal, into cargo,
 * which is fresh or cleared; what the store lacks is put there, and stays at
 * least until the next call. Returns REFUSAL_NONE, or why it cannot be done,
 * with culprit set.
 */
enum refusal cargo_load(struct cargo *cargo, const struct scan_result *result,
			struct store *store, struct buf *culprit);

#endif
