/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/slot.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/path.h"
#include "base/sig.h"

static int
open_slot(const char *dir, const char *lock_name, int number)
{
	struct buf leaf = BUF_INIT;
	char *path;
	int fd;

	buf_addf(&leaf, "cpu_%s_%d", lock_name, number);
	path = path_join(dir, leaf.data);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	free(path);
	buf_clear(&leaf);
	return fd;
}

/* Locks the whole file; how is F_SETLK or F_SETLKW. 1, 0 (not free) or -1. */
static int
lock(int fd, int how)
{
	struct flock whole;

	memset(&whole, 0, sizeof whole);
	whole.l_type = F_WRLCK;
	whole.l_whence = SEEK_SET;
	if (fcntl(fd, how, &whole) == 0)
		return 1;
	return errno == EAGAIN || errno == EACCES || errno == EINTR ? 0 :
								      ERR_SYS;
}

static int
keep_or_close(struct slot *slot, int fd, int number, int locked)
{
	int saved = errno;

	if (locked > 0) {
		slot->fd = fd;
		slot->number = number;
	} else {
		close(fd);
		errno = saved;
	}
	return locked;
}

int
slot_try(struct slot *slot, const char *dir, const char *lock_name, int number)
{
	int fd = open_slot(dir, lock_name, number);

	if (fd < 0)
		return ERR_SYS;
	return keep_or_close(slot, fd, number, lock(fd, F_SETLK));
}

static void
interrupt_wait(int signo)
{
	(void)signo;
}

static void
set_timer(int ms)
{
	struct itimerval timer;

	memset(&timer, 0, sizeof timer);
	timer.it_value.tv_sec = ms / 1000;
	timer.it_value.tv_usec = (ms % 1000) * 1000;
	/* Again and again: the first may come just before the wait begins. */
	if (ms > 0)
		timer.it_interval.tv_usec = 100000;
	setitimer(ITIMER_REAL, &timer, NULL);
}

int
slot_wait(struct slot *slot, const char *dir, const char *lock_name,
	  int number, int ms)
{
	int fd = open_slot(dir, lock_name, number);
	int locked, saved;

	if (fd < 0)
		return ERR_SYS;
	sig_handle(SIGALRM, interrupt_wait, 1);
	set_timer(ms > 0 ? ms : 1);
	locked = lock(fd, F_SETLKW);
	saved = errno;
	set_timer(0);
	sig_default(SIGALRM);
	errno = saved;
	return keep_or_close(slot, fd, number, locked);
}

void
slot_release(struct slot *slot)
{
	if (slot->fd >= 0)
		close(slot->fd);
	*slot = (struct slot)SLOT_INIT;
}
