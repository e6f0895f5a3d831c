/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/door.h"

#include <sys/socket.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/owner.h"

int
door_init(struct door *door, int fd, const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0 || fd_set_nonblock(fd) < 0 ||
	    fd_set_cloexec(fd) < 0)
		return ERR_SYS;
	door->fd = fd;
	door->path = path;
	door->dev = st.st_dev;
	door->ino = st.st_ino;
	return 0;
}

int
door_is_ours(const struct door *door)
{
	struct stat st;

	return lstat(door->path, &st) == 0 && st.st_dev == door->dev &&
	       st.st_ino == door->ino;
}

int
door_accept(const struct door *door)
{
	int fd;

	for (;;) {
		fd = accept(door->fd, NULL, NULL);
		if (fd < 0)
			return ERR_SYS;
		if (owner_is_us(fd) && fd_set_nonblock(fd) == 0 &&
		    fd_set_cloexec(fd) == 0)
			return fd;
		log_warn("a client that is not of this user was turned away");
		close(fd);
	}
}

void
door_lock(const struct door *door)
{
	if (door_is_ours(door))
		unlink(door->path);
}
