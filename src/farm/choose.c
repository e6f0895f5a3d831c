/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/choose.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/clock.h"
#include "base/err.h"
#include "farm/backoff.h"
#include "farm/hosts.h"

void
choose_list_fill(struct choose_list *list, const struct hosts *hosts,
		 const struct choose_rules *rules)
{
	struct choose_entry *entry;
	enum backoff mark;
	size_t i;

	list->v = xcalloc(hosts->count + 1, sizeof *list->v);
	list->count = hosts->count;
	for (i = 0; i < hosts->count; i++) {
		entry = &list->v[i];
		entry->host = &hosts->v[i];
		entry->lock_name = hosts_lock_name(entry->host);
		mark = BACKOFF_NONE;
		if (rules->backoff_period > 0)
			mark = backoff_check(rules->lock_dir, entry->lock_name,
					     rules->backoff_period);
		entry->usable = !entry->host->down && mark != BACKOFF_ACTIVE;
		entry->marked = mark != BACKOFF_NONE;
	}
}

void
choose_list_clear(struct choose_list *list)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		free(list->v[i].lock_name);
	free(list->v);
	*list = (struct choose_list)CHOOSE_LIST_INIT;
}

/* One look at all slots. Sets *busy to how many slots were taken. */
static struct choose_entry *
try_all(struct choose_list *list, const char *dir, struct slot *slot,
	size_t *busy)
{
	struct choose_entry *entry;
	int number, more = 1, got;
	size_t i;

	*busy = 0;
	for (number = 0; more; number++) {
		more = 0;
		for (i = 0; i < list->count; i++) {
			entry = &list->v[i];
			if (!entry->usable || entry->host->slots <= number)
				continue;
			more = 1;
			got = slot_try(slot, dir, entry->lock_name, number);
			if (got > 0)
				return entry;
			if (got == 0)
				++*busy;
		}
	}
	return NULL;
}

/* The usable slot that is number nth, counting host by host. */
static struct choose_entry *
nth_slot(struct choose_list *list, size_t nth, int *number)
{
	struct choose_entry *entry;
	size_t i;

	for (i = 0; i < list->count; i++) {
		entry = &list->v[i];
		if (!entry->usable)
			continue;
		if (nth < (size_t)entry->host->slots) {
			*number = (int)nth;
			return entry;
		}
		nth -= (size_t)entry->host->slots;
	}
	return NULL;
}

struct choose_entry *
choose_host(struct choose_list *list, const struct choose_rules *rules,
	    struct slot *slot)
{
	/* Clients spread over the slots that they wait at. */
	size_t draw = (size_t)getpid() + (size_t)clock_us();
	struct choose_entry *entry;
	size_t busy;
	int number;

	for (;; draw++) {
		errno = 0;
		entry = try_all(list, rules->lock_dir, slot, &busy);
		if (entry != NULL || busy == 0)
			return entry;
		entry = nth_slot(list, draw % busy, &number);
		if (entry != NULL &&
		    slot_wait(slot, rules->lock_dir, entry->lock_name, number,
			      rules->pause_ms) > 0)
			return entry;
	}
}

int
choose_local(const struct choose_rules *rules, int count, struct slot *slot)
{
	struct host host = { .kind = HOST_LOCAL, .slots = count };
	struct choose_entry entry = { &host, NULL, 1, 0 };
	struct choose_list list = { &entry, 1 };
	struct choose_entry *got;

	entry.lock_name = hosts_lock_name(&host);
	got = choose_host(&list, rules, slot);
	free(entry.lock_name);
	return got == NULL ? ERR_SYS : 0;
}
