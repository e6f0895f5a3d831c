/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_ROOM_H
#define DAEMON_ROOM_H

#include <stdint.h>

/*
 * Whether this machine has room for another compiler. To ask costs a file or
 * two, so that an answer is good for a moment. Zeroed, it was never asked.
 */
struct room {
	int64_t memory;		/* bytes that were free; -1: nobody knows */
	int64_t until;		/* and until when that is taken to be so */
};

/* Whether floor MiB of memory are free; so are 0, and what nobody knows. */
int room_has_memory(struct room *room, int floor);

#endif
