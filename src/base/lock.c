/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

static struct flock
bytes(short type, off_t start, off_t len)
{
	struct flock lock;

	memset(&lock, 0, sizeof lock);
	lock.l_type = type;
	lock.l_whence = SEEK_SET;
	lock.l_start = start;
	lock.l_len = len;
	return lock;
}

int
lock_try(int fd, off_t start, off_t len)
{
	struct flock lock = bytes(F_WRLCK, start, len);

	if (fcntl(fd, F_SETLK, &lock) == 0)
		return 1;
	return errno == EAGAIN || errno == EACCES ? 0 : ERR_SYS;
}

int
lock_await(int fd, off_t start, off_t len)
{
	/* A lock for reading: those who wait are not in each other's way. */
	struct flock lock = bytes(F_RDLCK, start, len);

	if (fcntl(fd, F_SETLKW, &lock) < 0)
		return errno == EINTR ? 0 : ERR_SYS;
	lock_drop(fd, start, len);
	return 1;
}

int
lock_find(int fd, off_t start, off_t len, off_t *at)
{
	struct flock lock = bytes(F_RDLCK, start, len);

	if (fcntl(fd, F_GETLK, &lock) < 0)
		return ERR_SYS;
	*at = lock.l_start;
	return lock.l_type != F_UNLCK;
}

pid_t
lock_holder(int fd, off_t byte)
{
	struct flock lock = bytes(F_RDLCK, byte, 1);

	if (fcntl(fd, F_GETLK, &lock) < 0 || lock.l_type == F_UNLCK)
		return 0;
	/* On a network's file system it may be a process of elsewhere. */
	return lock.l_pid > 0 ? lock.l_pid : 0;
}

void
lock_drop(int fd, off_t start, off_t len)
{
	struct flock lock = bytes(F_UNLCK, start, len);

	fcntl(fd, F_SETLK, &lock);
}
