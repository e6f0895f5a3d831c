/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/line.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/lock.h"
#include "base/path.h"
#include "base/proc.h"
#include "base/tick.h"

/*
 * The file holds the number that was given out last. Its first byte is locked
 * while a number is drawn; each set has its range of bytes above that. None of
 * these bytes is ever written: a lock needs no byte to be there.
 */
#define NUMBERS ((off_t)1 << 32)
#define SETS ((uint32_t)1 << 30)

/* Longer than anybody draws a number who is not stopped. */
#define DRAW_MS 1000

/* Between two looks, where nothing would end a wait. */
#define LOOK_MS 100

static int
open_line(const char *dir, int flags)
{
	char *path = path_join(dir, "line");
	int fd = open(path, flags | O_CLOEXEC, 0666);

	free(path);
	return fd;
}

static off_t
first_of(uint32_t set)
{
	return (off_t)(set % SETS + 1) * NUMBERS;
}

static int
is_stopped(int fd, off_t at)
{
	return proc_is_stopped(lock_holder(fd, at));
}

/*
 * Finds the one with the highest number from first on and below end. 1 with
 * *at, 0 if there is none, or ERR_SYS.
 */
static int
find_last(int fd, off_t first, off_t end, off_t *at)
{
	off_t found;
	int r;

	if (end == first)
		return 0;
	/* Mostly it is the number before. */
	r = lock_find(fd, end - 1, 1, at);
	if (r != 0)
		return r;
	/* The kernel finds any of them; there may be others behind it. */
	r = lock_find(fd, first, end - first, at);
	while (r > 0 && *at + 1 < end) {
		r = lock_find(fd, *at + 1, end - *at - 1, &found);
		if (r == 0)
			return 1;
		*at = found;
	}
	return r;
}

/* The same, but for those who are stopped. */
static int
find_awake(int fd, off_t first, off_t end, off_t *at)
{
	int r = find_last(fd, first, end, at);

	while (r > 0 && is_stopped(fd, *at)) {
		end = *at;
		r = find_last(fd, first, end, at);
	}
	return r;
}

int
line_is_there(const char *dir, uint32_t set)
{
	int fd = open_line(dir, O_RDONLY);
	off_t first = first_of(set), at;
	int r;

	if (fd < 0)
		return 0;
	r = lock_find(fd, first, NUMBERS, &at);
	if (r > 0 && is_stopped(fd, at))
		r = find_awake(fd, first, first + NUMBERS, &at);
	close(fd);
	return r > 0;
}

static void
interrupt_wait(int signo)
{
	(void)signo;
}

/* Looks again and again, until deadline. */
static int
look_around(int fd, off_t start, off_t len, int64_t deadline)
{
	off_t at;
	int left, r;

	for (;;) {
		r = lock_find(fd, start, len, &at);
		if (r <= 0)
			return r == 0 ? 1 : r;
		left = clock_left(deadline);
		if (left == 0)
			return 0;
		poll(NULL, 0, left < LOOK_MS ? left : LOOK_MS);
	}
}

/* lock_await that ends after ms. */
static int
await(int fd, off_t start, off_t len, int ms)
{
	int64_t deadline = clock_after(ms);
	int r, saved;

	/* Again and again: the first may come just before the wait begins. */
	if (tick_start(ms > 0 ? ms : 1, LOOK_MS, interrupt_wait, 1) < 0)
		return look_around(fd, start, len, deadline);
	do
		r = lock_await(fd, start, len);
	while (r == 0 && clock_left(deadline) > 0);
	saved = errno;
	tick_stop();
	errno = saved;
	return r;
}

/* Takes the next number that nobody has. */
static int
draw(struct line *line)
{
	uint32_t number = 0;
	int r;

	/* A file that is short is new. */
	if (pread(line->fd, &number, sizeof number, 0) < 0)
		return ERR_SYS;
	do {
		number++;
		line->own = line->first + (off_t)number;
		r = lock_try(line->fd, line->own, 1);
	} while (r == 0);
	if (r > 0 && pwrite(line->fd, &number, sizeof number, 0) !=
			     (ssize_t)sizeof number)
		r = ERR_SYS;
	return r;
}

static int
draw_alone(struct line *line)
{
	int r;

	for (;;) {
		r = lock_try(line->fd, 0, 1);
		if (r != 0)
			break;
		r = await(line->fd, 0, 1, DRAW_MS);
		if (r == 0)
			errno = EDEADLK;
		if (r <= 0)
			return ERR_SYS;
	}
	if (r > 0) {
		r = draw(line);
		lock_drop(line->fd, 0, 1);
	}
	return r;
}

int
line_join(struct line *line, const char *dir, uint32_t set)
{
	int r, saved;

	line->fd = open_line(dir, O_RDWR | O_CREAT);
	if (line->fd < 0)
		return ERR_SYS;
	line->first = first_of(set);
	r = draw_alone(line);
	if (r < 0) {
		saved = errno;
		line_leave(line);
		errno = saved;
		return r;
	}
	return 0;
}

int
line_wait(struct line *line, int ms)
{
	off_t at;
	int r;

	for (;;) {
		r = find_awake(line->fd, line->first, line->own, &at);
		if (r <= 0)
			return r == 0 ? 1 : r;
		r = await(line->fd, at, 1, ms);
		if (r <= 0)
			return r;
	}
}

void
line_leave(struct line *line)
{
	if (line->fd >= 0)
		close(line->fd);
	*line = (struct line)LINE_INIT;
}
