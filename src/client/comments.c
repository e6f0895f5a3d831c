/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/comments.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/file.h"
#include "base/search.h"
#include "compiler/cmdline.h"
#include "compiler/fallthrough.h"

/* No source that people write is longer. */
#define SOURCE_MAX (8 * 1024 * 1024)

#define CHUNK 65536

/* Reads the source if there is something in it to look for. */
static int
read_source(const char *path, struct buf *source)
{
	static const char *const words[] = { "fall", "FALL", "Fall", NULL };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int found;

	if (fd < 0)
		return 0;
	found = search_file(fd, words, NULL, NULL) >= 0;
	close(fd);
	return found && file_read(path, SOURCE_MAX, source) == 0;
}

/* Leaves the comments without places if the file cannot be mapped. */
static void
find_places(struct fallthroughs *found, int fd)
{
	off_t size = fd_size(fd);
	void *text;

	if (size <= 0)
		return;
	text = mmap(NULL, (size_t)size, PROT_READ, MAP_SHARED, fd, 0);
	if (text == MAP_FAILED)
		return;
	fallthrough_place(found, text, (size_t)size);
	munmap(text, (size_t)size);
}

static int
write_at(int fd, const char *data, size_t size, off_t at)
{
	ssize_t n;

	while (size > 0) {
		n = pwrite(fd, data, size, at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return ERR_SYS;
		data += n;
		size -= (size_t)n;
		at += n;
	}
	return 0;
}

/* Moves a part of the file so many bytes up, the last of it first. */
static int
move_up(int fd, off_t from, off_t to, off_t by)
{
	char chunk[CHUNK];
	ssize_t n;

	while (to > from) {
		n = to - from < CHUNK ? (ssize_t)(to - from) : CHUNK;
		if (pread(fd, chunk, (size_t)n, to - n) != n ||
		    write_at(fd, chunk, (size_t)n, to - n + by) < 0)
			return ERR_SYS;
		to -= n;
	}
	return 0;
}

/* From the last one to the first, so that each byte moves only once. */
static int
insert(const struct fallthroughs *found, int fd)
{
	off_t end = fd_size(fd), by = 0;
	size_t i;

	for (i = 0; i < found->count; i++) {
		if (found->v[i].at != FALLTHROUGH_NOWHERE)
			by += (off_t)found->v[i].len;
	}
	for (i = found->count; i > 0 && by > 0; i--) {
		const struct fallthrough *one = &found->v[i - 1];
		off_t at = (off_t)one->at;

		if (one->at == FALLTHROUGH_NOWHERE)
			continue;
		if (move_up(fd, at, end, by) < 0)
			return ERR_SYS;
		by -= (off_t)one->len;
		if (write_at(fd, one->text, one->len, at + by) < 0)
			return ERR_SYS;
		end = at;
	}
	return 0;
}

int
comments_restore(const struct cmdline *cmd, int fd)
{
	struct fallthroughs found = FALLTHROUGHS_INIT;
	struct buf source = BUF_INIT;
	int r = 0;

	if (!fallthrough_matters(cmd))
		return 0;
	if (read_source(cmdline_input(cmd), &source)) {
		fallthrough_find(&found, source.data, source.len);
		if (found.count > 0) {
			find_places(&found, fd);
			r = insert(&found, fd);
		}
		fallthrough_clear(&found);
	}
	buf_clear(&source);
	return r;
}
