/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_ANSWERS_H
#define COMPILER_ANSWERS_H

struct buf;

/*
 * What compilers have answered is kept in a directory, a small file for each
 * question, for any number of processes and machines at a time: a file
 * appears whole or not at all, carries its own question and a checksum, and
 * whatever is not so counts as absent.
 */

/* For how many seconds it is remembered that there was no answer. */
#define ANSWERS_EMPTY_S 600

/* So many files may be there; beyond, those older than a day are removed. */
#define ANSWERS_MAX 400

/*
 * Appends the answer to question that is kept in dir to answer. Returns 0, or
 * ERR_MISSING if there is none, or an empty one that is too old.
 */
int answers_find(const char *dir, const char *question, struct buf *answer);

/*
 * Keeps the answer to question in dir, which is made if it is missing. Returns
 * 0 or ERR_SYS; either way nothing depends on it.
 */
int answers_keep(const char *dir, const char *question, const char *answer);

#endif
