/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"

int
fd_set_nonblock(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	if (flags < 0 || (flags & O_NONBLOCK) != 0)
		return flags < 0 ? ERR_SYS : 0;
	return fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}

int
fd_set_cloexec(int fd)
{
	int flags = fcntl(fd, F_GETFD);

	return flags < 0 ? ERR_SYS : fcntl(fd, F_SETFD, flags | FD_CLOEXEC);
}

#ifdef HAVE_CLOSEFROM

void
fd_close_from(int first)
{
	closefrom(first);
}

#else

void
fd_close_from(int first)
{
	long fd, end = sysconf(_SC_OPEN_MAX);

	for (fd = first; fd < end; fd++)
		close((int)fd);
}

#endif

int
fd_open_standard(void)
{
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC);

	while (fd >= 0 && fd <= STDERR_FILENO)
		fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	return fd < 0 ? ERR_SYS : close(fd);
}

int
fd_was_closed(int fd)
{
	int flags = fcntl(fd, F_GETFD);

	return flags < 0 || (flags & FD_CLOEXEC) != 0;
}

int
fd_write_all(int fd, const void *data, size_t size)
{
	const char *p = data;
	ssize_t n;

	while (size > 0) {
		n = write(fd, p, size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return ERR_SYS;
		p += n;
		size -= (size_t)n;
	}
	return 0;
}

off_t
fd_size(int fd)
{
	struct stat st;

	return fstat(fd, &st) < 0 ? (off_t)ERR_SYS : st.st_size;
}

int
fd_copy_all(int to, int from)
{
	char data[65536];
	ssize_t n;

	if (lseek(from, 0, SEEK_SET) < 0)
		return ERR_SYS;
	for (;;) {
		n = read(from, data, sizeof data);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return (int)n;
		if (fd_write_all(to, data, (size_t)n) < 0)
			return ERR_SYS;
	}
}

int
fd_wait(int fd, short events, int cancel_fd, int64_t deadline)
{
	struct pollfd fds[] = {
		{ .fd = fd, .events = events },
		{ .fd = cancel_fd, .events = POLLIN },
	};
	int n;

	do
		n = poll(fds, 2, clock_left(deadline));
	while ((n < 0 && errno == EINTR) ||
	       (n == 0 && clock_left(deadline) != 0));
	if (n < 0)
		return ERR_SYS;
	if (fds[1].revents != 0)
		return ERR_CANCEL;
	return n == 0 ? ERR_TIMEOUT : 0;
}

int
fd_raise_limit(int count, struct rlimit *before)
{
	const rlim_t wanted = (rlim_t)count;
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		limit.rlim_cur = limit.rlim_max = 0;
	*before = limit;
	if (limit.rlim_cur < wanted) {
		limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max :
							   wanted;
		if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
			limit = *before;
	}
	return limit.rlim_cur < wanted ? (int)limit.rlim_cur : count;
}
