/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/lines.h"

#include <libiberty.h>
#include <stdlib.h>
#include <string.h>

/* From offset on, joined comes from there in the file. */
struct lines_piece {
	size_t offset;
	const char *from;
};

void
lines_begin(struct lines *lines, const char *data, size_t size)
{
	*lines = (struct lines){ .joined = BUF_INIT };
	lines->next = data;
	lines->limit = data + size;
}

void
lines_clear(struct lines *lines)
{
	buf_clear(&lines->joined);
	free(lines->pieces);
	lines->pieces = NULL;
	lines->count = lines->room = 0;
}

/*
 * Takes one physical line, to *end. Returns whether it goes on in the next:
 * then *end is before the backslash.
 */
static int
take_physical(struct lines *lines, const char **end)
{
	const char *start = lines->next, *stop, *p;

	stop = memchr(start, '\n', (size_t)(lines->limit - start));
	lines->ended++;
	if (stop == NULL) {
		stop = lines->limit;
		lines->next = stop;
	} else {
		lines->next = stop + 1;
		if (stop > start && stop[-1] == '\r')
			stop--;
	}
	*end = stop;
	for (p = stop; p > start && (p[-1] == ' ' || p[-1] == '\t' ||
				     p[-1] == '\v' || p[-1] == '\f'); p--)
		;
	if (p == start || p[-1] != '\\')
		return 0;
	*end = p - 1;
	return 1;
}

static void
add_piece(struct lines *lines, const char *from, const char *end)
{
	if (lines->count == lines->room) {
		lines->room = lines->room == 0 ? 16 : 2 * lines->room;
		lines->pieces = xrealloc(lines->pieces, lines->room *
					 sizeof(struct lines_piece));
	}
	lines->pieces[lines->count].offset = lines->joined.len;
	lines->pieces[lines->count].from = from;
	lines->count++;
	buf_add(&lines->joined, from, (size_t)(end - from));
}

static void
join(struct lines *lines, const char *start, const char *end)
{
	int goes_on = 1;

	buf_reset(&lines->joined);
	add_piece(lines, start, end);
	while (goes_on && lines->next < lines->limit) {
		start = lines->next;
		goes_on = take_physical(lines, &end);
		add_piece(lines, start, end);
	}
	lines->at = lines->joined.data;
	lines->end = lines->joined.data + lines->joined.len;
}

int
lines_next(struct lines *lines)
{
	const char *start = lines->next, *end;

	if (start == lines->limit)
		return 0;
	lines->count = 0;
	lines->number = lines->ended + 1;
	if (take_physical(lines, &end)) {
		join(lines, start, end);
		return 1;
	}
	lines->at = start;
	lines->end = end;
	return 1;
}

const char *
lines_origin(const struct lines *lines, const char *at)
{
	size_t offset, i;

	if (lines->count == 0)
		return at;
	offset = (size_t)(at - lines->joined.data);
	for (i = lines->count - 1; i > 0 && lines->pieces[i].offset > offset;
	     i--)
		;
	return lines->pieces[i].from + (offset - lines->pieces[i].offset);
}

const char *
lines_limit(const struct lines *lines)
{
	return lines->limit;
}

void
lines_resume(struct lines *lines, const char *origin)
{
	lines->next = origin;
}
