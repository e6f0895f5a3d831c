/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_SIGHT_H
#define DAEMON_SIGHT_H

struct contents;
struct seen;

/* A compile whose dependency file is there. */
struct sight {
	const char *root;	/* where the client's files are; no links */
	const char *cwd;	/* where the compiler ran, below it */
	int is_all;		/* system headers are among them */
};

/*
 * Works out from text, the dependency file, what the compiler read. Of what
 * cannot be understood, seen says what no client can agree with.
 */
void sight_look(const struct sight *sight, const char *text,
		struct contents *contents, struct seen *seen);

#endif
