/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_FOLDER_H
#define SCAN_FOLDER_H

#include <stddef.h>
#include <stdint.h>

#include "scan/filekey.h"

/*
 * What is in which directory. Each directory is known by its one path without
 * links, and is looked at once in every round; as long as it did not change,
 * all that is known of the names in it, absent ones too, is still so, and is
 * not asked again. If it did, all of those are looked at again: what is
 * written into a directory seldom has a name that anybody asked for.
 */
struct folders;

struct folder {
	struct folder *parent;	/* NULL: the root */
	char *path;		/* no links, no dots; "/" or without one at
				 * the end */
	struct filekey key;
	uint64_t round;		/* when it was last looked at */
	uint32_t counter;	/* goes up when a name in it changed */
	struct entry *entries;	/* all names that were asked for */
	unsigned is_there : 1, is_fresh : 1, is_coarse : 1;
	/* for who uses it */
	uint64_t needed;	/* the round in which it is an input */
	uint64_t rooted;	/* in which it is one of the compiler's */
	uint64_t judged;	/* in which is_system was set */
	unsigned is_system : 1;
};

enum entry_kind {
	ENTRY_MISSING,
	ENTRY_FILE,
	ENTRY_FOLDER,
	ENTRY_LINK,
	ENTRY_SPECIAL,	/* a device, a pipe, a socket */
	ENTRY_ERROR	/* nobody may look, or the like */
};

struct file;

/* A name in a directory. */
struct entry {
	struct folder *in;
	char *name;
	size_t len;
	struct entry *next;	/* in the same directory */
	enum entry_kind kind;
	struct folder *folder;	/* of an ENTRY_FOLDER */
	char *target;		/* of an ENTRY_LINK */
	struct file *file;	/* for files.c */
	uint64_t needed;	/* the round in which it is an input */
};

struct folders *folders_new(void);
void folders_free(struct folders *folders);

/* Begins a new round: nothing is believed that was not looked at in it. */
void folders_begin(struct folders *folders);

/* The number of the round, and when it began (filekey_now). */
uint64_t folders_round(const struct folders *folders);
int64_t folders_time(const struct folders *folders);

/* About how many bytes all that takes. */
size_t folders_size(const struct folders *folders);

struct folder *folders_root(struct folders *folders);

/* Whether it is there, in this round. */
int folders_look(struct folders *folders, struct folder *folder);

/*
 * The name of len bytes, with neither '/' nor dots alone, in folder; valid in
 * this round. Borrowed, for as long as folders lives.
 */
struct entry *folders_find(struct folders *folders, struct folder *folder,
			   const char *name, size_t len);

/* All directories that are known: the one at i, or NULL behind the last. */
struct folder *folders_at(const struct folders *folders, size_t i);

/* The whole path of a name in a directory; yours to free. */
char *folder_path_of(const struct folder *folder, const char *name);

/* Whether folder is below, or is, one that is rooted in this round. */
int folders_is_system(const struct folders *folders, struct folder *folder);

#endif
