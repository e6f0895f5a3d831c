/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_PROC_H
#define BASE_PROC_H

#include <signal.h>
#include <sys/types.h>

/* How a process is to be started. Zero and NULL mean "as this one". */
struct proc {
	const char *path;	/* what to execute: a path, or a name in PATH */
	char *const *argv;
	char *const *envp;	/* NULL: this process's environment */
	int fds[3];		/* become 0, 1 and 2; -1: as this process's */
	int keep_fd;		/* stays open under its number; -1: none */
	int own_group;		/* the child leads a process group of its own */
	int default_hup;	/* SIGHUP is ignored for this process alone */
	/* of the signals with a default: those not to touch; NULL: none */
	const sigset_t *untouched;
};

#define PROC_INIT { NULL, NULL, NULL, { -1, -1, -1 }, -1, 0, 0, NULL }

/*
 * Starts it with no signal blocked. SIGPIPE, SIGTERM, SIGCHLD, SIGALRM,
 * SIGXFSZ and SIGXCPU are at their defaults, unless they are in untouched, and
 * so is what this process catches; any other signal that it ignores stays
 * ignored, as nohup wants it, SIGHUP unless default_hup is set. Of our fds the
 * child gets those named and what is not close-on-exec. Returns 0 and sets
 * *pid, or ERR_SYS; a program that cannot be executed is such an error.
 */
int proc_start(const struct proc *proc, pid_t *pid);

/* Waits for pid and sets *status as waitpid() does. Returns 0 or ERR_SYS. */
int proc_wait(pid_t pid, int *status);

struct rusage;

/*
 * The same; usage is what it has used, and what it waited for itself. Zeros
 * where the system does not tell.
 */
int proc_wait_usage(pid_t pid, int *status, struct rusage *usage);

/*
 * Whether the process is known to be stopped, by a signal such as that of ^Z
 * or by a debugger. Without a /proc as Linux has it nobody is.
 */
int proc_is_stopped(pid_t pid);

/* What a shell makes of a wait status: the exit code, or 128 + signal. */
int proc_exit_code(int status);

#endif
