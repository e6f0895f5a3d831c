/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_SETTINGS_H
#define DAEMON_SETTINGS_H

#include <stdint.h>

#include "base/args.h"

/* What the environment says. It is read once; nobody else asks it. */
struct settings {
	char *tmpdir;
	char *path;		/* where programs are; absolute parts only */
	char *cmdlist;		/* the file of DISTCC_CMDLIST, or NULL */
	int cmdlist_words;
	int idle_ms;		/* how long a peer may be silent */
	int defer_accept;	/* a connection counts when it has data */
	int listen_fds;		/* sockets that were passed, from 3 on */
	char *notify_socket;	/* of the service manager, or NULL */
	int64_t watchdog_us;	/* it waits so long for us; 0: it does not */
	int stderr_is_journal;	/* systemd's, which stamps lines itself */
	struct args compiler_env;	/* what each compiler inherits */
};

/* How many listening sockets were passed to this process, from fd 3 on. */
int settings_passed_fds(void);

/*
 * Reads the environment. Returns -1 if all of it makes sense, or else what
 * the daemon is to exit with, after the cause was logged.
 */
int settings_read(struct settings *settings);

/* Frees what settings holds. */
void settings_clear(struct settings *settings);

#endif
