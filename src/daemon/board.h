/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_BOARD_H
#define DAEMON_BOARD_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/net.h"

/*
 * Memory that the processes of a daemon share, and what it counts. The parent
 * writes counters, finished jobs and who has a slot; each worker what its slot
 * says of its job, once the parent has put the client there; the statistics
 * server only reads, and cannot write. A daemon of one process does all of it.
 *
 * Nothing but habit keeps a worker to its slot, and a worker is what a hostile
 * client would take over first. So nobody else takes what stands here for an
 * index, or a text for one that ends, without a look; and a reader may see a
 * text half changed.
 */

/* What became of those who connected. */
enum outcome {
	OUTCOME_OK,
	OUTCOME_ERROR,
	OUTCOME_TIMEOUT,
	OUTCOME_DISCONNECT,
	OUTCOME_BAD_REQUEST,
	OUTCOME_REFUSED,	/* by the policy, with a reason */
	OUTCOME_OVERLOAD,	/* there was no room */
	OUTCOME_OTHER,
	OUTCOME_DENIED,		/* by the access list, without a word */
	OUTCOME_COUNT
};

/* Why somebody was not served. */
enum refusal {
	REFUSAL_NONE,
	REFUSAL_ADDRESS,	/* not in the access list */
	REFUSAL_PROXY,		/* no PROXY header from a balancer */
	REFUSAL_PROTOCOL,	/* a version that is not spoken */
	REFUSAL_COMPILER,	/* one that may not be run */
	REFUSAL_OPTION,		/* an option that is not allowed */
	REFUSAL_SOURCE,		/* something in the source */
	REFUSAL_LIMIT,		/* a result that is too big */
	REFUSAL_SILENT,		/* said nothing while others waited */
	REFUSAL_QUEUE,		/* too many were waiting */
	REFUSAL_MEMORY,		/* too little memory was free */
	REFUSAL_DISK,		/* too little disk was free */
	REFUSAL_STOPPING,	/* the daemon is about to end */
	REFUSAL_COUNT
};

/* What a worker is at. */
enum phase {
	PHASE_IDLE,		/* it has no client */
	PHASE_RECEIVE,
	PHASE_QUEUE,		/* all is here; it waits for its turn */
	PHASE_COMPILE,
	PHASE_SEND,
	PHASE_COUNT
};

/* One finished job. Texts are the client's, and may be any bytes. */
struct board_job {
	int64_t ended_s;	/* Unix time */
	int64_t phase_us[PHASE_COUNT];	/* how long each took */
	int64_t total_us;
	int64_t cpu_us;		/* of the compiler, and what it waited for */
	uint64_t bytes_in, bytes_out;
	int64_t max_rss_kb;	/* of its largest process; 0: unknown */
	enum outcome outcome;
	enum refusal refusal;
	int status;		/* as from wait() */
	char peer[NET_NAME_SIZE];
	char compiler[64];	/* as it was asked for; "": none yet */
	char input[256];
};

/*
 * One worker. It writes down the process group of its compiler, so that the
 * parent can end it if the worker dies before it could.
 */
struct slot {
	_Atomic pid_t worker;	/* 0: the slot is free */
	_Atomic pid_t group;	/* 0: no compiler is running */
	_Atomic int phase;	/* enum phase */
	_Atomic int64_t since_us;	/* when that began (clock_us) */
	_Atomic int waits;	/* for the client, not for this machine */
	_Atomic uint64_t moved;	/* bytes from and to its client so far */
	struct board_job job;	/* this one, or in PHASE_IDLE the last */
};

/*
 * Times are counted in these buckets: bucket i has those of at most
 * board_bounds_us[i], and of more than the one before; the last has the rest.
 */
#define BOARD_BOUNDS 15
extern const int64_t board_bounds_us[BOARD_BOUNDS];

struct board_times {
	_Atomic uint64_t count[BOARD_BOUNDS + 1];
	_Atomic int64_t sum_us;
};

/* Finished jobs by compiler. When all rows are taken, the last is "other". */
#define BOARD_COMPILERS 64
struct board_compiler {
	char name[64];		/* "": the row is free */
	_Atomic uint64_t ok, failed;
	_Atomic int64_t cpu_us;
};

/* The last jobs, a ring: job n, counted from 0, is in last[n % BOARD_LAST]. */
#define BOARD_LAST 64

struct board {
	/* settled at the start */
	int jobs;		/* compilers at a time */
	int receivers;		/* more workers with a job, at most */
	int size;		/* slots: workers with a job or without */
	int64_t started_s;	/* Unix time */

	/* counters, since the start */
	_Atomic uint64_t accepted;	/* connections */
	_Atomic uint64_t outcomes[OUTCOME_COUNT];
	_Atomic uint64_t refusals[REFUSAL_COUNT];
	_Atomic uint64_t bytes_in, bytes_out;
	_Atomic int64_t cpu_us;
	struct board_times phases[PHASE_COUNT];	/* but for PHASE_IDLE */
	struct board_times total;
	struct board_compiler compilers[BOARD_COMPILERS];
	struct board_job longest;	/* of those that were compiled */

	/* now */
	_Atomic int held;	/* connections that no worker has yet */
	_Atomic int running;	/* compilers */
	_Atomic int stopping;	/* finishes its jobs and takes no new ones */
	_Atomic int short_of;	/* REFUSAL_MEMORY, REFUSAL_DISK, or 0 */

	_Atomic uint64_t finished;	/* how many went into last */
	struct board_job last[BOARD_LAST];
	struct slot slots[];
};

/*
 * Makes a board for so many compilers at a time, receivers, and workers in
 * all. Returns NULL, with errno set, if it can't.
 */
struct board *board_open(int jobs, int receivers, int size);

void board_close(struct board *board);

/* From now on this process can only read board. Returns 0 or ERR_SYS. */
int board_protect(struct board *board);

/* Sets a text of size bytes, cut to what fits, with NULs behind it. */
void board_set_text(char *text, size_t size, const char *value);

/*
 * For the parent only: counts a job that has ended, and keeps it. It may be
 * any worker's word: what is no outcome is OUTCOME_OTHER, and so on.
 */
void board_add_job(struct board *board, const struct board_job *job);

/* For the parent only: counts a client that no worker was given. */
void board_refuse(struct board *board, enum refusal refusal);

/* The names of these in logs and statistics, as "bad_request". */
const char *board_outcome_name(enum outcome outcome);
const char *board_refusal_name(enum refusal refusal);
const char *board_phase_name(enum phase phase);

#endif
