/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/search.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

#define CHUNK 65536

/* One word in one chunk; only finds that begin before limit count. */
static int
find_word(const char *chunk, size_t size, size_t limit, const char *word,
	  int (*judge)(const char *found, size_t size))
{
	const size_t len = strlen(word);
	const char *at = chunk, *end = chunk + size;

	for (;; at++) {
		at = memmem(at, (size_t)(end - at), word, len);
		if (at == NULL || (size_t)(at - chunk) >= limit)
			return 0;
		if (judge == NULL || judge(at, (size_t)(end - at)))
			return 1;
	}
}

static ssize_t
read_chunk(int fd, char *chunk, off_t from)
{
	size_t have = 0;
	ssize_t n;

	while (have < CHUNK) {
		n = pread(fd, chunk + have, CHUNK - have,
			  from + (off_t)have);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return ERR_SYS;
		if (n == 0)
			break;
		have += (size_t)n;
	}
	return (ssize_t)have;
}

int
search_file(int fd, const char *const *words,
	    int (*judge)(const char *found, size_t size))
{
	char chunk[CHUNK];
	off_t from = 0;
	size_t limit;
	ssize_t size;
	int i;

	for (;; from += (off_t)limit) {
		size = read_chunk(fd, chunk, from);
		if (size < 0)
			return ERR_SYS;
		/* What begins at the very end is looked at with the next. */
		limit = size < CHUNK ? (size_t)size : CHUNK - SEARCH_MAX;
		for (i = 0; words[i] != NULL; i++) {
			if (find_word(chunk, (size_t)size, limit, words[i],
				      judge))
				return i;
		}
		if (size < CHUNK)
			return ERR_MISSING;
	}
}
