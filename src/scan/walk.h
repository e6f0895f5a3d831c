/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_WALK_H
#define SCAN_WALK_H

#include <stddef.h>

#include "scan/folder.h"

/*
 * Paths as the kernel goes along them: links are followed, ".." is above
 * where one has come to, and nothing is cleaned.
 */

/* What has to be there besides what a path leads to. In no order. */
struct trail {
	struct entry **links;
	size_t link_count, link_room;
	struct folder **folders;
	size_t folder_count, folder_room;
};

#define TRAIL_INIT { NULL, 0, 0, NULL, 0, 0 }

void trail_clear(struct trail *trail);

/* Notes that folder has to be there, once a round. */
void trail_need_folder(struct trail *trail, const struct folders *folders,
		       struct folder *folder);

/* Where a path leads. */
struct place {
	enum entry_kind kind;	/* not ENTRY_LINK */
	struct folder *folder;	/* of an ENTRY_FOLDER */
	struct entry *entry;	/* else what it is in the end, if anything */
	/* where its last component was looked up: the directory that the
	 * path without it leads to; NULL: there is no such directory */
	struct folder *from;
	int links;	/* so many were followed */
	/* one of them is below the compiler's own directories */
	int is_borrowed;
};

/*
 * Follows the len bytes of path, beginning at from if it is not absolute, and
 * notes in trail, unless that is NULL, the links on the way, and the
 * directories that are left by "..". Not those below the compiler's own
 * directories: they are another machine's.
 */
void walk_path(struct folders *folders, struct trail *trail,
	       struct folder *from, const char *path, size_t len,
	       struct place *place);

#endif
