/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_BACKGROUND_H
#define DAEMON_BACKGROUND_H

/*
 * Goes on in a process of its own. The one that was started stays until
 * background_ready, and then exits with 0, or with what the other one exited
 * with if that ended before: whoever starts the daemon knows that it serves.
 * Returns an fd for background_ready, or ERR_SYS.
 */
int background_enter(void);

/*
 * Lets go of terminal and starter: the standard fds become /dev/null, but
 * for stderr if keep_stderr says so.
 */
void background_ready(int ready_fd, int keep_stderr);

/* Writes the process id to path. An error is only logged. */
void background_write_pid(const char *path);

#endif
