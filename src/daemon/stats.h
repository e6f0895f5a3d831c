/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_STATS_H
#define DAEMON_STATS_H

#include <stdint.h>
#include <sys/types.h>

#include "daemon/listen.h"

struct access;
struct args;
struct board;
struct history;

/*
 * The statistics server: a process of its own, which reads the board and
 * answers by HTTP. Whatever clients do to it, the daemon goes on; if it
 * ends, the daemon starts another, later and later.
 */
struct stats {
	/* set by the caller; borrowed */
	struct board *board;
	const struct access *access;
	/* in the new process: closes all that is not its own; may be NULL */
	void (*let_go)(void *context);
	void *context;

	/* set here */
	struct listeners listeners;
	struct history *history;
	pid_t pid;		/* 0: it does not run */
	int64_t started_ms;	/* when it was started the last time */
	int64_t start_at;	/* when to start it again */
	int pause_ms;		/* how long it was waited for that */
	int restarting;		/* its end is wanted */
};

/*
 * Opens the sockets: on port of the addresses; without one, of this machine
 * alone. Port 0 lets the kernel pick, and the log says what. Returns 0, or
 * -1 after the cause was logged.
 */
int stats_open(struct stats *stats, const struct args *addresses, int port);

/*
 * Starts it if it should run and does not. Returns when to call this again
 * (clock.h): CLOCK_NEVER while it runs. It ends by TERM or INT, and when this
 * process does.
 */
int64_t stats_tend(struct stats *stats);

/*
 * To be called for each child that ended: whether that was it. It is then
 * started again by stats_tend, when that is due.
 */
int stats_bury(struct stats *stats, pid_t pid, int status);

/* Has it start anew, with the access list as it is now. */
void stats_restart(struct stats *stats);

/* Ends it for good; its end is still to be collected. */
void stats_stop(struct stats *stats);

/* Closes the sockets in this process, and gives back memory. */
void stats_close(struct stats *stats);

#endif
