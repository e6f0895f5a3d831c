/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of base/tmp that lives in memory where the system has that. */
#include "base/tmp.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/err.h"

#ifdef HAVE_MEMFD_CREATE

#include <sys/mman.h>

int
tmp_open_messages(const char *dir, off_t max)
{
	int fd = memfd_create("messages", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	int saved;

	if (fd < 0)
		return tmp_open(dir);
	/* Full size from the start, none of it backed, and never more. */
	if (ftruncate(fd, max) < 0 ? errno == EFBIG :
				     fcntl(fd, F_ADD_SEALS, F_SEAL_GROW) == 0)
		return fd;
	saved = errno;
	close(fd);
	errno = saved;
	return ERR_SYS;
}

#else

int
tmp_open_messages(const char *dir, off_t max)
{
	(void)max;
	return tmp_open(dir);
}

#endif

int
tmp_end_messages(int fd)
{
	off_t end = lseek(fd, 0, SEEK_CUR);

	return end < 0 ? ERR_SYS : ftruncate(fd, end);
}
