/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_LOCAL_H
#define CLIENT_LOCAL_H

struct args;
struct settings;
struct slot;

/*
 * Compilers on this machine. Each function returns 0 when the compiler ran,
 * or ERR_SYS if it could not be executed.
 */

/*
 * Runs command, with everything as this process has it, and sets *status to
 * its wait status. slot, in which it runs, may be NULL; it is settled when
 * the compiler has been started.
 */
int local_run(const struct settings *settings, const struct args *command,
	      struct slot *slot, int *status);

/* Where a preprocessor's output goes. */
struct local_sink {
	int stdout_fd;
	int stderr_fd;
	int keep_fd;	/* what else it shall inherit, or -1 */
};

/* The same without input, its output going to sink. */
int local_preprocess(const struct settings *settings,
		     const struct args *command, const struct local_sink *sink,
		     struct slot *slot, int *status);

/* Becomes command. Returns only if that fails, with ERR_SYS. */
int local_exec(const struct settings *settings, const struct args *command);

/* Passes a signal on to the compiler that runs now. For signal handlers. */
void local_forward_signal(int signo);

#endif
