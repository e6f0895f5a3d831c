/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_JOURNAL_H
#define CLIENT_JOURNAL_H

#include <stddef.h>

struct record;
struct settings;

/*
 * The file "journal" in DISTCC_DIR: a line for each job, in the order in which
 * they ended. When it would become larger than JOURNAL_MAX, it becomes
 * "journal.old", and the one that had this name is gone. Any number of
 * processes may write at a time. While somebody keeps it locked (flock) it is
 * not renamed, and takes no more than twice that size.
 */
#define JOURNAL_MAX (4 * 1024 * 1024)

/*
 * Appends a record in one write. SIGXFSZ must be ignored: a file may have
 * come to its limit. Returns 0 or ERR_SYS.
 */
int journal_append(const char *dir, const struct record *record);

/* Records that were read, the oldest first. */
struct journal {
	struct record *v;
	size_t count;
	size_t room;
};

#define JOURNAL_INIT { NULL, 0, 0 }

/*
 * Reads both files; lines that are damaged are passed over. Returns 0, or
 * ERR_SYS if one of them is there, but cannot be read.
 */
int journal_read(struct journal *journal, const char *dir);

/*
 * The same for the user's journal; what is wrong with it is logged. Returns 0
 * or ERR_SYS.
 */
int journal_open(struct journal *journal, const struct settings *settings);

/*
 * The last build is the one that the last record belongs to. Where it begins,
 * and whether record i, behind that, is of it: builds may run at a time.
 */
size_t journal_last_build(const struct journal *journal);
int journal_in_last_build(const struct journal *journal, size_t i);

/* Frees all records. */
void journal_clear(struct journal *journal);

#endif
