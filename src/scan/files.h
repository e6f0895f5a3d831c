/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_FILES_H
#define SCAN_FILES_H

#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "scan/filekey.h"
#include "scan/refusal.h"

struct entry;
struct folders;
struct record;
struct symbols;

/*
 * The contents of files: their digests and records, for as long as the file
 * system says that a file is the same.
 */
struct files;

/* How one unit uses a file. */
enum file_use {
	FILE_READ = 0x1,	/* the preprocessor goes through it */
	FILE_LOUD = 0x2,	/* -MMD names it */
	FILE_ABSOLUTE = 0x4,	/* found by an absolute name */
	FILE_SYSTEM = 0x8,	/* the compiler's own */
	FILE_ONCE = 0x10,	/* not to be read again */
	FILE_SOURCE = 0x20,
	FILE_IMPORTED = 0x40
};

/* The values of enum record_dialect are less. */
#define FILES_DIALECTS 4

struct file {
	const struct entry *entry;
	char *path;		/* as of struct folder */
	struct filekey key;	/* of what was read */
	struct digest digest;
	uint32_t version;	/* goes up when the content changes */
	uint64_t round;		/* when it was last found to be the same */
	unsigned is_read : 1, is_fresh : 1;
	struct record *records[FILES_DIALECTS];
	/* least recently used, first */
	struct file *older, *newer;
	/* what follows is about one unit, the one of that round */
	uint64_t unit;
	unsigned use;		/* FILE_READ | ... */
	const void *from;	/* the directory it was found in first */
};

/* max: how many bytes records may take between units. */
struct files *files_new(struct symbols *symbols, size_t max);
void files_free(struct files *files);

/* The file that entry, an ENTRY_FILE, is; borrowed. It is not looked at. */
struct file *files_at(struct files *files, struct entry *entry);

/*
 * Makes sure that digest and size are those of the file as it is in this
 * round. Returns REFUSAL_NONE or why that cannot be.
 */
enum refusal files_check(struct files *files, struct folders *folders,
			 struct file *file);

/* The same, and sets *record to what it says in a dialect; borrowed. */
enum refusal files_record(struct files *files, struct folders *folders,
			  struct file *file, unsigned dialect,
			  const struct record **record);

/* Forgets the records that were not used for longest, down to max. */
void files_trim(struct files *files, const struct folders *folders);

/* About how many bytes all that takes. */
size_t files_size(const struct files *files);

#endif
