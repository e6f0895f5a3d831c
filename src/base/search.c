/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/search.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/err.h"
#include "base/fd.h"

/*
 * How much is mapped at a time, and how far the next piece is from this one;
 * they overlap, since a word can stand on an edge.
 */
#define WINDOW (1024 * 1024)
#define STEP (WINDOW - 65536)

/* Up to here it costs less to copy a file than to map it. */
#define SMALL (64 * 1024)

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

/* Reads up to size bytes from the file's start. Returns how many, or -1. */
static ssize_t
read_start(int fd, char *data, size_t size)
{
	size_t len = 0;
	ssize_t n;

	do {
		n = pread(fd, data + len, size - len, (off_t)len);
		if (n > 0)
			len += (size_t)n;
	} while ((n > 0 && len < size) || (n < 0 && errno == EINTR));
	return n < 0 ? -1 : (ssize_t)len;
}

static int
search_small(int fd, size_t size, const char *const *words,
	     int (*judge)(const char *found, size_t size, void *arg),
	     void *arg)
{
	char *data = xmalloc(size);
	const ssize_t n = read_start(fd, data, size);
	int r = n < 0 ? ERR_SYS : find_any(data, (size_t)n, (size_t)n, words,
					   judge, arg);

	free(data);
	return r;
}

static int
search_mapped(int fd, off_t end, const char *const *words,
	      int (*judge)(const char *found, size_t size, void *arg),
	      void *arg)
{
	off_t from;
	size_t size;
	void *data;
	int r = ERR_MISSING;

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

int
search_file(int fd, const char *const *words,
	    int (*judge)(const char *found, size_t size, void *arg),
	    void *arg)
{
	const off_t end = fd_size(fd);

	if (end < 0)
		return ERR_SYS;
	return end > SMALL ? search_mapped(fd, end, words, judge, arg) :
	       search_small(fd, (size_t)end, words, judge, arg);
}
