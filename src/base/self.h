/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_SELF_H
#define BASE_SELF_H

/*
 * The absolute path of the program that this process runs, links followed;
 * yours to free. NULL if the system does not say, or it was removed.
 */
char *self_path(void);

/*
 * Whether the file at path, links followed, is the program that this process
 * runs: the same file, also by another name of it, or a copy.
 */
int self_is(const char *path);

#endif
