/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_SOLO_H
#define DAEMON_SOLO_H

#include <stdint.h>

struct listeners;
struct serve;

/*
 * Serves one client after the other in this process (--no-fork), until a
 * signal or deadline (clock.h) says to end. Returns the signal; SIGALRM
 * stands for the deadline.
 */
int solo_run(struct serve *serve, const struct listeners *listeners,
	     int64_t deadline);

#endif
