/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_INCLUDE_SERVER_H
#define CLIENT_INCLUDE_SERVER_H

#include <stdint.h>

struct agent_plan;
struct args;
struct buf;

/*
 * Asks an include server of distcc 3.x, which listens at socket, for the files
 * of a command; it names files that hold what is to be sent. Sets entries of
 * plan, which is fresh; their bodies are appended to bodies, and count from
 * its beginning. Returns 0, ERR_DENIED if the server does not know, or what
 * agent_socket_connect and conn_read_string do.
 */
int include_server_ask(const char *socket, const char *cwd,
		       const struct args *args, int64_t deadline,
		       struct agent_plan *plan, struct buf *bodies);

#endif
