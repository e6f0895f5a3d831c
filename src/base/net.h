/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_NET_H
#define BASE_NET_H

#include <stddef.h>
#include <sys/socket.h>

struct args;

/* Room for "[ADDRESS%SCOPE]:PORT" and its NUL. */
#define NET_NAME_SIZE 80

/*
 * Connects to host, a name or an address without brackets, trying each of
 * its addresses for at most timeout_ms. Returns a non-blocking, close-on-exec
 * socket with TCP_NODELAY, or ERR_RESOLVE, ERR_NO_RESOLVER, ERR_TIMEOUT,
 * ERR_SYS: of the last address, but rather of one whose failure is not ours.
 * name is then that address, as net_name writes it.
 */
int net_connect(const char *host, int port, int timeout_ms,
		char name[static NET_NAME_SIZE]);

/*
 * Whether a failure of net_connect, r and its errno, tells of this machine,
 * which has no network, say, and nothing of the host.
 */
int net_error_is_ours(int r, int error);

/*
 * Appends the addresses of host, a name or an address without brackets, as
 * net_name writes them. Returns 0, ERR_RESOLVE or ERR_NO_RESOLVER.
 */
int net_resolve(const char *host, int port, struct args *addresses);

/*
 * A copy of the first len bytes of host, without the brackets that may stand
 * around an IPv6 address. Yours to free.
 */
char *net_without_brackets(const char *host, size_t len);

/*
 * Opens non-blocking, close-on-exec listening sockets on every address of
 * host, a name or an address, in brackets or not; a link-local one needs its
 * scope, as in fe80::1%eth0. NULL or "::" means all, dual stack where the
 * system has it. port 0 lets the kernel pick, one port for all of them. Sets
 * fds[0..] and returns how many, at most max, or ERR_RESOLVE, ERR_NO_RESOLVER
 * or ERR_SYS, with nothing left open.
 */
int net_listen(const char *host, int port, int *fds, int max);

/*
 * Accepts a client: a non-blocking, close-on-exec socket, and its address,
 * unmapped (AF_UNSPEC if it has none). Returns the fd or ERR_SYS; EAGAIN
 * means that there is none now.
 */
int net_accept(int listener, struct sockaddr_storage *addr);

/* The port that a socket is bound to, or ERR_SYS. */
int net_local_port(int fd);

/*
 * Our end of the connection at fd, as net_name writes it; an IPv4 address is
 * one also where the socket is IPv6. "" if fd is no such socket.
 */
void net_local_name(int fd, char name[static NET_NAME_SIZE]);

/* Turns ::ffff:a.b.c.d into a.b.c.d, and leaves every other address alone. */
void net_unmap(struct sockaddr_storage *addr);

/* "ADDRESS:PORT"; an IPv6 address stands in brackets. */
void net_name(const struct sockaddr *addr, char name[static NET_NAME_SIZE]);

#endif
