/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_POOL_H
#define DAEMON_POOL_H

#include <stdint.h>

struct listeners;
struct serve;
struct stats;

/*
 * Accepts clients and has each served by a worker, a process of its own,
 * with at most board->size of them at a time; the others wait in the
 * kernel's queue. This process never reads a byte from a client.
 */
struct pool {
	struct listeners *listeners;
	struct serve *serve;	/* what workers get */
	struct stats *stats;	/* or NULL */
	int64_t deadline;	/* when to end; CLOCK_NEVER */
	int no_fork;		/* serve here, one after the other */
	int running;
	int leaving;	/* a silent client was sent away, and is going */
};

/*
 * Runs until a signal or the deadline says to end, and until every worker
 * is gone. Returns the signal; SIGALRM stands for the deadline.
 */
int pool_run(struct pool *pool);

#endif
