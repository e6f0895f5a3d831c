/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/agent_socket.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/owner.h"
#include "base/path.h"
#include "base/view.h"
#include "wire/agent.h"

/* As many clients may come at once as the system lets wait. */
#define BACKLOG 4096

static int
is_absolute(const char *dir)
{
	return dir != NULL && *dir == '/';
}

char *
agent_socket_dir(const char *chosen, const char *runtime, const char *home)
{
	if (is_absolute(chosen))
		return path_join(chosen, "agent");
	/* Every program has its own there. */
	if (is_absolute(runtime))
		return path_join(runtime, "distcc");
	return is_absolute(home) ? path_join(home, "agent") : NULL;
}

char *
agent_socket_path(const char *dir)
{
	struct digest digest = DIGEST_INIT;
	char host[256] = "", leaf[64];
	struct buf view = BUF_INIT;

	/* A home may be that of several machines. */
	gethostname(host, sizeof host - 1);
	view_add_root(&view);
	digest_add(&digest, view.data, view.len);
	digest_add(&digest, host, strlen(host));
	buf_clear(&view);
	snprintf(leaf, sizeof leaf, "%d-%08lx", AGENT_VERSION,
		 (unsigned long)(digest.a & 0xffffffff));
	return path_join(dir, leaf);
}

static int
make_address(const char *path, struct sockaddr_un *address)
{
	memset(address, 0, sizeof *address);
	address->sun_family = AF_UNIX;
	if (strlen(path) >= sizeof address->sun_path)
		return ERR_LIMIT;
	memcpy(address->sun_path, path, strlen(path));
	return 0;
}

static int
close_with(int fd, int r)
{
	int saved = errno;

	close(fd);
	errno = saved;
	return r;
}

static int
new_socket(void)
{
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (fd >= 0 && fd_set_cloexec(fd) < 0)
		return close_with(fd, ERR_SYS);
	return fd;
}

/* A full queue makes connect() wait, for as long as a send may. */
static int
limit_wait(int fd, int64_t deadline)
{
	int ms = clock_left(deadline);
	struct timeval most = { .tv_sec = ms / 1000,
				.tv_usec = ms % 1000 * 1000 };

	if (ms == 0)
		return ERR_TIMEOUT;
	return ms < 0 ? 0 : setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &most,
				       sizeof most);
}

int
agent_socket_connect(const char *path, int64_t deadline)
{
	struct sockaddr_un address;
	int fd, r;

	r = make_address(path, &address);
	if (r < 0)
		return r;
	fd = new_socket();
	if (fd < 0)
		return ERR_SYS;
	r = limit_wait(fd, deadline);
	if (r < 0)
		return close_with(fd, r);
	do
		r = connect(fd, (const struct sockaddr *)&address,
			    sizeof address);
	while (r < 0 && errno == EINTR);
	if (r < 0)
		return close_with(fd, errno == EAGAIN ? ERR_TIMEOUT : ERR_SYS);
	if (!owner_is_us(fd))
		return close_with(fd, ERR_DENIED);
	return fd_set_nonblock(fd) < 0 ? close_with(fd, ERR_SYS) : fd;
}

static int
listen_at(int fd, const char *name)
{
	struct sockaddr_un address;
	int r;

	r = make_address(name, &address);
	if (r < 0)
		return r;
	/* Who was killed here, with our number, left it. */
	unlink(name);
	if (bind(fd, (const struct sockaddr *)&address, sizeof address) < 0)
		return ERR_SYS;
	/* Before it listens, nobody can connect. */
	if (chmod(name, S_IRUSR | S_IWUSR) < 0 || listen(fd, BACKLOG) < 0)
		return ERR_SYS;
	return fd_set_nonblock(fd);
}

int
agent_socket_listen(const char *path)
{
	struct buf name = BUF_INIT;
	int fd = new_socket(), r, saved;

	if (fd < 0)
		return ERR_SYS;
	buf_addf(&name, "%s.%ld", path, (long)getpid());
	r = listen_at(fd, name.data);
	if (r == 0 && rename(name.data, path) < 0)
		r = ERR_SYS;
	if (r < 0) {
		saved = errno;
		unlink(name.data);
		close(fd);
		errno = saved;
	}
	buf_clear(&name);
	return r < 0 ? r : fd;
}
