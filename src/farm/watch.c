/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/watch.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#ifdef HAVE_SYS_INOTIFY_H
#include <sys/inotify.h>
#endif

#include "base/clock.h"

#ifdef HAVE_SYS_INOTIFY_H

void
watch_start(struct watch *watch, const char *dir)
{
	watch->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (watch->fd < 0)
		return;
	watch->id = inotify_add_watch(watch->fd, dir, IN_CLOSE_WRITE);
	if (watch->id < 0) {
		close(watch->fd);
		*watch = (struct watch)WATCH_INIT;
	}
}

/* Takes in what was told. Whether any of it is what is waited for. */
static int
read_events(int fd, const char *prefix)
{
	char room[4096];
	struct inotify_event event;
	size_t left;
	char *next;
	ssize_t n;
	int is = 0;

	n = read(fd, room, sizeof room);
	left = n < 0 ? 0 : (size_t)n;
	for (next = room; left >= sizeof event;) {
		memcpy(&event, next, sizeof event);
		if (left - sizeof event < event.len)
			break;
		/* When some were lost, anything may have happened. */
		if ((event.mask & IN_Q_OVERFLOW) != 0 ||
		    (event.len > 0 && strncmp(next + sizeof event, prefix,
					      strlen(prefix)) == 0))
			is = 1;
		next += sizeof event + event.len;
		left -= sizeof event + event.len;
	}
	return is;
}

int
watch_stop(struct watch *watch)
{
	int fd = watch->fd;

	if (fd >= 0)
		inotify_rm_watch(fd, watch->id);
	*watch = (struct watch)WATCH_INIT;
	return fd;
}

#else

void
watch_start(struct watch *watch, const char *dir)
{
	(void)watch;
	(void)dir;
}

static int
read_events(int fd, const char *prefix)
{
	(void)fd;
	(void)prefix;
	return 1;
}

int
watch_stop(struct watch *watch)
{
	(void)watch;
	return -1;
}

#endif

void
watch_wait(struct watch *watch, const char *prefix, int ms)
{
	/* poll passes over a descriptor that is negative. */
	struct pollfd told = { .fd = watch->fd, .events = POLLIN };
	int64_t deadline = clock_after(ms);
	int n;

	do {
		n = poll(&told, 1, clock_left(deadline));
		if (n > 0 && read_events(watch->fd, prefix))
			return;
	} while (clock_left(deadline) > 0);
}
