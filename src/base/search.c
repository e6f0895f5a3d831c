/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/search.h"

#include <string.h>
#include <sys/mman.h>

#include "base/err.h"
#include "base/fd.h"

/*
 * How much is mapped at a time, and how far the next piece is from this one;
 * they overlap, since a word can stand on an edge.
 */
#define WINDOW (1024 * 1024)
#define STEP (WINDOW - 65536)

#ifndef MAP_POPULATE
#define MAP_POPULATE 0
#endif

/* One word in one chunk; only finds that begin before limit count. */
static int
find_word(const char *chunk, size_t size, size_t limit, const char *word,
	  int (*judge)(const char *found, size_t size, void *arg),
	  void *arg)
{
	const size_t len = strlen(word);
	const char *at = chunk, *end = chunk + size;

	for (;; at++) {
		at = memmem(at, (size_t)(end - at), word, len);
		if (at == NULL || (size_t)(at - chunk) >= limit)
			return 0;
		if (judge == NULL || judge(at, (size_t)(end - at), arg))
			return 1;
	}
}

/*
 * Whether one of words is in the piece of a file that is mapped at data.
 * Returns its index or ERR_MISSING.
 */
static int
find_any(const char *data, size_t size, size_t limit,
	 const char *const *words,
	 int (*judge)(const char *found, size_t size, void *arg),
	  void *arg)
{
	int i;

	for (i = 0; words[i] != NULL; i++) {
		if (find_word(data, size, limit, words[i], judge, arg))
			return i;
	}
	return ERR_MISSING;
}

int
search_file(int fd, const char *const *words,
	    int (*judge)(const char *found, size_t size, void *arg),
	  void *arg)
{
	const off_t end = fd_size(fd);
	off_t from;
	size_t size;
	void *data;
	int r = ERR_MISSING;

	if (end < 0)
		return ERR_SYS;
	for (from = 0; r == ERR_MISSING && from < end; from += STEP) {
		size = end - from < WINDOW ? (size_t)(end - from) : WINDOW;
		data = mmap(NULL, size, PROT_READ, MAP_SHARED | MAP_POPULATE,
			    fd, from);
		if (data == MAP_FAILED)
			return ERR_SYS;
		/* What begins behind the step is looked at with the next. */
		r = find_any(data, size, size < STEP ? size : STEP, words,
			     judge, arg);
		munmap(data, size);
	}
	return r;
}
