/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_POST_H
#define DAEMON_POST_H

#include <stdint.h>

#include "base/net.h"
#include "daemon/board.h"

/*
 * What the parent and its workers tell each other. Orders go to one worker
 * by a socket of its own, reports from all workers by one pipe.
 */

enum order_kind {
	ORDER_SERVE,		/* a client; its socket comes along */
	ORDER_COMPILE,		/* it is the turn of this worker's job */
	ORDER_REFUSE		/* its turn will not come */
};

struct order {
	enum order_kind kind;
	uint32_t job;		/* which one it is about */
	enum refusal refusal;	/* to be answered with this, if not NONE */
	char peer[NET_NAME_SIZE];	/* for ORDER_SERVE: the client */
};

/* Makes the two ends, parent's and worker's. Returns 0 or ERR_SYS. */
int post_open(int ends[static 2]);

/* Sends an order, with the descriptor fd unless it is -1. 0 or ERR_SYS. */
int post_send_order(int end, const struct order *order, int fd);

/*
 * Waits for an order; cancel_fd and other_fd (-1: none) end the wait when they
 * are readable. Returns 0, with *fd set to the socket that came along
 * or -1; 1: other_fd is readable; ERR_CANCEL; ERR_EOF: the parent wants no
 * more of this worker; ERR_SYS.
 */
int post_await_order(int end, struct order *order, int *fd, int cancel_fd,
		     int other_fd);

enum report_kind {
	REPORT_RECEIVED,	/* the job is here and wants to be compiled */
	REPORT_COMPILED,	/* its compiler has ended */
	REPORT_DONE,		/* it has no job; the slot tells of the last */
	REPORT_LEAVING		/* the same, and it will take no other */
};

struct report {
	int slot;
	enum report_kind kind;
};

/* Returns 0 or ERR_SYS. */
int post_send_report(int pipe, const struct report *report);

/*
 * Takes what reports there are, at most max, without waiting. Returns how
 * many.
 */
int post_take_reports(int pipe, struct report *reports, int max);

#endif
