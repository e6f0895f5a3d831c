/* SPDX-License-Identifier: GPL-2.0-or-later */
/* distcc: puts a compile on another machine, or does it here. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/sig.h"
#include "base/tmp.h"
#include "client/exitcode.h"
#include "client/job.h"
#include "client/local.h"
#include "client/masquerade.h"
#include "client/note.h"
#include "client/options.h"
#include "client/settings.h"
#include "client/state.h"

/* How many links to distcc one compile may go through. */
#define MAX_LINKS 4

static void
clean_up_and_die(int signo)
{
	local_forward_signal(signo);
	tmp_remove_all();
	state_close();
	sig_die(signo);
}

/* libiberty has it and says so, but no header of its declares it. */
extern void (*_xexit_cleanup)(void);

/* What libiberty calls when there is no memory: no verdict of a compiler. */
static void
run_out_of_memory(void)
{
	tmp_remove_all();
	state_close();
	_exit(EXIT_NO_MEMORY);
}

/* Ignores signo here; compilers get it as the caller has it. */
static void
ignore(struct settings *settings, int signo)
{
	if (sig_ignore(signo))
		sigaddset(&settings->ignored, signo);
}

static void
set_up_signals(struct settings *settings)
{
	static const int ends[] = { SIGTERM, SIGINT, SIGHUP, SIGALRM };
	struct sigaction old;
	size_t i;

	for (i = 0; i < sizeof ends / sizeof *ends; i++) {
		/* What nohup made the caller ignore stays ignored. */
		if (sigaction(ends[i], NULL, &old) < 0)
			continue;
		if (old.sa_handler == SIG_IGN)
			sigaddset(&settings->ignored, ends[i]);
		else
			sig_handle(ends[i], clean_up_and_die, 0);
	}
	ignore(settings, SIGPIPE);
	/* A limit on the size of files is no reason to die. */
	ignore(settings, SIGXFSZ);
	/* Where a caller ignores it, nobody can wait for a child. */
	sig_default(SIGCHLD);
}

static void
open_log(const struct settings *settings)
{
	if (settings->log_file != NULL) {
		if (log_to_file(settings->log_file) == 0)
			log_set_level(LOG_INFO);
		else
			log_error_r(ERR_SYS, "failed to open logfile %s",
				    settings->log_file);
	} else if (settings->log_fd >= 0 &&
		   fcntl(settings->log_fd, F_GETFD) >= 0) {
		/* A number that is free would become one of our own files. */
		log_to_fd(settings->log_fd);
	}
	if (settings->verbose)
		log_set_level(LOG_DEBUG);
	if (settings->bad_tmp_dir != NULL)
		log_info("TMPDIR is %s, which cannot be used; %s serves",
			 settings->bad_tmp_dir, settings->tmp_dir);
}

/*
 * In masquerade mode the link's own directory, and all before it, leaves
 * PATH. Returns whether that was so.
 */
static int
trim_path(struct settings *settings, const char *argv0)
{
	char *path;

	if (!masquerade_is_on(argv0))
		return 0;
	path = masquerade_trim_path(argv0, settings->path);
	if (path == NULL)
		return 0;
	settings_take_path(settings, path);
	return 1;
}

static double
seconds(const struct timeval *tv)
{
	return (double)tv->tv_sec + (double)tv->tv_usec / 1e6;
}

static void
log_exit(int code)
{
	struct rusage self, children;

	if (log_level() < LOG_INFO)
		return;
	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &children);
	log_info("exit: code %d; self: %.6f user %.6f sys; "
		 "children: %.6f user %.6f sys", code,
		 seconds(&self.ru_utime), seconds(&self.ru_stime),
		 seconds(&children.ru_utime), seconds(&children.ru_stime));
}

static int
compile(struct settings *settings, char *const *argv)
{
	struct args command = ARGS_INIT;
	int code;

	masquerade_command(argv, &command);
	if (settings->recursion > 0) {
		/* Whoever runs us holds the slots already. */
		note_nested(settings, &command);
		log_error_r(local_exec(settings, &command),
			    "failed to exec %s", command.v[0]);
		code = EXIT_NO_COMPILER;
	} else {
		if (settings_make_dirs(settings) < 0)
			log_warn_r(ERR_SYS,
				   "cannot make directories in %s "
				   "(DISTCC_DIR names another)",
				   settings->dir != NULL ? settings->dir :
							   "no home directory");
		code = job_run(settings, &command);
	}
	args_clear(&command);
	return code;
}

/*
 * Called by a name that is not ours we cut PATH, and so come to an end by
 * ourselves, however often ccache leads back to us, but for scripts that set
 * PATH anew. Called by our own name, nothing gets less.
 */
static int
is_running_in_circles(const struct settings *settings, int trimmed)
{
	return settings->recursion > (trimmed ? MAX_LINKS : 0);
}

/* complaint is about a setting that cannot be used, or NULL. */
static int
run(struct settings *settings, char *const *argv, const char *complaint)
{
	int trimmed = trim_path(settings, argv[0]);
	int code;

	if (!masquerade_is_on(argv[0]) && options_run(settings, argv, &code))
		return code;
	if (is_running_in_circles(settings, trimmed)) {
		log_critical("distcc seems to have run itself: "
			     "is the compiler's name a link to distcc?");
		return EXIT_RECURSION;
	}
	if (complaint != NULL) {
		log_error("%s", complaint);
		return EXIT_BAD_ARGUMENTS;
	}
	code = compile(settings, argv);
	log_exit(code);
	return code;
}

int
main(int argc, char **argv)
{
	struct settings settings;
	char *complaint;
	int code;

	if (argc < 1 || fd_open_standard() < 0)
		return EXIT_GENERAL;
	log_init("distcc");
	(void)settings_read(&settings, &complaint);
	open_log(&settings);
	set_up_signals(&settings);
	_xexit_cleanup = run_out_of_memory;
	atexit(tmp_remove_all);
	code = run(&settings, argv, complaint);
	free(complaint);
	settings_clear(&settings);
	return code;
}
