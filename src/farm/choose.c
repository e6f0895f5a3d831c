/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/choose.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/clock.h"
#include "base/err.h"
#include "farm/backoff.h"
#include "farm/hosts.h"
#include "farm/line.h"
#include "farm/watch.h"

/* How long anybody sleeps at most, were it only to say that it waits. */
#define NAP_MS 5000

/* Who is in front, and can run, takes a slot that is free before that. */
#define GRACE_MS 100

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
		entry->try_fd = -1;
	}
}

size_t
choose_keep_cpp(struct choose_list *list)
{
	size_t i, count = 0;

	for (i = 0; i < list->count; i++) {
		list->v[i].usable &= list->v[i].host->cpp;
		count += (size_t)list->v[i].usable;
	}
	return count;
}

static void
end_trying(struct choose_entry *entry)
{
	if (entry->try_fd >= 0)
		close(entry->try_fd);
	entry->try_fd = -1;
}

void
choose_list_clear(struct choose_list *list)
{
	size_t i;

	for (i = 0; i < list->count; i++) {
		end_trying(&list->v[i]);
		free(list->v[i].lock_name);
	}
	free(list->v);
	*list = (struct choose_list)CHOOSE_LIST_INIT;
}

enum purpose {
	TO_TAKE,
	TO_FIND
};

static int
try_slot(const struct choose_entry *entry, const char *dir,
	 enum purpose purpose, int number, struct slot *slot)
{
	int r;

	if (purpose == TO_TAKE)
		return slot_try(slot, dir, entry->lock_name, number);
	r = slot_is_taken(dir, entry->lock_name, number);
	if (r == 0)
		slot->number = number;
	return r < 0 ? r : !r;
}

/*
 * One look at all slots. Takes the first that is free, or just finds it: then
 * slot has its number. Sets *busy to how many were taken by others.
 */
static struct choose_entry *
look(struct choose_list *list, const char *dir, enum purpose purpose,
     struct slot *slot, size_t *busy)
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
			got = try_slot(entry, dir, purpose, number, slot);
			if (got > 0)
				return entry;
			if (got == 0)
				++*busy;
		}
	}
	return NULL;
}

/* The number of the line for the usable slots, whatever their order. */
static uint32_t
line_number(const struct choose_list *list)
{
	const struct choose_entry *entry;
	uint32_t sum = 0, hash;
	const char *p;
	size_t i;

	for (i = 0; i < list->count; i++) {
		entry = &list->v[i];
		if (!entry->usable)
			continue;
		hash = 2166136261u ^ (uint32_t)entry->host->slots;
		for (p = entry->lock_name; *p != '\0'; p++)
			hash = (hash ^ (unsigned char)*p) * 16777619u;
		sum += hash;
	}
	return sum;
}

static void
tell_waiting(const struct choose_rules *rules)
{
	if (rules->waiting != NULL)
		rules->waiting(rules->waiting_arg);
}

/*
 * Waits until nobody is in front. If somebody is, but lets one and the same
 * slot lie that is free, it cannot run, though nobody can tell (its system is
 * frozen, or is another one), and we pass by: then the entry is returned.
 */
static struct choose_entry *
move_up(struct line *line, struct choose_list *list,
	const struct choose_rules *rules, struct slot *slot)
{
	struct choose_entry *entry;
	size_t busy;

	/* A line that fails is no line: then all are at its head. */
	while (line_wait(line, NAP_MS) == 0) {
		tell_waiting(rules);
		entry = look(list, rules->lock_dir, TO_FIND, slot, &busy);
		if (entry == NULL)
			continue;
		poll(NULL, 0, GRACE_MS);
		if (slot_try(slot, rules->lock_dir, entry->lock_name,
			     slot->number) > 0)
			return entry;
	}
	return NULL;
}

/* At the head of the line: takes the next slot that gets free. */
static struct choose_entry *
watch_slots(struct choose_list *list, const struct choose_rules *rules,
	    struct slot *slot)
{
	struct watch watch = WATCH_INIT;
	int pause_ms = rules->pause_ms > 0 ? rules->pause_ms : 1;
	int64_t told = clock_ms();
	struct choose_entry *entry;
	size_t busy;

	if (pause_ms > NAP_MS)
		pause_ms = NAP_MS;
	/* Before the look: what gets free after it is not missed. */
	watch_start(&watch, rules->lock_dir);
	for (;;) {
		errno = 0;
		entry = look(list, rules->lock_dir, TO_TAKE, slot, &busy);
		if (entry != NULL || busy == 0)
			break;
		watch_wait(&watch, SLOT_PREFIX, pause_ms);
		if (clock_ms() - told >= NAP_MS) {
			tell_waiting(rules);
			told = clock_ms();
		}
	}
	slot->watch_fd = watch_stop(&watch);
	return entry;
}

static struct choose_entry *
wait_in_line(struct choose_list *list, const struct choose_rules *rules,
	     struct slot *slot)
{
	struct line line = LINE_INIT;
	struct choose_entry *entry = NULL;
	int saved;

	if (line_join(&line, rules->lock_dir, line_number(list)) == 0) {
		tell_waiting(rules);
		entry = move_up(&line, list, rules, slot);
	}
	if (entry == NULL)
		entry = watch_slots(list, rules, slot);
	saved = errno;
	line_leave(&line);
	errno = saved;
	return entry;
}

static struct choose_entry *
take_slot(struct choose_list *list, const struct choose_rules *rules,
	  struct slot *slot)
{
	struct choose_entry *entry;
	size_t busy;

	/* Who comes new does not overtake those who wait. */
	if (!line_is_there(rules->lock_dir, line_number(list))) {
		errno = 0;
		entry = look(list, rules->lock_dir, TO_TAKE, slot, &busy);
		if (entry != NULL || busy == 0)
			return entry;
	}
	return wait_in_line(list, rules, slot);
}

/* Whether the host may be gone to: much may have happened in a wait. */
static int
is_admitted(struct choose_entry *entry, const struct choose_rules *rules)
{
	if (rules->backoff_period == 0 || entry->host->kind == HOST_LOCAL)
		return 1;
	return backoff_try(rules->lock_dir, entry->lock_name,
			   rules->backoff_period, &entry->try_fd);
}

struct choose_entry *
choose_host(struct choose_list *list, const struct choose_rules *rules,
	    struct slot *slot)
{
	struct choose_entry *entry;

	for (;;) {
		entry = take_slot(list, rules, slot);
		if (entry == NULL || is_admitted(entry, rules))
			return entry;
		slot_release(slot);
		choose_drop(list, entry);
	}
}

int
choose_tell(struct choose_entry *entry, const struct choose_rules *rules,
	    enum choose_news news)
{
	int r = 0;

	if (rules->backoff_period > 0 && news == CHOOSE_FAILED)
		r = backoff_mark(rules->lock_dir, entry->lock_name,
				 rules->backoff_period);
	/* A mark that came meanwhile is another job's, and may be right. */
	if (news == CHOOSE_WELL && (entry->marked || entry->try_fd >= 0))
		backoff_clear(rules->lock_dir, entry->lock_name);
	end_trying(entry);
	return r;
}

void
choose_drop(struct choose_list *list, const struct choose_entry *entry)
{
	size_t i;

	for (i = 0; i < list->count; i++) {
		if (strcmp(list->v[i].lock_name, entry->lock_name) == 0)
			list->v[i].usable = 0;
	}
}

int
choose_local(const struct choose_rules *rules, int count, struct slot *slot)
{
	struct host host = { .kind = HOST_LOCAL, .slots = count };
	struct choose_entry entry = { &host, NULL, 1, 0, -1 };
	struct choose_list list = { &entry, 1 };
	struct choose_entry *got;

	entry.lock_name = hosts_lock_name(&host);
	got = choose_host(&list, rules, slot);
	free(entry.lock_name);
	return got == NULL ? ERR_SYS : 0;
}
