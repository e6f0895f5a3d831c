/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_POOL_H
#define DAEMON_POOL_H

#include <stdint.h>

#include "daemon/crew.h"
#include "daemon/lobby.h"
#include "daemon/room.h"
#include "daemon/share.h"

struct listeners;
struct serve;
struct stats;

/*
 * Accepts clients, and has each served by a worker, a process of its own.
 * Some more than may compile are received at a time, so that the network and
 * the compilers are busy together; others wait in the lobby. In both places
 * it is the turn of the client that has the least. This process never takes a
 * byte from a client, but for a listed balancer's header (proxy.h).
 */
struct pool {
	/* to be set before pool_run, all borrowed */
	struct listeners *listeners;
	struct serve *serve;	/* what workers get */
	int64_t deadline;	/* when to end; CLOCK_NEVER */
	struct stats *stats;	/* NULL: there are none */
	int was_passed;		/* the listeners are somebody else's too */
	/* reads the configuration again */
	void (*reload)(void *arg);
	void *reload_arg;

	/* its own */
	struct shares shares;
	struct lobby lobby;
	struct crew crew;
	int stop_signal;	/* it finishes what it has, and ends by this */
	int64_t stop_deadline;
	int64_t watchdog_at;
	int64_t short_since_ms;	/* memory is short since then */
	int64_t complain_at;	/* when the log may have it again */
	struct room room;
	int had_terminal;
};

/*
 * Runs until a signal or the deadline says to end, and until every worker
 * is gone. SIGTERM lets jobs that are here be finished, for as long as
 * --drain-time says; another SIGTERM, SIGINT and the deadline do not. SIGHUP,
 * unless its cause is that the terminal is gone, has the configuration read
 * again. Returns the signal to end by, where SIGALRM stands for the deadline.
 */
int pool_run(struct pool *pool);

#endif
