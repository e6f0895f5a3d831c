/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/agent.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/lock.h"
#include "base/owner.h"
#include "base/path.h"
#include "client/launch.h"
#include "client/settings.h"
#include "wire/agent_socket.h"

/* For so many seconds an agent that failed is left alone. */
#define AVOID_S 30

/* A file server's clock may be so far ahead. */
#define AHEAD_S 5

/* Who has the lock needs it for less than that. */
#define LOOK_AGAIN_MS 2

/* The socket to go to, or NULL; yours to free. */
static char *
find_socket(const struct settings *settings)
{
	if (settings->agent_socket != NULL)
		return xstrdup(settings->agent_socket);
	return settings->agent_dir == NULL ? NULL :
	       agent_socket_path(settings->agent_dir);
}

static char *
beside(const char *socket, const char *suffix)
{
	return concat(socket, suffix, (char *)NULL);
}

void
agent_avoid(const struct settings *settings)
{
	char *socket = find_socket(settings);
	char *mark = socket == NULL ? NULL : beside(socket, ".avoid");

	if (mark != NULL)
		(void)file_write(mark, "", 0);
	free(mark);
	free(socket);
}

static int
is_avoided(const char *socket)
{
	char *mark = beside(socket, ".avoid");
	time_t age = AVOID_S;
	struct stat st;

	if (stat(mark, &st) == 0)
		age = time(NULL) - st.st_mtime;
	free(mark);
	return age >= -AHEAD_S && age < AVOID_S;
}

/* Whether r, from a connect, means that nobody listens. */
static int
is_nobody(int r)
{
	return r == ERR_SYS && (errno == ENOENT || errno == ECONNREFUSED);
}

static int
start(const struct settings *settings, const char *socket, int64_t deadline)
{
	int listener = agent_socket_listen(socket);
	int r, fd, saved;

	if (listener < 0)
		return listener;
	/* Our own place in the queue, before anything can go wrong. */
	fd = agent_socket_connect(socket, deadline);
	r = fd < 0 ? fd : launch_agent(settings, socket, listener, deadline);
	saved = errno;
	close(listener);
	if (r < 0) {
		unlink(socket);
		if (fd >= 0)
			close(fd);
		errno = saved;
	}
	return r < 0 ? r : fd;
}

/*
 * Until the lock is ours, another client is about to make the socket; that
 * takes less time than to be told of it.
 */
static int
start_or_join(const struct settings *settings, const char *socket,
	      int lock_fd, int64_t deadline)
{
	int fd, may;

	for (;;) {
		may = lock_try(lock_fd, 0, 0);
		fd = may < 0 ? ERR_SYS :
			       agent_socket_connect(socket, deadline);
		if (!is_nobody(fd))
			return fd;
		if (may > 0)
			return start(settings, socket, deadline);
		if (clock_left(deadline) == 0)
			return ERR_TIMEOUT;
		poll(NULL, 0, LOOK_AGAIN_MS);
	}
}

static int
get_started(const struct settings *settings, const char *socket,
	    int64_t deadline)
{
	char *name = beside(socket, ".lock");
	int lock_fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	int r, saved;

	free(name);
	if (lock_fd < 0)
		return ERR_SYS;
	r = start_or_join(settings, socket, lock_fd, deadline);
	saved = errno;
	close(lock_fd);
	errno = saved;
	return r;
}

static int
make_dir(const char *dir)
{
	if (owner_has_dir(dir))
		return 0;
	if (errno != ENOENT || path_make_dirs(dir, 0700) < 0)
		return ERR_SYS;
	return owner_has_dir(dir) ? 0 : ERR_SYS;
}

static int
connect_or_start(const struct settings *settings, const char *socket,
		 int may_start, int64_t deadline)
{
	int fd;

	/* Who names a socket keeps an agent there, and trusts the place. */
	if (settings->agent_socket != NULL)
		return agent_socket_connect(socket, deadline);
	if (make_dir(settings->agent_dir) < 0)
		return ERR_SYS;
	fd = agent_socket_connect(socket, deadline);
	if (!may_start || !is_nobody(fd))
		return fd;
	return get_started(settings, socket, deadline);
}

static void
explain(struct buf *trouble, int r, const char *socket)
{
	const int saved = errno;

	switch (r) {
	case ERR_DENIED:
		buf_addf(trouble, "the agent at %s is another user's", socket);
		break;
	case ERR_LIMIT:
		buf_addf(trouble, "%s is too long for the name of a socket",
			 socket);
		break;
	case ERR_MISSING:
		buf_add_str(trouble, "there is no distcc-agent to start");
		break;
	case ERR_CANCEL:
		buf_add_str(trouble, "the agent failed a moment ago");
		break;
	default:
		buf_addf(trouble, "the agent at %s: %s", socket, err_text(r));
	}
	errno = saved;
}

int
agent_open(const struct settings *settings, int may_start, int64_t deadline,
	   struct buf *trouble)
{
	char *socket = find_socket(settings);
	int fd = ERR_CANCEL;

	if (socket == NULL) {
		buf_add_str(trouble, "there is no home for an agent");
		return ERR_MISSING;
	}
	if (!is_avoided(socket))
		fd = connect_or_start(settings, socket, may_start, deadline);
	if (fd < 0)
		explain(trouble, fd, socket);
	free(socket);
	return fd;
}
