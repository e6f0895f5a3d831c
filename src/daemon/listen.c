/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/listen.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/args.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/net.h"

enum listen_kind
listen_kind_of(int fd)
{
	struct sockaddr_storage addr;
	socklen_t len = sizeof(int);
	int listening = 0;

	if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &len) < 0)
		return LISTEN_NO_SOCKET;
	if (listening)
		return LISTEN_LISTENING;
	len = sizeof addr;
	return getpeername(fd, (struct sockaddr *)&addr, &len) == 0 ?
		LISTEN_CONNECTED : LISTEN_NO_SOCKET;
}

static int
open_one(struct listeners *listeners, const char *address, int port)
{
	int r = net_listen(address, port, listeners->fds + listeners->count,
			   LISTEN_MAX - listeners->count);

	if (r < 0) {
		log_error_r(r, "cannot listen on port %d of %s", port,
			    address == NULL ? "any address" : address);
		return -1;
	}
	listeners->count += r;
	return 0;
}

int
listen_open(struct listeners *listeners, const struct args *addresses,
	    int port)
{
	size_t i;

	if (addresses->count == 0)
		return open_one(listeners, NULL, port);
	for (i = 0; i < addresses->count; i++) {
		if (open_one(listeners, addresses->v[i], port) < 0)
			return -1;
	}
	return 0;
}

int
listen_inherit(struct listeners *listeners, int first, int count)
{
	int fd;

	for (fd = first; fd < first + count; fd++) {
		if (listen_kind_of(fd) != LISTEN_LISTENING ||
		    listeners->count == LISTEN_MAX) {
			log_error("fd %d is no socket to listen on", fd);
			return -1;
		}
		if (fd_set_nonblock(fd) < 0 || fd_set_cloexec(fd) < 0) {
			log_error_r(ERR_SYS, "cannot use fd %d", fd);
			return -1;
		}
		listeners->fds[listeners->count++] = fd;
	}
	return 0;
}

/* Accepted sockets inherit these; a socket that is not TCP has none. */
void
listen_tune(const struct listeners *listeners, int defer)
{
	const int on = 1;
	int i;

	for (i = 0; i < listeners->count; i++) {
		setsockopt(listeners->fds[i], IPPROTO_TCP, TCP_NODELAY, &on,
			   sizeof on);
		setsockopt(listeners->fds[i], SOL_SOCKET, SO_KEEPALIVE, &on,
			   sizeof on);
#ifdef TCP_DEFER_ACCEPT
		if (defer)
			setsockopt(listeners->fds[i], IPPROTO_TCP,
				   TCP_DEFER_ACCEPT, &on, sizeof on);
#else
		(void)defer;
#endif
	}
}

void
listen_close(struct listeners *listeners)
{
	while (listeners->count > 0)
		close(listeners->fds[--listeners->count]);
}
