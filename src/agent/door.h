/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_DOOR_H
#define AGENT_DOOR_H

#include <sys/stat.h>
#include <sys/types.h>

/*
 * The socket that clients come by. Another agent may have put its own in its
 * place, and somebody may have removed it: then nobody comes any more.
 */
struct door {
	int fd;			/* listens; non-blocking */
	const char *path;	/* borrowed */
	dev_t dev;
	ino_t ino;
};

/* Takes over a socket that listens at path. Returns 0 or ERR_SYS. */
int door_init(struct door *door, int fd, const char *path);

/* Whether it is still what stands at its path. */
int door_is_ours(const struct door *door);

/*
 * The next client, non-blocking and close-on-exec; one of another user is
 * turned away. Returns ERR_SYS with EAGAIN if there is none.
 */
int door_accept(const struct door *door);

/* Takes the name away, if it is ours: who is in the queue can still come. */
void door_lock(const struct door *door);

#endif
