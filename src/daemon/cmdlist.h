/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_CMDLIST_H
#define DAEMON_CMDLIST_H

#include "base/args.h"

/*
 * The administrator's own list of what may be run (DISTCC_CMDLIST): absolute
 * paths, of which only the last parts have to be named by a request.
 */
struct cmdlist {
	struct args paths;
	int words;	/* how many parts of a path are compared */
};

#define CMDLIST_INIT { ARGS_INIT, 1 }

/*
 * Reads the list from a file, one path a line; blanks at the end of a line,
 * and blank lines, do not count. Returns 0, or after an error was logged
 * ERR_SYS, ERR_LIMIT, ERR_SYNTAX for a path that is not absolute, or
 * ERR_MISSING if there is none at all.
 */
int cmdlist_load(struct cmdlist *list, const char *file, int words);

/* The first path whose last parts are those of name, borrowed, or NULL. */
const char *cmdlist_find(const struct cmdlist *list, const char *name);

/* Frees the list. */
void cmdlist_clear(struct cmdlist *list);

#endif
