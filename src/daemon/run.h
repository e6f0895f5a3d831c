/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_RUN_H
#define DAEMON_RUN_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* How a compile ended. */
enum run_end {
	RUN_EXITED,		/* by itself; status says how */
	RUN_CLIENT_GONE,
	RUN_LIFETIME,		/* it took too long */
	RUN_STOPPED		/* this daemon was told to end */
};

/* One run of a compiler, in the working directory of this process. */
struct run {
	/* What to run, and whom to watch meanwhile. */
	const char *program;
	char *const *argv;
	char *const *envp;
	int fds[3];
	int client_fd;
	size_t *stray;		/* what it sent in vain (hangup.h) */
	int sig_fd;		/* from sig_open */
	int lifetime_s;		/* 0: any time */
	int cpu_s;		/* of each process; 0: any */
	int memory_mb;		/* MiB of data of each process; 0: any */
	int output_mb;		/* MiB of each file; 0: what can be sent */
	_Atomic pid_t *group;	/* where its process group is made known */

	/* What came of it. */
	int status;		/* as from wait() */
	int64_t cpu_us;		/* its own, and that of what it waited for */
	int64_t max_rss_kb;	/* of the largest of these */
	int stop_signal;	/* a signal that says to end, or 0 */
};

/*
 * Runs it as the leader of a process group, of which nothing is left when
 * this returns, whatever the reason. Returns an enum run_end, or ERR_SYS if
 * it could not be started.
 */
int run_compiler(struct run *run);

#endif
