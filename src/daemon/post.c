/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/post.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"
#include "base/pass.h"

int
post_open(int ends[static 2])
{
	int saved;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0)
		return ERR_SYS;
	if (fd_set_cloexec(ends[0]) == 0 && fd_set_cloexec(ends[1]) == 0)
		return 0;
	saved = errno;
	close(ends[0]);
	close(ends[1]);
	errno = saved;
	return ERR_SYS;
}

int
post_send_order(int end, const struct order *order, int fd)
{
	ssize_t n = pass_send(end, order, sizeof *order, &fd, fd >= 0);

	return n == (ssize_t)sizeof *order ? 0 : ERR_SYS;
}

/* Orders are sent whole, by one call, and are shorter than any buffer. */
static int
read_order(int end, struct order *order, int *fd)
{
	size_t count;
	ssize_t n = pass_receive(end, order, sizeof *order, MSG_WAITALL, fd, 1,
				 &count);

	if (n < 0)
		return ERR_SYS;
	if (count == 0)
		*fd = -1;
	return n == (ssize_t)sizeof *order ? 0 : ERR_EOF;
}

int
post_await_order(int end, struct order *order, int *fd, int cancel_fd,
		 int other_fd)
{
	struct pollfd fds[] = {
		{ .fd = end, .events = POLLIN },
		{ .fd = cancel_fd, .events = POLLIN },
		{ .fd = other_fd, .events = POLLIN },
	};
	int n;

	*fd = -1;
	do
		n = poll(fds, 3, -1);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return ERR_SYS;
	if (fds[1].revents != 0)
		return ERR_CANCEL;
	if (fds[0].revents != 0)
		return read_order(end, order, fd);
	return 1;
}

int
post_send_report(int pipe, const struct report *report)
{
	return fd_write_all(pipe, report, sizeof *report);
}

/* Each report is one write, and too short to be torn. */
int
post_take_reports(int pipe, struct report *reports, int max)
{
	ssize_t n;

	do
		n = read(pipe, reports, (size_t)max * sizeof *reports);
	while (n < 0 && errno == EINTR);
	return n < 0 ? 0 : (int)((size_t)n / sizeof *reports);
}
