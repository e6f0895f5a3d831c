/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_ROOT_H
#define AGENT_ROOT_H

struct buf;

/*
 * A directory for a mirror, which vanishes with the agent: what one leaves
 * that was killed, the next removes. A file in it that is locked tells whether
 * its agent lives.
 */
struct root {
	char *top;	/* what is removed in the end; NULL: there is none */
	char *path;	/* of exactly three components: top, or below it */
	int lock_fd;
};

#define ROOT_INIT { NULL, NULL, -1 }

/*
 * Makes it in place, or in /tmp if that is deeper than two components or cannot
 * be used. Returns 0 or ERR_SYS.
 */
int root_open(struct root *root, const char *place);

/* Removes it with all that is in it. */
void root_close(struct root *root);

/* Removes those of this user's agents that are gone. */
void root_sweep(const char *place);

/* Appends the name that a file gets before it is whole. */
void root_add_new_name(const struct root *root, struct buf *name);

#endif
