/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_SIGHT_H
#define DAEMON_SIGHT_H

struct args;
struct contents;
struct seen;

/* A compile whose dependency file is there. */
struct sight {
	const char *root;	/* where the client's files are; no links */
	const char *cwd;	/* where the compiler ran, below it */
	int is_all;		/* system headers are among them */
	/* where gcc looks for system headers besides its own directories */
	const struct args *system_dirs;
};

/*
 * Works out from text, the dependency file, what the compiler read. Of what
 * cannot be understood, seen says what no client can agree with. Returns
 * whether gcc would have called a system header otherwise on the client: it
 * takes the path without links if that is shorter, and the root makes it
 * longer here.
 */
int sight_look(const struct sight *sight, const char *text,
		struct contents *contents, struct seen *seen);

#endif
