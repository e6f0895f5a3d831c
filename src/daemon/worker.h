/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_WORKER_H
#define DAEMON_WORKER_H

#include <sys/types.h>

struct serve;
struct slot;

/*
 * The life of a worker, from the fork on, with all signals blocked: it
 * serves the client at fd and exits. parent is the process that forked it.
 */
void worker_main(struct serve *serve, struct slot *slot, pid_t parent, int fd,
		 const char *peer) __attribute__((noreturn));

#endif
