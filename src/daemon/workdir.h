/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_WORKDIR_H
#define DAEMON_WORKDIR_H

#include <sys/types.h>

/*
 * The daemon's own directory, BASE/distccd_PID_XXXXXX, with one directory
 * for each job in it. A file in it stays locked as long as the daemon or a
 * worker of it lives; by that the next daemon knows what was left behind.
 */
struct workdir {
	char *path;
	int lock_fd;
};

#define WORKDIR_INIT { NULL, -1 }

/*
 * Removes what dead daemons of this user left in base, and makes a new
 * directory there. base is absolute. Returns 0 or ERR_SYS.
 */
int workdir_open(struct workdir *workdir, const char *base);

/*
 * Makes the directory again if somebody removed it; without a lock, so that
 * the daemon's process id alone tells that it is in use. Returns 0, ERR_SYS,
 * or ERR_DENIED: what stands there is not ours alone.
 */
int workdir_restore(const struct workdir *workdir);

/* Removes the directory with all jobs. */
void workdir_close(struct workdir *workdir);

/*
 * What mkdtemp() makes the directory of worker's job of: other jobs, which
 * have the same rights, shall not guess its name. Yours to free.
 */
char *workdir_job_template(const struct workdir *workdir, pid_t worker);

/* Removes what a worker left behind, if it left anything. */
void workdir_sweep_job(const struct workdir *workdir, pid_t worker);

#endif
