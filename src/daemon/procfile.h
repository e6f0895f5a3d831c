/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_PROCFILE_H
#define DAEMON_PROCFILE_H

#include <stdint.h>

struct buf;

/*
 * Files of /proc and /sys, as far as numbers are in them. Each is named by
 * a directory and what follows it, "/proc/meminfo". No number is -1.
 */

/* Appends the file's text. Returns 0, ERR_LIMIT or ERR_SYS. */
int procfile_read(const char *dir, const char *name, struct buf *text);

/*
 * The number, not negative, at the beginning of text. *end is behind it.
 * What is no number is -1, and *end is text.
 */
int64_t procfile_parse(const char *text, char **end);

/* The number that is all of the file. */
int64_t procfile_number(const char *dir, const char *name);

/* The number behind the word at the beginning of one of the file's lines. */
int64_t procfile_field(const char *dir, const char *name, const char *word);

#endif
