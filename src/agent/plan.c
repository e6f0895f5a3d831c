/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/plan.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "agent/cargo.h"
#include "agent/store.h"
#include "base/buf.h"
#include "scan/scan.h"
#include "wire/agent.h"

/*
 * The segments of a plan. Two of the descriptors that a client takes are kept
 * for where bodies are copied to: what is left of the newest segment, and the
 * one behind that.
 */
#define MAX_OLD (AGENT_MAX_FDS - 2)

struct segments {
	uint64_t numbers[AGENT_MAX_FDS];
	size_t count, max;
};

/* The place of a segment among them, or -1 if it has none and gets none. */
static int
find_segment(struct segments *segments, uint64_t number)
{
	size_t i;

	for (i = 0; i < segments->count; i++) {
		if (segments->numbers[i] == number)
			return (int)i;
	}
	if (segments->count == segments->max)
		return -1;
	segments->numbers[segments->count++] = number;
	return (int)i;
}

static int
has_body(const struct cargo_item *item)
{
	return item->kind == TREE_FILE && item->place.size > 0;
}

/* Finds all segments of the cargo. Returns whether they are few enough. */
static int
are_few(struct segments *segments, const struct cargo *cargo, size_t max)
{
	size_t i;

	segments->count = 0;
	segments->max = max;
	for (i = 0; i < cargo->count; i++) {
		if (has_body(&cargo->items[i]) &&
		    find_segment(segments,
				 cargo->items[i].place.segment) < 0)
			return 0;
	}
	return 1;
}

/*
 * Copies what is in other segments than the first few to the newest, where
 * the next ones find it too.
 */
static int
bring_together(struct segments *segments, const struct cargo *cargo,
	       struct store *store)
{
	struct cargo_item *item;
	size_t i;

	if (are_few(segments, cargo, AGENT_MAX_FDS))
		return 1;
	segments->count = 0;
	segments->max = MAX_OLD;
	for (i = 0; i < cargo->count; i++) {
		item = &cargo->items[i];
		if (has_body(item) &&
		    find_segment(segments, item->place.segment) < 0 &&
		    store_renew(store, &item->key, &item->place) < 0)
			return 0;
	}
	return are_few(segments, cargo, AGENT_MAX_FDS);
}

static int
take_fds(struct agent_plan *plan, const struct segments *segments,
	 const struct store *store)
{
	size_t i;
	int fd;

	for (i = 0; i < segments->count; i++) {
		/* The segment may go before the client has got it. */
		fd = fcntl(store_fd(store, segments->numbers[i]),
			   F_DUPFD_CLOEXEC, 0);
		if (fd < 0)
			return 0;
		plan->fds[plan->fd_count++] = fd;
	}
	return 1;
}

static void
take_entries(struct agent_plan *plan, struct segments *segments,
	     struct cargo *cargo)
{
	struct agent_entry *entry;
	struct cargo_item *item;
	size_t i;

	plan->entries = xcalloc(cargo->count + 1, sizeof *plan->entries);
	for (i = 0; i < cargo->count; i++) {
		item = &cargo->items[i];
		entry = &plan->entries[plan->count++];
		entry->kind = item->kind;
		entry->name = item->name;
		entry->target = item->target;
		item->name = item->target = NULL;
		if (!has_body(item))
			continue;
		entry->body.segment = (uint32_t)
			find_segment(segments, item->place.segment);
		entry->body.at = item->place.at;
		entry->body.size = item->place.size;
	}
}

static void
refuse(struct agent_plan *plan, enum refusal refusal, const char *culprit)
{
	agent_plan_clear(plan);
	plan->refusal = xstrdup(refusal_name(refusal));
	buf_add_str(&plan->phrase, refusal_text(refusal));
	buf_add_str(&plan->culprit, culprit);
}

static void
fill(struct agent_plan *plan, const struct scan_result *result,
     struct cargo *cargo, struct store *store)
{
	struct segments segments;

	if (!bring_together(&segments, cargo, store) ||
	    !take_fds(plan, &segments, store)) {
		refuse(plan, REFUSAL_SIZE, "the agent's store");
		return;
	}
	take_entries(plan, &segments, cargo);
	digest_text(&result->all_paths, plan->all_paths);
	digest_text(&result->user_paths, plan->user_paths);
	digest_text(&result->system_contents, plan->system_contents);
	plan->bytes = result->bytes;
	plan->sent_bytes = cargo->bytes;
}

void
plan_make(struct agent_plan *plan, const struct scan_result *result,
	  struct store *store)
{
	struct cargo cargo = CARGO_INIT;
	struct buf culprit = BUF_INIT;
	enum refusal refusal = result->refusal;

	if (refusal != REFUSAL_NONE)
		buf_add_str(&culprit, result->culprit.data);
	else
		refusal = cargo_load(&cargo, result, store, &culprit);
	if (refusal != REFUSAL_NONE)
		refuse(plan, refusal, culprit.data);
	else
		fill(plan, result, &cargo, store);
	cargo_clear(&cargo);
	buf_clear(&culprit);
}
