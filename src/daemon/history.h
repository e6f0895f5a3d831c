/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_HISTORY_H
#define DAEMON_HISTORY_H

#include <stdint.h>

#include "daemon/board.h"

/*
 * What the counters and gauges were, second by second, in the last hour. It
 * is in memory that processes share, so that a statistics server that has to
 * be started again goes on where the last one was.
 */
#define HISTORY_SECONDS 3600

struct sample {
	int64_t at_s;		/* by the clock of clock.h */
	uint64_t outcomes[OUTCOME_COUNT];	/* since the daemon's start */
	uint64_t bytes_in, bytes_out;	/* since the daemon's start */
	int busy;		/* compilers that run */
	int queue;		/* clients that wait */
	double load;
	int64_t free_memory;	/* bytes; -1: unknown */
	int64_t sectors;	/* moved since the boot; -1: unknown */
};

/* What happened in the last so many seconds. */
struct window {
	int seconds;
	uint64_t outcomes[OUTCOME_COUNT];
	uint64_t bytes_in, bytes_out;
	double busy, queue, load;	/* on average */
	int64_t sectors_per_s;	/* -1: unknown */
};

/* The hour in steps, the oldest first. */
#define HISTORY_STEP 20
#define HISTORY_POINTS (HISTORY_SECONDS / HISTORY_STEP)

enum series {
	SERIES_JOBS,		/* that ended, per minute */
	SERIES_TRAFFIC,		/* bytes in and out, per minute */
	SERIES_BUSY,		/* this and the others: on average */
	SERIES_QUEUE,
	SERIES_LOAD,
	SERIES_MEMORY,		/* that is free, in bytes */
	SERIES_COUNT
};

struct point {
	int samples;		/* it is made of so many; 0: unknown */
	double value[SERIES_COUNT];	/* negative: unknown */
};

/*
 * An empty history, to be made when the daemon's counters are zero. NULL,
 * with errno set, if there is no memory.
 */
struct history *history_open(void);

void history_close(struct history *history);

/* Keeps a sample, which is newer than those before, or replaces the last. */
void history_add(struct history *history, const struct sample *sample);

/* How many of these jobs a compiler was started for, as 3.x counts them. */
uint64_t history_compiles(const uint64_t outcomes[static OUTCOME_COUNT]);

/* Fills window but for seconds, which says how far back from now it goes. */
void history_look(const struct history *history, const struct sample *now,
		  struct window *window);

/* The hour before now_s. */
void history_plot(const struct history *history, int64_t now_s,
		  struct point points[static HISTORY_POINTS]);

#endif
