/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/segment.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/tmp.h"

static int
open_in_memory(void)
{
#if defined(HAVE_MEMFD_CREATE) && defined(MFD_ALLOW_SEALING)
	return memfd_create("distcc-agent", MFD_CLOEXEC | MFD_ALLOW_SEALING);
#else
	errno = ENOSYS;
	return ERR_SYS;
#endif
}

/* Whoever has mapped a file dies when it becomes shorter. */
static void
keep_length(int fd)
{
#ifdef F_ADD_SEALS
	/* One on a disk cannot be sealed; it has no name to be found by. */
	(void)fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW);
#else
	(void)fd;
#endif
}

/* The same file by a descriptor that cannot write. */
static int
open_to_read(int fd)
{
	char path[32];

	snprintf(path, sizeof path, "/dev/fd/%d", fd);
	return open(path, O_RDONLY | O_CLOEXEC);
}

int
segment_open(struct segment *segment, uint32_t room, const char *tmp_dir)
{
	int saved;

	*segment = (struct segment)SEGMENT_INIT;
	segment->write_fd = open_in_memory();
	if (segment->write_fd < 0)
		segment->write_fd = tmp_open(tmp_dir);
	if (segment->write_fd < 0)
		return ERR_SYS;
	segment->room = room;
	if (ftruncate(segment->write_fd, (off_t)room) == 0) {
		keep_length(segment->write_fd);
		segment->read_fd = open_to_read(segment->write_fd);
	}
	if (segment->read_fd >= 0)
		return 0;
	saved = errno;
	segment_close(segment);
	errno = saved;
	return ERR_SYS;
}

void
segment_close(struct segment *segment)
{
	if (segment->write_fd >= 0)
		close(segment->write_fd);
	if (segment->read_fd >= 0)
		close(segment->read_fd);
	*segment = (struct segment)SEGMENT_INIT;
}

int
segment_add(struct segment *segment, const void *data, uint32_t size)
{
	const char *p = data;
	uint32_t done = 0;
	ssize_t n;

	while (done < size) {
		n = pwrite(segment->write_fd, p + done, size - done,
			   (off_t)segment->used + done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return ERR_SYS;
		done += (uint32_t)n;
	}
	segment->used += size;
	return 0;
}

int
segment_read(const struct segment *segment, uint32_t at, void *data,
	     uint32_t size)
{
	char *p = data;
	uint32_t done = 0;
	ssize_t n;

	while (done < size) {
		n = pread(segment->write_fd, p + done, size - done,
			  (off_t)at + done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			errno = EIO;
		if (n <= 0)
			return ERR_SYS;
		done += (uint32_t)n;
	}
	return 0;
}
