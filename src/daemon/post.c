/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/post.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"

/* A parent that is gone shall not kill the worker that reports to it. */
#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

/* Room for the control message with one descriptor, aligned as it must be. */
union passed {
	struct cmsghdr header;
	char room[CMSG_SPACE(sizeof(int))];
};

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
	union passed passed;
	/* sendmsg() changes nothing, but does not say so. */
	struct order copy = *order;
	struct iovec data = { &copy, sizeof copy };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1 };
	struct cmsghdr *header;
	ssize_t n;

	if (fd >= 0) {
		memset(&passed, 0, sizeof passed);
		message.msg_control = &passed;
		message.msg_controllen = sizeof passed.room;
		header = CMSG_FIRSTHDR(&message);
		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(sizeof fd);
		memcpy(CMSG_DATA(header), &fd, sizeof fd);
	}
	do
		n = sendmsg(end, &message, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof copy ? 0 : ERR_SYS;
}

static int
passed_fd(struct msghdr *message)
{
	struct cmsghdr *header = CMSG_FIRSTHDR(message);
	int fd = -1;

	if (header != NULL && header->cmsg_level == SOL_SOCKET &&
	    header->cmsg_type == SCM_RIGHTS)
		memcpy(&fd, CMSG_DATA(header), sizeof fd);
	if (fd >= 0)
		(void)fd_set_cloexec(fd);
	return fd;
}

/* Orders are sent whole, by one call, and are shorter than any buffer. */
static int
read_order(int end, struct order *order, int *fd)
{
	union passed passed;
	struct iovec data = { order, sizeof *order };
	struct msghdr message = {
		.msg_iov = &data, .msg_iovlen = 1,
		.msg_control = &passed,
		.msg_controllen = sizeof passed.room,
	};
	ssize_t n;

	memset(&passed, 0, sizeof passed);
	do
		n = recvmsg(end, &message, MSG_WAITALL);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return ERR_SYS;
	*fd = passed_fd(&message);
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
