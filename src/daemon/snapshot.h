/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_SNAPSHOT_H
#define DAEMON_SNAPSHOT_H

#include <stdint.h>

#include "daemon/board.h"
#include "daemon/census.h"
#include "daemon/history.h"

/*
 * All that a page of statistics tells, of one moment: a private copy of the
 * board, in which texts end and are clean (escape_clean), and enums are in
 * their range; and what the statistics server knows besides.
 */

struct snapshot_slot {
	int number;
	enum phase phase;
	int64_t for_us;		/* how long it has been in that */
	uint64_t moved;
	char peer[NET_NAME_SIZE];
	char compiler[64];
	char input[256];
};

struct snapshot_times {
	uint64_t count[BOARD_BOUNDS + 1];
	uint64_t all;		/* the sum of count */
	int64_t sum_us;
};

struct snapshot_compiler {
	char name[64];
	uint64_t ok, failed;
	int64_t cpu_us;
};

/* How far back windows go: 1, 5, 15 and 60 minutes. */
#define SNAPSHOT_WINDOWS 4
extern const int snapshot_window_seconds[SNAPSHOT_WINDOWS];

/* One less than the ring has: the oldest may be in the writer's hands. */
#define SNAPSHOT_LAST (BOARD_LAST - 1)

struct snapshot {
	/* of the board */
	int jobs, size;	/* compilers, and workers with a job, at most */
	int64_t started_s;
	uint64_t accepted;
	uint64_t outcomes[OUTCOME_COUNT];
	uint64_t refusals[REFUSAL_COUNT];
	uint64_t bytes_in, bytes_out;
	int64_t cpu_us;
	struct snapshot_times phases[PHASE_COUNT];
	struct snapshot_times total;
	struct snapshot_compiler compilers[BOARD_COMPILERS];
	int compiler_count;
	struct board_job longest;	/* total_us 0: none yet */
	int held, running, stopping;
	enum refusal short_of;
	uint64_t finished;
	struct board_job last[SNAPSHOT_LAST];	/* the newest first */
	int last_count;
	struct snapshot_slot *slots;	/* of workers that have a job */
	int slot_count;
	int workers[PHASE_COUNT];	/* how many are at that */

	/* of the machine */
	char host[256];
	int64_t now_s;		/* Unix time */
	double load[3];		/* negative: unknown */
	int64_t free_memory, free_disk;	/* bytes; -1: unknown */
	struct census census;
	const char *sandbox;	/* what compilers are shut in by */

	/* of the last hour */
	struct window windows[SNAPSHOT_WINDOWS];
	struct point points[HISTORY_POINTS];
};

/* Fills snapshot from the board; all that is not of it becomes zero. */
void snapshot_take(struct snapshot *snapshot, const struct board *board);

/* Frees what snapshot holds. */
void snapshot_clear(struct snapshot *snapshot);

/* How many clients wait for a compiler's slot, with and without a worker. */
int snapshot_queue(const struct snapshot *snapshot);

#endif
