/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_SEARCH_H
#define BASE_SEARCH_H

#include <stddef.h>

/* No needle is longer than this. */
#define SEARCH_MAX 64

/*
 * Looks through the file at fd for the words of a NULL-terminated list, a
 * piece of it being in memory at a time, so that memory is bounded. Each find
 * is shown to judge, with the bytes from it on to the end of the piece, at
 * least SEARCH_MAX unless the file ends, and with arg; a judge that says 0
 * lets the search go on, and NULL takes every find. Returns the word's index,
 * ERR_MISSING or ERR_SYS.
 */
int search_file(int fd, const char *const *words,
		int (*judge)(const char *found, size_t size, void *arg),
		void *arg);

#endif
