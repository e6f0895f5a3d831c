/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_SYSDIR_H
#define DAEMON_SYSDIR_H

struct buf;

/*
 * Where a link of the client's may lead: within its own tree, or to those
 * directories of this machine that have what compilers bring along.
 */

/* What is in the way of a link. */
enum sysdir_verdict {
	SYSDIR_GOOD,
	SYSDIR_ABSENT,		/* no such directory here: leave it out */
	SYSDIR_TWISTED,		/* a ".." that is not at the beginning */
	SYSDIR_PRIVATE		/* it leads where nobody is to look */
};

/*
 * Judges target of the link that is called name (wire/tree.h) in a tree at
 * root that the compiler at program is to read. Sets *text, which is emptied
 * first, to what the link is to hold.
 */
enum sysdir_verdict sysdir_judge_link(const char *name, const char *target,
				      const char *root,
				      const char *program,
				      struct buf *text);

/* Whether path, a sane one, is in a part of this machine that has only what
 * compilers, or the one at program, read. */
int sysdir_is_shared(const char *path, const char *program);

#endif
