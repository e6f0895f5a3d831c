/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_REBUILD_H
#define DAEMON_REBUILD_H

#include "base/buf.h"

struct conn;
struct root;

/* The files of a request of version 3 on their way below a root. */
struct rebuild {
	struct conn *conn;
	struct root *root;
	const char *program;	/* the compiler (sysdir.h) */
	/*
	 * The name of a file that is to begin with a line that tells it, or
	 * NULL; and whether it came.
	 */
	const char *telling;
	int has_told;
	struct buf refusal;	/* why the tree is not taken, for a person */
};

/*
 * Reads them all. Returns 0; ERR_DENIED with refusal set, when all have been
 * read, so that the peer can be answered; ERR_SYS with is_disk set if they
 * could not be written, and nothing more was read; or what tree_read_entry
 * and bulk_read do.
 */
int rebuild_tree(struct rebuild *rebuild, int *is_disk);

/* Reads and drops them. Returns 0, or what tree_read_entry does. */
int rebuild_nothing(struct conn *conn);

#endif
