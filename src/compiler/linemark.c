/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/linemark.h"

#include <string.h>

#include "base/err.h"

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Where the name that begins at at ends, or NULL if it does not. */
static const char *
name_end(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++) {
		if (*at == '\\' && at + 1 < end)
			at++;
	}
	return at < end ? at + 1 : NULL;
}

int
linemark_read(const char *at, const char *end, struct linemark *mark)
{
	const char *behind;

	if (end - at < 5 || at[0] != '#' || at[1] != ' ' || !is_digit(at[2]))
		return ERR_SYNTAX;
	mark->line = 0;
	for (at += 2; at < end && is_digit(*at); at++)
		mark->line = mark->line * 10 + (size_t)(*at - '0');
	if (end - at < 3 || at[0] != ' ' || at[1] != '"')
		return ERR_SYNTAX;
	behind = name_end(at + 1, end);
	if (behind == NULL)
		return ERR_SYNTAX;
	mark->name = at + 1;
	mark->name_len = (size_t)(behind - mark->name);
	mark->flags_at = behind;
	mark->flags = 0;
	for (; behind < end; behind++) {
		if (*behind >= '1' && *behind <= '4')
			mark->flags |= 1U << (*behind - '1');
	}
	return 0;
}

int
linemark_is_same_file(const struct linemark *a, const struct linemark *b)
{
	return a->name_len == b->name_len &&
	       memcmp(a->name, b->name, a->name_len) == 0;
}
