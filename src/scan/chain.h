/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_CHAIN_H
#define SCAN_CHAIN_H

#include <stddef.h>

#include "base/buf.h"
#include "scan/refusal.h"

struct args;
struct command;
struct folder;
struct folders;
struct trail;

/*
 * The directories that are gone through for a header, in order, as gcc and
 * clang put them together.
 */
struct chain_dir {
	struct folder *folder;
	size_t len;		/* of its name in the command, and a slash */
	int is_system;		/* what is found there is a system header */
	int is_own;		/* one of the compiler's own */
	int is_absolute;
	int has_links;		/* in its name */
	int is_rooted;		/* its name begins with the sysroot's "=" */
};

struct chain {
	struct chain_dir *dirs;
	size_t count, room;
	size_t bracket;		/* where those for <> begin */
};

#define CHAIN_INIT { NULL, 0, 0, 0 }

void chain_clear(struct chain *chain);

/* What a chain is made of. */
struct chain_parts {
	struct folders *folders;
	struct trail *trail;	/* takes up what has to be there */
	struct folder *cwd;
	const struct command *command;
	const struct args *own;	/* the compiler's directories, absolute */
	char *const *envp;
};

/*
 * Makes the chain, which is CHAIN_INIT or cleared. Returns REFUSAL_NONE, or
 * why it is not known, and then the directory in culprit.
 */
enum refusal chain_make(struct chain *chain, const struct chain_parts *parts,
			struct buf *culprit);

#endif
