/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/local.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/err.h"
#include "base/log.h"
#include "base/path.h"
#include "base/proc.h"
#include "base/sig.h"
#include "client/masquerade.h"
#include "client/settings.h"

/* The child that runs now, for the signal handler; 0: none. */
static volatile sig_atomic_t running;

void
local_forward_signal(int signo)
{
	if (running > 0)
		kill((pid_t)running, signo);
}

/*
 * The program that a compiler's name means, passing over links to this
 * program: with masquerade directories in PATH, "distcc gcc" finds the real
 * gcc at once.
 */
static char *
find_program(const struct settings *settings, const char *name)
{
	char *path = NULL;

	if (strchr(name, '/') == NULL)
		path = path_find_program(name, settings->path,
					 masquerade_is_link);
	return path != NULL ? path : xstrdup(name);
}

static void
log_command(const char *path, const struct args *command)
{
	char *text;

	if (log_level() < LOG_INFO)
		return;
	text = args_text(command);
	log_info("exec %s: %s", path, text);
	free(text);
}

static int
run(struct proc *proc, int *status)
{
	pid_t pid;
	int r;

	r = proc_start(proc, &pid);
	if (r < 0)
		return r;
	running = (sig_atomic_t)pid;
	r = proc_wait(pid, status);
	running = 0;
	return r;
}

static int
run_found(const struct settings *settings, const struct args *command,
	  struct proc *proc, int *status)
{
	char *path = find_program(settings, command->v[0]);
	int r;

	log_command(path, command);
	settings_export_recursion(settings);
	proc->path = path;
	proc->argv = command->v;
	r = run(proc, status);
	if (r < 0)
		log_error_r(r, "failed to exec %s", command->v[0]);
	free(path);
	return r;
}

int
local_run(const struct settings *settings, const struct args *command,
	  int *status)
{
	struct proc proc = PROC_INIT;

	return run_found(settings, command, &proc, status);
}

int
local_preprocess(const struct settings *settings, const struct args *command,
		 const struct local_sink *sink, int *status)
{
	struct proc proc = PROC_INIT;
	int saved, r;

	proc.fds[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (proc.fds[0] < 0)
		return ERR_SYS;
	proc.fds[1] = sink->stdout_fd;
	proc.fds[2] = sink->stderr_fd;
	proc.keep_fd = sink->keep_fd;
	r = run_found(settings, command, &proc, status);
	saved = errno;
	close(proc.fds[0]);
	errno = saved;
	return r;
}

int
local_exec(const struct settings *settings, const struct args *command)
{
	char *path = find_program(settings, command->v[0]);

	log_command(path, command);
	settings_export_recursion(settings);
	sig_default(SIGPIPE);
	execvp(path, command->v);
	log_error_r(ERR_SYS, "failed to exec %s", command->v[0]);
	free(path);
	return ERR_SYS;
}
