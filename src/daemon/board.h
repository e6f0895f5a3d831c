/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_BOARD_H
#define DAEMON_BOARD_H

#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

/* What became of those who connected. */
enum outcome {
	OUTCOME_OK,
	OUTCOME_ERROR,
	OUTCOME_TIMEOUT,
	OUTCOME_DISCONNECT,
	OUTCOME_BAD_REQUEST,
	OUTCOME_REFUSED,	/* by the policy, with a reason */
	OUTCOME_OTHER,
	OUTCOME_DENIED,		/* by the access list, without a word */
	OUTCOME_COUNT
};

/*
 * One worker. The worker writes down the process group of its compiler, so
 * that the parent can end it if the worker dies before it could.
 */
struct slot {
	pid_t worker;		/* 0: the slot is free */
	_Atomic pid_t group;	/* 0: no compiler is running */
	/* Since when it waits for its client's command (clock_ms), or 0. */
	_Atomic int64_t waiting_since;
};

/* Memory that the daemon shares with its workers. */
struct board {
	atomic_uint outcomes[OUTCOME_COUNT];
	int size;
	struct slot slots[];
};

/* Makes a board with size slots. Returns NULL, with errno set, if it can't. */
struct board *board_open(int size);

void board_close(struct board *board);

/* The slot of worker, or with 0 a free one; NULL if there is none. */
struct slot *board_find(struct board *board, pid_t worker);

#endif
