/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_COMPILERS_H
#define DAEMON_COMPILERS_H

#include "base/args.h"

/*
 * The compilers that clients may name, with the program that each name
 * means; looked up once, at start.
 */
struct compilers {
	struct args names;
	struct args paths;	/* paths.v[i] is what names.v[i] runs */
};

#define COMPILERS_INIT { ARGS_INIT, ARGS_INIT }

/*
 * Fills the table: with what the masquerade directories (NULL-terminated)
 * name, or, if none of them exists, with the programs in the directories of
 * the system that are called like a compiler. What a name runs is looked up
 * in path, a PATH; names that lead to nothing but distcc are left out.
 */
void compilers_find(struct compilers *compilers,
		    const char *const *masquerade, const char *path);

/*
 * What a request for name runs, borrowed, or NULL if it may run nothing. A
 * leading "/bin/" or "/usr/bin/" of name does not count; any other
 * directory is refused.
 */
const char *compilers_look_up(const struct compilers *compilers,
			      const char *name);

/* Frees the table. */
void compilers_clear(struct compilers *compilers);

#endif
