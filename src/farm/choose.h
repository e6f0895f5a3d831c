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
	int pause_ms;		/* between two looks, if no event comes */
	int backoff_period;	/* seconds; 0: no marks, and none heeded */
	/* Called when a wait begins, and now and then in it; or NULL. */
	void (*waiting)(void *arg);
	void *waiting_arg;
};

/* Which hosts a job may still go to. It is filled once a job. */
struct choose_list {
	struct choose_entry {
		const struct host *host;
		char *lock_name;
		int usable;
		int marked;	/* with an old mark when it was looked at */
		int try_fd;	/* this job tries it again (backoff.h); or -1 */
	} *v;
	size_t count;
};

#define CHOOSE_LIST_INIT { NULL, 0 }

/* How a try on a host ended, as far as the host is concerned. */
enum choose_news {
	CHOOSE_WELL,	/* it answered */
	CHOOSE_FAILED,	/* it is to blame */
	CHOOSE_NO_NEWS	/* it had no chance to show */
};

/* Takes in all hosts; those down or in back-off are not usable. */
void choose_list_fill(struct choose_list *list, const struct hosts *hosts,
		      const struct choose_rules *rules);

/*
 * From now on, only hosts that take sources are usable. Returns how many
 * these are.
 */
size_t choose_keep_cpp(struct choose_list *list);

void choose_list_clear(struct choose_list *list);

/*
 * Takes a free slot: of the usable hosts in their order, each one's first
 * slot, then each one's second, and so on. While all are taken it waits, and
 * those who wait for the same slots are served in the order of their coming,
 * but that nobody waits for one that is stopped.
 * Returns the entry, or NULL: with errno 0 no host is usable, else no lock can
 * be taken. Uses the tick (tick.h): one thread at a time.
 */
struct choose_entry *choose_host(struct choose_list *list,
				 const struct choose_rules *rules,
				 struct slot *slot);

/* The same for count slots of this machine. Returns 0 or ERR_SYS. */
int choose_local(const struct choose_rules *rules, int count,
		 struct slot *slot);

/*
 * Says how a try on entry ended, so that the mark of its host comes or goes.
 * Returns 0, or ERR_SYS if the mark cannot be made.
 */
int choose_tell(struct choose_entry *entry, const struct choose_rules *rules,
		enum choose_news news);

/* Takes the host of entry, wherever it stands in the list, out of it. */
void choose_drop(struct choose_list *list, const struct choose_entry *entry);

#endif
