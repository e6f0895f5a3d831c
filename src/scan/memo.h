/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_MEMO_H
#define SCAN_MEMO_H

#include <stddef.h>

struct digest;
struct scan_result;
struct unit;

/*
 * What came of units, for as long as nothing that it depends on has changed:
 * no name in a directory that was looked into, no content of a file that was
 * read, nothing that the compiler says. The file system is asked about all of
 * them again.
 */
struct memos;

/* max: how many bytes they may take. */
struct memos *memos_new(size_t max);
void memos_free(struct memos *memos);

/*
 * Fills result, which is empty, with what is remembered of unit, which is
 * prepared, and returns 1; or returns 0. key is all that was asked.
 */
int memos_recall(struct memos *memos, const struct unit *unit,
		 const struct digest *key, struct scan_result *result);

/* Remembers result, which was made in this round. */
void memos_keep(struct memos *memos, const struct unit *unit,
		const struct digest *key, const struct scan_result *result);

#endif
