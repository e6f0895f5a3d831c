/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_SERVE_H
#define DAEMON_SERVE_H

#include <stdint.h>
#include <sys/resource.h>

#include "daemon/board.h"

struct contents;
struct options;
struct policy;
struct prefixmap;
struct settings;
struct workdir;

/* What serving a client needs to know; all of it is borrowed. */
struct serve {
	const struct options *options;
	const struct settings *settings;
	const struct policy *policy;
	const struct workdir *workdir;
	struct board *board;
	struct slot *slot;	/* of this process */
	int null_fd;		/* /dev/null, for the compilers to read */
	int sig_fd;		/* from sig_open; signals there end the job */
	int stop_signal;	/* one that came, or 0 */
	struct rlimit files;	/* RLIMIT_NOFILE of workers; 0: as it is */

	/* a worker and its parent; control_fd is -1 in other processes */
	int control_fd;
	int report_fd;
	int slot_number;
	uint32_t job_number;
	enum refusal refusal;	/* what the client is to be told, or NONE */

	/* what this process remembers of jobs of version 3; NULL: nothing */
	struct contents *contents;
	struct prefixmap *prefixmap;
};

/*
 * Serves the job of one client, from its first byte to the log's line about
 * it. The fds stay the caller's; peer is what the log calls the client.
 * Returns an EXITCODE_*. Afterwards no file and no process of the job is
 * left, and the slot has what became of it.
 */
int serve_client(struct serve *serve, int in, int out, const char *peer);

#endif
