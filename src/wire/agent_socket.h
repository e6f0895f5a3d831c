/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef WIRE_AGENT_SOCKET_H
#define WIRE_AGENT_SOCKET_H

#include <stdint.h>

/*
 * Where a user's distcc-agent listens: a socket in a directory that nobody
 * else can write to, whose name has AGENT_VERSION, so that agents of different
 * versions live side by side, and this process's root, since an agent that
 * sees another one would look at other files.
 */

/*
 * The directory, which need not exist: chosen is DISTCC_DIR, runtime is
 * XDG_RUNTIME_DIR, home is ~/.distcc, each NULL if there is none, and the
 * first absolute one has it: to an agent and its clients, each in a directory
 * of its own, no other is the same. Yours to free; NULL if there is none.
 */
char *agent_socket_dir(const char *chosen, const char *runtime,
		       const char *home);

/* The socket in dir. Yours to free. */
char *agent_socket_path(const char *dir);

/*
 * Connects, waiting until deadline where a queue is full; then the peer must
 * be of our own user. Returns a socket, non-blocking and close-on-exec, or
 * ERR_SYS, ERR_TIMEOUT, ERR_LIMIT (path does not fit into an address) or
 * ERR_DENIED (the socket is somebody else's).
 */
int agent_socket_connect(const char *path, int64_t deadline);

/*
 * Makes a socket that listens at path, mode 0600, in place of what is there;
 * nobody sees it before it listens. Returns it, non-blocking and
 * close-on-exec, or ERR_SYS or ERR_LIMIT.
 */
int agent_socket_listen(const char *path);

#endif
