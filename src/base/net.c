/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/net.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"

#define BACKLOG 1024

static int
find_addresses(const char *host, int port, int flags, struct addrinfo **list)
{
	struct addrinfo hints;
	char service[16];
	int r;

	memset(&hints, 0, sizeof hints);
	hints.ai_family = AF_UNSPEC;
	hints.ai_socktype = SOCK_STREAM;
	hints.ai_flags = flags | AI_NUMERICSERV;
	snprintf(service, sizeof service, "%d", port);
	r = getaddrinfo(host, service, &hints, list);
	if (r == EAI_AGAIN || r == EAI_MEMORY || r == EAI_SYSTEM)
		return ERR_NO_RESOLVER;
	return r == 0 ? 0 : ERR_RESOLVE;
}

/* Where the system does both in one call, that is four calls less. */
#if defined SOCK_NONBLOCK && defined SOCK_CLOEXEC && defined HAVE_ACCEPT4

static int
new_socket(const struct addrinfo *address)
{
	return socket(address->ai_family,
		      SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
		      address->ai_protocol);
}

static int
take_peer(int listener, struct sockaddr *addr, socklen_t *size)
{
	return accept4(listener, addr, size, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

#else

/* fd, non-blocking and not inherited; or closed, and ERR_SYS. */
static int
tamed(int fd)
{
	int saved;

	if (fd < 0 || (fd_set_cloexec(fd) == 0 && fd_set_nonblock(fd) == 0))
		return fd;
	saved = errno;
	close(fd);
	errno = saved;
	return ERR_SYS;
}

static int
new_socket(const struct addrinfo *address)
{
	return tamed(socket(address->ai_family, SOCK_STREAM,
			    address->ai_protocol));
}

static int
take_peer(int listener, struct sockaddr *addr, socklen_t *size)
{
	return tamed(accept(listener, addr, size));
}

#endif

static int
wait_connected(int fd, int timeout_ms)
{
	socklen_t size = sizeof(int);
	int error = 0;
	int r;

	r = fd_wait(fd, POLLOUT, -1, clock_after(timeout_ms));
	if (r < 0)
		return r;
	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
		return ERR_SYS;
	errno = error;
	return error == 0 ? 0 : ERR_SYS;
}

static int
try_address(const struct addrinfo *address, int timeout_ms)
{
	const int on = 1;
	int fd, saved, r = 0;

	fd = new_socket(address);
	if (fd < 0)
		return fd;
	/* Every message goes out in one write; waiting for more is a loss. */
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if (connect(fd, address->ai_addr, address->ai_addrlen) < 0)
		r = errno == EINPROGRESS || errno == EINTR ?
			    wait_connected(fd, timeout_ms) :
			    ERR_SYS;
	if (r == 0)
		return fd;
	saved = errno;
	close(fd);
	errno = saved;
	return r;
}

int
net_resolve(const char *host, int port, struct args *addresses)
{
	char name[NET_NAME_SIZE];
	struct addrinfo *list, *address;
	int r = find_addresses(host, port, 0, &list);

	if (r < 0)
		return r;
	for (address = list; address != NULL; address = address->ai_next) {
		net_name(address->ai_addr, name);
		args_push(addresses, name);
	}
	freeaddrinfo(list);
	return 0;
}

int
net_connect(const char *host, int port, int timeout_ms,
	    char name[static NET_NAME_SIZE])
{
	struct addrinfo *list, *address;
	int r, fd = ERR_RESOLVE, saved = 0;

	snprintf(name, NET_NAME_SIZE, "%s:%d", host, port);
	r = find_addresses(host, port, 0, &list);
	if (r < 0)
		return r;
	for (address = list; fd < 0 && address != NULL;
	     address = address->ai_next) {
		r = try_address(address, timeout_ms);
		/* What a host did at another of its addresses says more. */
		if (fd != ERR_RESOLVE && net_error_is_ours(r, errno))
			continue;
		fd = r;
		saved = errno;
		net_name(address->ai_addr, name);
	}
	freeaddrinfo(list);
	errno = saved;
	return fd;
}

int
net_error_is_ours(int r, int error)
{
	if (r != ERR_SYS)
		return r == ERR_NO_RESOLVER;
	switch (error) {
	case ENETUNREACH:
	case ENETDOWN:
	case EADDRNOTAVAIL:
	case EAFNOSUPPORT:
	case EPROTONOSUPPORT:
	case EPERM:
	case EACCES:
	case ENOBUFS:
	case ENOMEM:
	case EMFILE:
	case ENFILE:
		return 1;
	default:
		return 0;
	}
}

static void
set_port(struct sockaddr *addr, int port)
{
	if (addr->sa_family == AF_INET6)
		((struct sockaddr_in6 *)(void *)addr)->sin6_port =
			htons((uint16_t)port);
	else
		((struct sockaddr_in *)(void *)addr)->sin_port =
			htons((uint16_t)port);
}

static int
listen_on(const struct addrinfo *address, int dual)
{
	const int on = 1;
	const int only = !dual;
	int fd, saved;

	fd = new_socket(address);
	if (fd < 0)
		return fd;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (address->ai_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof only);
	if (bind(fd, address->ai_addr, address->ai_addrlen) == 0 &&
	    listen(fd, BACKLOG) == 0)
		return fd;
	saved = errno;
	close(fd);
	errno = saved;
	return ERR_SYS;
}

/* One IPv6 socket that takes IPv4 too; not every system lets it. */
static int
listen_dual(int port)
{
	struct sockaddr_in6 any;
	struct addrinfo address;

	memset(&any, 0, sizeof any);
	any.sin6_family = AF_INET6;
	any.sin6_addr = in6addr_any;
	any.sin6_port = htons((uint16_t)port);
	memset(&address, 0, sizeof address);
	address.ai_family = AF_INET6;
	address.ai_addr = (struct sockaddr *)&any;
	address.ai_addrlen = sizeof any;
	return listen_on(&address, 1);
}

static void
close_all(const int *fds, int count)
{
	int saved = errno;

	while (count > 0)
		close(fds[--count]);
	errno = saved;
}

/* Whether a failure only says that this machine lacks an address family. */
static int
is_foreign_family(void)
{
	return errno == EAFNOSUPPORT || errno == EADDRNOTAVAIL ||
	       errno == EPROTONOSUPPORT;
}

/*
 * Listens on every address of list that this machine has. Returns how many
 * they are, or ERR_SYS with nothing left open.
 */
static int
listen_all(const struct addrinfo *list, int port, int *fds, int max)
{
	const struct addrinfo *address;
	int fd, count = 0;

	errno = EADDRNOTAVAIL;
	for (address = list; address != NULL && count < max;
	     address = address->ai_next) {
		if (port == 0 && count > 0)
			set_port(address->ai_addr, net_local_port(fds[0]));
		fd = listen_on(address, 0);
		if (fd >= 0) {
			fds[count++] = fd;
		} else if (!is_foreign_family()) {
			close_all(fds, count);
			return ERR_SYS;
		}
	}
	return count > 0 ? count : ERR_SYS;
}

char *
net_without_brackets(const char *host, size_t len)
{
	/* Without a colon, it is a name that cannot be. */
	if (len > 2 && host[0] == '[' && host[len - 1] == ']' &&
	    memchr(host, ':', len) != NULL)
		return xstrndup(host + 1, len - 2);
	return xstrndup(host, len);
}

int
net_listen(const char *host, int port, int *fds, int max)
{
	struct addrinfo *list;
	char *bare;
	int saved, r;

	if (host == NULL || strcmp(host, "::") == 0 ||
	    strcmp(host, "[::]") == 0) {
		fds[0] = listen_dual(port);
		if (fds[0] >= 0)
			return 1;
		if (!is_foreign_family())
			return ERR_SYS;
	}
	bare = host == NULL ? NULL : net_without_brackets(host, strlen(host));
	r = find_addresses(bare, port, AI_PASSIVE, &list);
	free(bare);
	if (r < 0)
		return r;
	r = listen_all(list, port, fds, max);
	saved = errno;
	freeaddrinfo(list);
	errno = saved;
	return r;
}

int
net_accept(int listener, struct sockaddr_storage *addr)
{
	socklen_t size = sizeof *addr;
	int fd;

	addr->ss_family = AF_UNSPEC;
	fd = take_peer(listener, (struct sockaddr *)addr, &size);
	if (fd >= 0)
		net_unmap(addr);
	return fd;
}

int
net_local_port(int fd)
{
	struct sockaddr_storage addr;
	socklen_t size = sizeof addr;

	if (getsockname(fd, (struct sockaddr *)&addr, &size) < 0)
		return ERR_SYS;
	if (addr.ss_family == AF_INET6)
		return ntohs(((struct sockaddr_in6 *)(void *)&addr)->sin6_port);
	return ntohs(((struct sockaddr_in *)(void *)&addr)->sin_port);
}

void
net_local_name(int fd, char name[static NET_NAME_SIZE])
{
	struct sockaddr_storage addr;
	socklen_t size = sizeof addr;

	name[0] = '\0';
	if (getsockname(fd, (struct sockaddr *)&addr, &size) < 0 ||
	    (addr.ss_family != AF_INET && addr.ss_family != AF_INET6))
		return;
	net_unmap(&addr);
	net_name((struct sockaddr *)&addr, name);
}

void
net_unmap(struct sockaddr_storage *addr)
{
	const struct sockaddr_in6 *in6 = (const void *)addr;
	struct sockaddr_in in;

	if (addr->ss_family != AF_INET6 ||
	    !IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr))
		return;
	memset(&in, 0, sizeof in);
	in.sin_family = AF_INET;
	in.sin_port = in6->sin6_port;
	memcpy(&in.sin_addr, &in6->sin6_addr.s6_addr[12], 4);
	memset(addr, 0, sizeof *addr);
	memcpy(addr, &in, sizeof in);
}

void
net_name(const struct sockaddr *addr, char name[static NET_NAME_SIZE])
{
	socklen_t size = addr->sa_family == AF_INET6 ?
				 sizeof(struct sockaddr_in6) :
				 sizeof(struct sockaddr_in);
	char host[64], port[8];

	if ((addr->sa_family != AF_INET && addr->sa_family != AF_INET6) ||
	    getnameinfo(addr, size, host, sizeof host, port, sizeof port,
			NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		snprintf(name, NET_NAME_SIZE, "unknown");
	else if (addr->sa_family == AF_INET6)
		snprintf(name, NET_NAME_SIZE, "[%s]:%s", host, port);
	else
		snprintf(name, NET_NAME_SIZE, "%s:%s", host, port);
}
