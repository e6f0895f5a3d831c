/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_RESOLVE_H
#define SCAN_RESOLVE_H

#include <stddef.h>

#include "base/buf.h"
#include "compiler/cmdline.h"
#include "scan/refusal.h"

struct chain;
struct file;
struct files;
struct folder;
struct folders;
struct include_name;
struct trail;

/* Where in its chain a file was found, if not at an index of it. */
enum {
	FOUND_BESIDE = -1,	/* in the directory of who includes it */
	FOUND_ABSOLUTE = -2
};

/* A file that is being read, as the compiler came to it. */
struct level {
	struct file *file;
	struct folder *dir;	/* where its own "..." are looked for first */
	size_t dir_len;		/* of that directory's name, with its slash */
	int at;			/* index in the chain, or FOUND_* */
	unsigned is_absolute : 1;	/* its name */
	unsigned has_links : 1;		/* in its name */
	unsigned is_system : 1;		/* a system header */
	unsigned is_own : 1;		/* by one of the compiler's own
					 * directories */
	unsigned is_borrowed : 1;	/* by a link in one of them */
};

/*
 * Finds headers in one unit, by the rules of gcc and clang. Each question is
 * answered once.
 */
struct resolver;

struct resolve_parts {
	struct folders *folders;
	struct files *files;
	struct trail *trail;
	struct folder *cwd;
	const struct chain *chain;
	enum family family;
	int keeps_names;	/* -fno-canonical-system-headers */
};

struct resolver *resolver_new(const struct resolve_parts *parts);
void resolver_free(struct resolver *resolver);

/*
 * Finds what name means in the file that level is about; is_main: the unit's
 * source. Sets *found, whose file is NULL if there is none. Returns
 * REFUSAL_NONE, or why that is not known, and then the file in culprit.
 */
enum refusal resolve_include(struct resolver *resolver,
			     const struct level *level, int is_main,
			     const struct include_name *name,
			     struct level *found, struct buf *culprit);

/* The same for the value of -include or -imacros. */
enum refusal resolve_option(struct resolver *resolver, const char *name,
			    struct level *found, struct buf *culprit);

/* The same for the source itself, which is not searched for. */
enum refusal resolve_source(struct resolver *resolver, const char *name,
			    struct level *found, struct buf *culprit);

#endif
