/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_LAUNCH_H
#define CLIENT_LAUNCH_H

#include <stdint.h>

struct settings;

/* The number that a listening socket has in the agent. */
#define LAUNCH_FD 3

/*
 * Starts distcc-agent for a socket that listens at path, as a process that is
 * nobody's child, and has nothing of this one but the environment and the
 * socket: no stream that somebody reads until it is closed, no token of a
 * make. Waits, until deadline, for no more than that it runs. Returns 0,
 * ERR_MISSING if there is no such program, ERR_TIMEOUT or ERR_SYS.
 */
int launch_agent(const struct settings *settings, const char *path,
		 int listener, int64_t deadline);

#endif
