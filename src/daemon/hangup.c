/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/hangup.h"

#include <errno.h>
#include <unistd.h>

/* What a client may send into the void. */
#define MAX_STRAY (64 * 1024)

int
hangup_is_here(int fd, size_t *stray)
{
	char data[512];
	ssize_t n = read(fd, data, sizeof data);

	if (n < 0)
		return errno != EAGAIN && errno != EWOULDBLOCK &&
		       errno != EINTR;
	*stray += (size_t)n;
	return n == 0 || *stray > MAX_STRAY;
}
