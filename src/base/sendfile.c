/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of base/fd that differs between systems: file to socket. */
#include "base/fd.h"

#include <errno.h>
#include <unistd.h>

#include "base/err.h"

static ssize_t
copy_some(int to, int from, size_t size)
{
	char data[16384];
	ssize_t got, sent;

	got = read(from, data, size < sizeof data ? size : sizeof data);
	if (got <= 0)
		return got;
	do
		sent = write(to, data, (size_t)got);
	while (sent < 0 && errno == EINTR);
	/* What did not go out is read again the next time. */
	if (sent < got &&
	    lseek(from, (sent < 0 ? 0 : sent) - got, SEEK_CUR) < 0)
		return ERR_SYS;
	return sent;
}

#ifdef HAVE_SYS_SENDFILE_H

#include <sys/sendfile.h>

ssize_t
fd_send_file(int to, int from, size_t size)
{
	ssize_t n;

	do
		n = sendfile(to, from, NULL, size);
	while (n < 0 && errno == EINTR);
	/* Not every file system, and not every output, takes part in it. */
	if (n < 0 && (errno == EINVAL || errno == ENOSYS))
		return copy_some(to, from, size);
	return n;
}

#else

ssize_t
fd_send_file(int to, int from, size_t size)
{
	return copy_some(to, from, size);
}

#endif
