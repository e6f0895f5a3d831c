/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/usercode.h"

#include <string.h>

#include "compiler/linemark.h"

/* A walk through the lines of a text. */
struct walk {
	const char *next;	/* where the next line begins */
	const char *end;
	const char *line;	/* this one, and where it ends */
	const char *stop;
	struct linemark mark;	/* the last one */
	int is_mark;	/* this line is one */
	int in_system;	/* a file of the system's */
};

/* Goes on to the next line. 0: there is none. */
static int
walk_next(struct walk *walk)
{
	if (walk->next >= walk->end)
		return 0;
	walk->line = walk->next;
	walk->stop = memchr(walk->line, '\n',
			    (size_t)(walk->end - walk->line));
	if (walk->stop == NULL)
		walk->stop = walk->end;
	walk->next = walk->stop + 1;
	walk->is_mark = linemark_read(walk->line, walk->stop,
				      &walk->mark) == 0;
	if (walk->is_mark &&
	    ((walk->mark.flags & (LINEMARK_ENTERS | LINEMARK_RETURNS)) != 0 ||
	     (walk->mark.flags & LINEMARK_SYSTEM) == 0))
		walk->in_system = (walk->mark.flags & LINEMARK_SYSTEM) != 0;
	return 1;
}

/* Whether this line says that a macro of the system's is here expanded. */
static int
is_intrusion(const struct walk *walk)
{
	return walk->is_mark && !walk->in_system &&
	       (walk->mark.flags & LINEMARK_SYSTEM) != 0;
}

/*
 * "#pragma GCC system_header" leaves two equal marks with nothing between
 * them: all of the file from there on is the system's.
 */
static int
is_repeated(const struct walk *walk)
{
	struct walk ahead = *walk;

	while (walk_next(&ahead)) {
		if (ahead.is_mark)
			return ahead.mark.line == walk->mark.line &&
			       ahead.mark.flags == walk->mark.flags &&
			       linemark_is_same_file(&ahead.mark, &walk->mark);
		if (ahead.stop > ahead.line)
			return 0;
	}
	return 0;
}

void
usercode_unmark(char *text, size_t size)
{
	struct walk walk = { .next = text, .end = text + size };

	while (walk_next(&walk)) {
		if (!is_intrusion(&walk))
			continue;
		if (is_repeated(&walk))
			walk.in_system = 1;
		else
			memset(text + (walk.mark.flags_at - text), ' ',
			       (size_t)(walk.stop - walk.mark.flags_at));
	}
}

static int
begins_with(const struct walk *walk, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(walk->stop - walk->line) >= len &&
	       memcmp(walk->line, word, len) == 0;
}

int
usercode_has(const char *text, size_t size, const char *const *words)
{
	struct walk walk = { .next = text, .end = text + size };
	const char *const *word;

	while (walk_next(&walk)) {
		if (is_intrusion(&walk) && is_repeated(&walk))
			walk.in_system = 1;
		if (walk.in_system || *walk.line != **words)
			continue;
		for (word = words; *word != NULL; word++) {
			if (begins_with(&walk, *word))
				return 1;
		}
	}
	return 0;
}
