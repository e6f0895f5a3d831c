/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FARM_LINE_H
#define FARM_LINE_H

#include <stdint.h>
#include <sys/types.h>

/*
 * The line of those who wait for a slot, so that they are served in the order
 * of their coming. Each has a number, which is a locked byte of the file
 * "line" in the lock directory, and waits until the one before it is gone,
 * whatever became of it. There is a line for each set of slots. Who is known
 * to be stopped (proc.h) is in nobody's way, and counts as if not there.
 */
struct line {
	int fd;		/* -1: not in line */
	off_t first;	/* the first byte of this line */
	off_t own;	/* the byte that is this process's number */
};

#define LINE_INIT { -1, 0, 0 }

/*
 * Whether somebody waits for the set, and is not stopped. No line, or no way
 * to know: 0.
 */
int line_is_there(const char *dir, uint32_t set);

/* Goes to the end of the line. Returns 0 or ERR_SYS. Uses the tick. */
int line_join(struct line *line, const char *dir, uint32_t set);

/*
 * Waits until nobody is in front. Returns 1, 0 when so many milliseconds have
 * passed, or ERR_SYS. Only a new call notices that the one in front was
 * stopped meanwhile. The place in line is kept. Uses the tick (tick.h): one
 * thread at a time.
 */
int line_wait(struct line *line, int ms);

/* Leaves the line; the next one moves up. */
void line_leave(struct line *line);

#endif
