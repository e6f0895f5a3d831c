/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"

static int
read_all(int fd, size_t max, struct buf *buf)
{
	const size_t start = buf->len;
	ssize_t n;

	for (;;) {
		n = read(fd, buf_grow(buf, 4096), 4096);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return (int)n;
		buf_wrote(buf, (size_t)n);
		if (buf->len - start > max) {
			buf->len = start + max;
			buf->data[buf->len] = '\0';
			return ERR_LIMIT;
		}
	}
}

int
file_read(const char *path, size_t max, struct buf *buf)
{
	/* What is no file could block us. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	int r, saved;

	if (fd < 0)
		return ERR_SYS;
	r = read_all(fd, max, buf);
	saved = errno;
	close(fd);
	errno = saved;
	return r;
}

int
file_write(const char *path, const void *data, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	int r, saved;

	if (fd < 0)
		return ERR_SYS;
	r = fd_write_all(fd, data, size);
	saved = errno;
	if (close(fd) < 0 && r == 0)
		return ERR_SYS;
	errno = saved;
	return r;
}
