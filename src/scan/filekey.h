/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_FILEKEY_H
#define SCAN_FILEKEY_H

#include <stdint.h>
#include <sys/stat.h>

/*
 * What tells, without reading it, that a file or a directory is what it was.
 */
struct filekey {
	uint64_t dev, ino, size;
	int64_t mtime_ns, ctime_ns;
};

void filekey_set(struct filekey *key, const struct stat *st);

int filekey_equal(const struct filekey *one, const struct filekey *other);

/* The time by the clock that file systems take their stamps from. */
int64_t filekey_now(void);

/*
 * Whether what has this key may have been changed once more, at now or
 * later, without getting other stamps: the clock of a file system ticks.
 * is_coarse: it ticks slowly, or on another machine (filekey_is_coarse).
 */
int filekey_is_fresh(const struct filekey *key, int64_t now, int is_coarse);

/* Whether the file system of path stamps by the second, or far away. */
int filekey_is_coarse(const char *path);

#endif
