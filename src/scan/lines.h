/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_LINES_H
#define SCAN_LINES_H

#include <stddef.h>

#include "base/buf.h"

/*
 * A file as logical lines: those that end in a backslash, with blanks behind
 * it or not, are joined with the next. Most lines are not, and are given where
 * they are.
 */
struct lines {
	const char *at, *end;	/* the line, without its end; move at on */
	unsigned number;	/* of its first physical line */
	/* all else is private */
	const char *next, *limit;
	unsigned ended;		/* physical lines so far */
	struct buf joined;
	struct lines_piece *pieces;	/* of a joined line */
	size_t count, room;
};

void lines_begin(struct lines *lines, const char *data, size_t size);
void lines_clear(struct lines *lines);

/* Goes to the next line. Returns 0 if there is none. */
int lines_next(struct lines *lines);

/* Where in the file the place at of this line is. */
const char *lines_origin(const struct lines *lines, const char *at);

/* The end of the file. */
const char *lines_limit(const struct lines *lines);

/* Makes what begins at origin the next line. */
void lines_resume(struct lines *lines, const char *origin);

#endif
