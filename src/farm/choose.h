/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FARM_CHOOSE_H
#define FARM_CHOOSE_H

#include <stddef.h>

#include "farm/slot.h"

struct host;
struct hosts;

/* Where slots are kept, and how long to wait and to avoid. */
struct choose_rules {
	const char *lock_dir;
	int pause_ms;		/* between two looks at all slots */
	int backoff_period;	/* seconds; 0: no marks, and none heeded */
};

/*
 * Which hosts a job may still go to. It is filled once a job, so that each
 * mark is looked at once.
 */
struct choose_list {
	struct choose_entry {
		const struct host *host;
		char *lock_name;
		int usable;
		int marked;	/* an old mark is to be cleared on success */
	} *v;
	size_t count;
};

#define CHOOSE_LIST_INIT { NULL, 0 }

/* Takes in all hosts; those down or in back-off are not usable. */
void choose_list_fill(struct choose_list *list, const struct hosts *hosts,
		      const struct choose_rules *rules);

void choose_list_clear(struct choose_list *list);

/*
 * Takes a free slot: of the usable hosts in their order, each one's first
 * slot, then each one's second, and so on. While all are taken it waits in
 * line at one of them, and looks at all again every pause_ms. Returns the
 * entry, or NULL: with errno 0 no host is usable, else no lock can be taken.
 */
struct choose_entry *choose_host(struct choose_list *list,
				 const struct choose_rules *rules,
				 struct slot *slot);

/* The same for count slots of this machine. Returns 0 or ERR_SYS. */
int choose_local(const struct choose_rules *rules, int count,
		 struct slot *slot);

#endif
