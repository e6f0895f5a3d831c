/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_ROOT_H
#define DAEMON_ROOT_H

#include <stddef.h>

#include "base/buf.h"

/* How many directories may lie in one another, and there may be in all. */
#define ROOT_DEPTH 64
#define ROOT_DIRS 16384

/*
 * A directory that stands for the client's /, while its files are put in.
 * Names come from the client and are sane (wire/tree.h). Nothing is ever
 * written through a link, and nothing that is there is replaced.
 */
struct root {
	char *path;		/* absolute; NULL: there is none */
	/* The directory that was used last, and those above it, stay open:
	 * neighbours come together. */
	struct buf dir;		/* its name as the client has it; "" is / */
	size_t ends[ROOT_DEPTH + 1];	/* where that of each level ends */
	int fds[ROOT_DEPTH + 1];	/* [0] is path itself */
	int depth;		/* the last level; -1: nothing is open */
	size_t made;		/* directories */
	size_t files;
};

#define ROOT_INIT { .path = NULL, .dir = BUF_INIT, .depth = -1 }

/* Makes the directory path, which root takes over. Returns 0 or ERR_SYS. */
int root_open(struct root *root, char *path);

/*
 * These return 0, ERR_SYS, ERR_LIMIT for too many or too deep directories,
 * or ERR_DENIED: the name is taken, or leads through a link or a file.
 */

/* Makes the directory called name, and what is missing above it. */
int root_add_dir(struct root *root, const char *name);

/* No two files have the same time: gcc's #pragma once looks at that. */
int root_add_file(struct root *root, const char *name, const void *data,
		  size_t size);

int root_add_link(struct root *root, const char *name, const char *target);

/* What is called name there, as this machine calls it; yours to free. */
char *root_real_name(const struct root *root, const char *name);

/* Closes what is open. */
void root_close(struct root *root);

/* The same, and forgets the directory, which stays. */
void root_clear(struct root *root);

#endif
