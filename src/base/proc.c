/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"

extern char **environ;

static int
plan_fds(const struct proc *proc, posix_spawn_file_actions_t *actions)
{
	int i, r = 0;

	for (i = 0; r == 0 && i < 3; i++) {
		if (proc->fds[i] >= 0)
			r = posix_spawn_file_actions_adddup2(actions,
							     proc->fds[i], i);
	}
	/* A dup2 onto itself takes close-on-exec off. */
	if (r == 0 && proc->keep_fd >= 0)
		r = posix_spawn_file_actions_adddup2(actions, proc->keep_fd,
						     proc->keep_fd);
	return r;
}

static int
plan_attr(const struct proc *proc, posix_spawnattr_t *attr)
{
	static const int defaults[] = { SIGPIPE, SIGTERM, SIGCHLD, SIGALRM,
					SIGXFSZ, SIGXCPU };
	short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
	sigset_t set;
	size_t i;

	if (proc->own_group)
		flags |= POSIX_SPAWN_SETPGROUP;
	posix_spawnattr_setflags(attr, flags);
	sigemptyset(&set);
	posix_spawnattr_setsigmask(attr, &set);
	/* What else is ignored, whoever started us wants ignored. */
	for (i = 0; i < sizeof defaults / sizeof *defaults; i++) {
		if (proc->untouched == NULL ||
		    !sigismember(proc->untouched, defaults[i]))
			sigaddset(&set, defaults[i]);
	}
	if (proc->default_hup)
		sigaddset(&set, SIGHUP);
	return posix_spawnattr_setsigdefault(attr, &set);
}

int
proc_start(const struct proc *proc, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	int r;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attr);
	r = plan_fds(proc, &actions);
	if (r == 0)
		r = plan_attr(proc, &attr);
	if (r == 0)
		r = posix_spawnp(pid, proc->path, &actions, &attr, proc->argv,
				 proc->envp != NULL ? proc->envp : environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	if (r == 0)
		return 0;
	errno = r;
	return ERR_SYS;
}

int
proc_wait(pid_t pid, int *status)
{
	pid_t r;

	do
		r = waitpid(pid, status, 0);
	while (r < 0 && errno == EINTR);
	return r < 0 ? ERR_SYS : 0;
}

#ifdef HAVE_WAIT4
int
proc_wait_usage(pid_t pid, int *status, struct rusage *usage)
{
	pid_t r;

	do
		r = wait4(pid, status, 0, usage);
	while (r < 0 && errno == EINTR);
	return r < 0 ? ERR_SYS : 0;
}
#else
int
proc_wait_usage(pid_t pid, int *status, struct rusage *usage)
{
	memset(usage, 0, sizeof *usage);
	return proc_wait(pid, status);
}
#endif

int
proc_is_stopped(pid_t pid)
{
	char path[40], text[128];
	const char *state;
	ssize_t n;
	int fd;

	snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	n = read(fd, text, sizeof text - 1);
	close(fd);
	text[n > 0 ? n : 0] = '\0';
	/* "PID (NAME) STATE": a name is short, but may be any bytes. */
	state = strrchr(text, ')');
	return state != NULL && state[1] == ' ' &&
	       (state[2] == 'T' || state[2] == 't');
}

int
proc_exit_code(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) :
				   128 + WTERMSIG(status);
}
