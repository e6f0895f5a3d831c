/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_WORKER_H
#define DAEMON_WORKER_H

#include <sys/types.h>

struct serve;

/*
 * The life of a worker, from the fork on, with all signals blocked: it serves
 * the clients that it is given by orders at control, reports to report_fd, and
 * exits when there are no more, or when it is told to by a signal. parent is
 * the process that forked it, slot the number of its slot.
 */
void worker_main(struct serve *serve, int slot, pid_t parent, int control,
		 int report_fd) __attribute__((noreturn));

#endif
