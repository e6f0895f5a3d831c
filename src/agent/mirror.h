/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_MIRROR_H
#define AGENT_MIRROR_H

struct args;
struct cargo;
struct store;

/*
 * Bodies as files, for clients of distcc 3.x, which read them by name: below
 * a root of exactly three components everything has the name that it has
 * here; what is compressed ends in ".lzo", and in ".lzo.abs" if it begins with
 * a #line. Each file gets to its name whole; and where what was a link is a
 * directory now, or the other way round, there is another root, and the one
 * before stays for those who are slow.
 */
struct mirror;

/*
 * Files will be in place (root.h), which is copied; there is none before the
 * first is shown.
 */
struct mirror *mirror_new(const char *place);

/* Removes all files. */
void mirror_free(struct mirror *mirror);

/*
 * Sees to it that all of the cargo is there, and appends the paths. Returns 0
 * or ERR_SYS.
 */
int mirror_show(struct mirror *mirror, const struct cargo *cargo,
		const struct store *store, struct args *paths);

#endif
