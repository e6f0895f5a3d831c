/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_SERVE_H
#define DAEMON_SERVE_H

struct board;
struct options;
struct policy;
struct settings;
struct slot;
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
};

/*
 * Serves the job of one client, from its first byte to the log's line about
 * it. The fds stay the caller's; peer is what the log calls the client.
 * Returns an EXITCODE_*. Afterwards no file and no process of the job is
 * left.
 */
int serve_client(struct serve *serve, int in, int out, const char *peer);

#endif
