/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/slot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/lock.h"
#include "base/path.h"

char *
slot_file(const char *dir, const char *kind, const char *lock_name,
	  int number)
{
	struct buf leaf = BUF_INIT;
	char *path;

	buf_addf(&leaf, "%s%s_%d", kind, lock_name, number);
	path = path_join(dir, leaf.data);
	buf_clear(&leaf);
	return path;
}

static int
open_slot(const char *dir, const char *lock_name, int number, int flags)
{
	char *path = slot_file(dir, SLOT_PREFIX, lock_name, number);
	int fd = open(path, flags | O_CLOEXEC, 0666);

	free(path);
	return fd;
}

int
slot_is_taken(const char *dir, const char *lock_name, int number)
{
	int fd = open_slot(dir, lock_name, number, O_RDONLY);
	int r, saved;
	off_t at;

	if (fd < 0)
		return errno == ENOENT ? 0 : ERR_SYS;
	r = lock_find(fd, 0, 0, &at);
	saved = errno;
	close(fd);
	errno = saved;
	return r;
}

int
slot_try(struct slot *slot, const char *dir, const char *lock_name, int number)
{
	int fd, r, saved;

	/* Not by opening it for writing: that would wake who waits. */
	if (slot_is_taken(dir, lock_name, number) > 0)
		return 0;
	fd = open_slot(dir, lock_name, number, O_RDWR | O_CREAT);
	if (fd < 0)
		return ERR_SYS;
	r = lock_try(fd, 0, 0);
	if (r > 0) {
		slot->fd = fd;
		slot->number = number;
		return 1;
	}
	saved = errno;
	close(fd);
	errno = saved;
	return r;
}

void
slot_settle(struct slot *slot)
{
	if (slot->watch_fd >= 0)
		close(slot->watch_fd);
	slot->watch_fd = -1;
}

void
slot_release(struct slot *slot)
{
	if (slot->fd >= 0)
		close(slot->fd);
	slot_settle(slot);
	*slot = (struct slot)SLOT_INIT;
}
