/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/pass.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/fd.h"

/* A peer that is gone shall not kill who writes to it. */
#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

#ifndef MSG_CMSG_CLOEXEC
#define MSG_CMSG_CLOEXEC 0
#endif

/* Room for a control message with descriptors, aligned as it must be. */
union passed {
	struct cmsghdr header;
	char room[CMSG_SPACE(PASS_MAX * sizeof(int))];
};

ssize_t
pass_send(int socket, const void *data, size_t size, const int *fds,
	  size_t count)
{
	union passed passed;
	/* sendmsg() changes nothing, but its vector does not say so. */
	struct iovec vector = { .iov_len = size };
	struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1 };
	struct cmsghdr *header = &passed.header;
	ssize_t n;

	memcpy(&vector.iov_base, &data, sizeof data);
	if (count > 0) {
		memset(&passed, 0, sizeof passed);
		message.msg_control = &passed;
		message.msg_controllen = CMSG_SPACE(count * sizeof *fds);
		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(count * sizeof *fds);
		memcpy(CMSG_DATA(header), fds, count * sizeof *fds);
	}
	do
		n = sendmsg(socket, &message, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n;
}

static void
take_fds(const struct cmsghdr *header, int *fds, size_t max, size_t *count)
{
	const unsigned char *data = CMSG_DATA(header);
	size_t i, came = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
	int fd;

	for (i = 0; i < came; i++) {
		memcpy(&fd, data + i * sizeof fd, sizeof fd);
		if (*count == max) {
			close(fd);
			continue;
		}
		(void)fd_set_cloexec(fd);
		fds[(*count)++] = fd;
	}
}

ssize_t
pass_receive(int socket, void *data, size_t size, int flags, int *fds,
	     size_t max, size_t *count)
{
	union passed passed;
	struct iovec vector = { data, size };
	struct msghdr message = {
		.msg_iov = &vector, .msg_iovlen = 1,
		.msg_control = &passed,
		.msg_controllen = sizeof passed.room,
	};
	struct cmsghdr *header;
	ssize_t n;

	*count = 0;
	memset(&passed, 0, sizeof passed);
	do
		n = recvmsg(socket, &message, flags | MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return n;
	for (header = CMSG_FIRSTHDR(&message); header != NULL;
	     header = CMSG_NXTHDR(&message, header)) {
		if (header->cmsg_level == SOL_SOCKET &&
		    header->cmsg_type == SCM_RIGHTS)
			take_fds(header, fds, max, count);
	}
	return n;
}
