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
#include "client/settings.h"
#include "compiler/identity.h"
#include "farm/slot.h"

/* The child that runs now, for the signal handler; 0: none. */
static volatile sig_atomic_t running;

void
local_forward_signal(int signo)
{
	if (running > 0)
		kill((pid_t)running, signo);
}

/* A compiler's command, and what it takes to run it. */
struct program {
	char *path;	/* what to execute */
	struct args argv;
};

static int
is_own_link(const char *path)
{
	char *dir = path_dir(path);
	int is = identity_is_wrapper(dir, path_base(path));

	free(dir);
	return is;
}

/*
 * Finds the program that a compiler's name means, passing over links to this
 * program: with such links in PATH, "distcc gcc" finds the real gcc at once.
 * gcc looks for its parts by its own name; where that would lead it to one
 * of our links, it is called by its path.
 */
static void
find_program(const struct settings *settings, const struct args *command,
	     struct program *program)
{
	const char *name = command->v[0];
	char *path = NULL, *real = NULL;

	if (strchr(name, '/') == NULL)
		path = path_find_program(name, settings->path, NULL);
	if (path != NULL && is_own_link(path))
		real = path_find_program(name, settings->path,
					 identity_is_wrapper);
	program->argv = (struct args)ARGS_INIT;
	args_push(&program->argv, real != NULL ? real : name);
	args_append_argv(&program->argv, command->v + 1);
	if (real != NULL) {
		free(path);
		path = real;
	}
	program->path = path != NULL ? path : xstrdup(name);
}

static void
clear_program(struct program *program)
{
	free(program->path);
	args_clear(&program->argv);
}

static void
log_command(const struct program *program)
{
	char *text;

	if (log_level() < LOG_INFO)
		return;
	text = args_text(&program->argv);
	log_info("exec %s: %s", program->path, text);
	free(text);
}

/* Signals that end us wait until it is known what they are passed on to. */
static int
start_guarded(const struct proc *proc)
{
	sigset_t ends, before;
	pid_t pid;
	int r;

	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGHUP);
	sigprocmask(SIG_BLOCK, &ends, &before);
	r = proc_start(proc, &pid);
	if (r == 0)
		running = (sig_atomic_t)pid;
	sigprocmask(SIG_SETMASK, &before, NULL);
	return r;
}

static int
run(const struct settings *settings, const struct args *command,
    struct proc *proc, struct slot *slot, int *status)
{
	struct program program;
	int r, saved;

	find_program(settings, command, &program);
	log_command(&program);
	settings_export_recursion(settings);
	proc->path = program.path;
	proc->argv = program.argv.v;
	proc->untouched = &settings->ignored;
	r = start_guarded(proc);
	if (r == 0) {
		if (slot != NULL)
			slot_settle(slot);
		r = proc_wait((pid_t)running, status);
		running = 0;
	}
	saved = errno;
	clear_program(&program);
	errno = saved;
	return r;
}

int
local_run(const struct settings *settings, const struct args *command,
	  struct slot *slot, int *status)
{
	struct proc proc = PROC_INIT;

	return run(settings, command, &proc, slot, status);
}

int
local_preprocess(const struct settings *settings, const struct args *command,
		 const struct local_sink *sink, struct slot *slot, int *status)
{
	struct proc proc = PROC_INIT;
	int saved, r;

	proc.fds[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (proc.fds[0] < 0)
		return ERR_SYS;
	proc.fds[1] = sink->stdout_fd;
	proc.fds[2] = sink->stderr_fd;
	proc.keep_fd = sink->keep_fd;
	r = run(settings, command, &proc, slot, status);
	saved = errno;
	close(proc.fds[0]);
	errno = saved;
	return r;
}

/* As the caller had them, which ignores those in ignored. */
static void
restore_signals(const sigset_t *ignored)
{
	if (!sigismember(ignored, SIGPIPE))
		sig_default(SIGPIPE);
	if (!sigismember(ignored, SIGXFSZ))
		sig_default(SIGXFSZ);
}

int
local_exec(const struct settings *settings, const struct args *command)
{
	struct program program;
	int saved;

	find_program(settings, command, &program);
	log_command(&program);
	settings_export_recursion(settings);
	restore_signals(&settings->ignored);
	execvp(program.path, program.argv.v);
	saved = errno;
	clear_program(&program);
	errno = saved;
	return ERR_SYS;
}
