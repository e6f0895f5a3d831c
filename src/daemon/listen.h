/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_LISTEN_H
#define DAEMON_LISTEN_H

struct args;

#define LISTEN_MAX 64

/* The sockets on which clients come in. */
struct listeners {
	int fds[LISTEN_MAX];
	int count;
};

/* How a socket that this process was started with can be used. */
enum listen_kind {
	LISTEN_NO_SOCKET,
	LISTEN_LISTENING,
	LISTEN_CONNECTED
};

enum listen_kind listen_kind_of(int fd);

/*
 * Listens on port of the addresses; without one, on all that there are.
 * Returns 0, or -1 after the address that does not work was logged.
 */
int listen_open(struct listeners *listeners, const struct args *addresses,
		int port);

/*
 * Takes over count sockets from first on, which listen already. Returns 0,
 * or -1 after it was logged which of them does not.
 */
int listen_inherit(struct listeners *listeners, int first, int count);

/*
 * Sets what accepted sockets shall have; with defer, where the system has
 * it, a client counts as connected only when it has sent something.
 */
void listen_tune(const struct listeners *listeners, int defer);

/* Closes the sockets in this process. */
void listen_close(struct listeners *listeners);

#endif
