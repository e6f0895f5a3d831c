/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/solo.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/net.h"
#include "base/sig.h"
#include "daemon/access.h"
#include "daemon/board.h"
#include "daemon/listen.h"
#include "daemon/options.h"
#include "daemon/serve.h"

static void
serve_one(struct serve *serve, int listener)
{
	struct sockaddr_storage addr;
	char name[NET_NAME_SIZE];
	int fd = net_accept(listener, &addr);

	if (fd < 0)
		return;
	net_name((struct sockaddr *)&addr, name);
	if (access_allows(&serve->options->access, (struct sockaddr *)&addr)) {
		serve_client(serve, fd, fd, name);
		board_add_job(serve->board, &serve->slot->job);
	} else {
		log_error("connection from client '%s' denied by access list",
			  name);
		board_refuse(serve->board, REFUSAL_ADDRESS);
	}
	close(fd);
}

int
solo_run(struct serve *serve, const struct listeners *listeners,
	 int64_t deadline)
{
	struct pollfd fds[LISTEN_MAX + 1] = {
		{ .fd = serve->sig_fd, .events = POLLIN },
	};
	int i, n, signo = 0;

	for (i = 0; i < listeners->count; i++) {
		fds[i + 1].fd = listeners->fds[i];
		fds[i + 1].events = POLLIN;
	}
	while (signo == 0) {
		n = poll(fds, (nfds_t)listeners->count + 1,
			 clock_left(deadline));
		for (i = 1; n > 0 && signo == 0 && i <= listeners->count;
		     i++) {
			if (fds[i].revents != 0)
				serve_one(serve, fds[i].fd);
			signo = serve->stop_signal;
		}
		if (signo == 0)
			signo = sig_next();
		if (signo == 0 && clock_left(deadline) == 0)
			signo = SIGALRM;
	}
	return signo;
}
