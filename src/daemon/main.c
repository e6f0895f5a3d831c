/* SPDX-License-Identifier: GPL-2.0-or-later */
/* distccd: compiles for others. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/net.h"
#include "base/sig.h"
#include "daemon/background.h"
#include "daemon/board.h"
#include "daemon/check.h"
#include "daemon/exitcode.h"
#include "daemon/listen.h"
#include "daemon/logging.h"
#include "daemon/options.h"
#include "daemon/notify.h"
#include "daemon/policy.h"
#include "daemon/pool.h"
#include "daemon/privilege.h"
#include "daemon/reload.h"
#include "daemon/serve.h"
#include "daemon/settings.h"
#include "daemon/solo.h"
#include "daemon/stats.h"
#include "daemon/workdir.h"

/* The first fd that socket activation passes. */
#define FIRST_PASSED_FD 3

/* Where clients come from. */
enum mode {
	MODE_STANDALONE,	/* sockets of our own */
	MODE_PASSED,		/* sockets that somebody listens on for us */
	MODE_WAIT,		/* such a socket as standard input */
	MODE_INETD		/* one client, as standard input and output */
};

struct daemon {
	struct options options;
	struct settings settings;
	struct policy policy;
	struct listeners listeners;
	struct workdir workdir;
	struct serve serve;
	struct stats stats;
	struct reload reload;
	enum mode mode;
	int has_log_file;	/* the log goes to a file, not to syslog */
	int end_signal;		/* the signal that ended it, or 0 */
};

/* Who looks at a terminal does not see what went to the log. */
static int
fail_start(const struct daemon *self, int exitcode)
{
	const struct options *options = &self->options;

	if (!options->log_stderr && !options->inetd &&
	    listen_kind_of(STDERR_FILENO) == LISTEN_NO_SOCKET)
		fprintf(stderr, "distccd: cannot start; %s says why, "
			"or --log-stderr\n", self->has_log_file ?
			options->log_file : "the system's log");
	return exitcode;
}

static enum mode
choose_mode(const struct options *options, const struct settings *settings)
{
	if (options->inetd)
		return MODE_INETD;
	if (settings->listen_fds > 0)
		return MODE_PASSED;
	if (options->standalone)
		return MODE_STANDALONE;
	switch (listen_kind_of(STDIN_FILENO)) {
	case LISTEN_LISTENING:
		return MODE_WAIT;
	case LISTEN_CONNECTED:
		return MODE_INETD;
	default:
		return MODE_STANDALONE;
	}
}

static int
check_access_rule(const struct daemon *self)
{
	if (self->mode == MODE_INETD || self->options.access.count > 0)
		return -1;
	log_error("nobody may connect: say who with --allow ADDRESS[/BITS], "
		  "or --allow-private for private networks");
	return EXITCODE_BAD_ARGUMENTS;
}

/* A daemon that is but one process lacks what takes a second one. */
static void
warn_of_idle_options(const struct daemon *self)
{
	const struct options *options = &self->options;
	const char *mode = self->mode == MODE_INETD ? "in inetd mode" :
						      "with --no-fork";

	if (self->mode != MODE_INETD && !options->no_fork)
		return;
	if (options->stats)
		log_warn("--stats has no effect %s", mode);
	if (options->balancers.count > 0)
		log_warn("--proxy-from has no effect %s: a header is taken "
			 "for a bad request", mode);
}

/* Gives up what is not needed, and finds out what this daemon may run. */
static int
settle_down(struct daemon *self)
{
	int r;

	errno = 0;
	if (nice(self->options.nice) == -1 && errno != 0)
		log_warn_r(ERR_SYS, "--nice %d", self->options.nice);
	if (privilege_drop(self->options.user) < 0)
		return EXITCODE_PRIVILEGE;
	r = logging_open(&self->options, &self->settings);
	self->has_log_file = r == 0 && self->options.log_file != NULL;
	warn_of_idle_options(self);
	if (chdir(self->settings.tmpdir) < 0) {
		log_error_r(ERR_SYS, "cannot work in %s",
			    self->settings.tmpdir);
		return EXITCODE_IO_ERROR;
	}
	reload_ready(&self->reload, &self->options, &self->settings,
		     &self->policy);
	log_info("programs are looked for in %s", self->settings.path);
	return policy_load(&self->policy, &self->settings,
			   self->options.insecure);
}

/* TMPDIR may be relative, but is the current directory now. */
static int
open_workdir(struct workdir *workdir)
{
	char *base = getcwd(NULL, 0);
	int r = base == NULL ? ERR_SYS : workdir_open(workdir, base);

	if (r < 0)
		log_error_r(r, "cannot make a directory in %s",
			    base == NULL ? "TMPDIR" : base);
	free(base);
	return r;
}

static int
catch_signals(void)
{
	int fd = sig_open();

	sig_ignore(SIGPIPE);
	/* What is too large fails, and is one job's trouble. */
	sig_ignore(SIGXFSZ);
	sig_ignore(SIGXCPU);
	sig_catch(SIGTERM);
	sig_catch(SIGINT);
	sig_catch(SIGHUP);
	return fd;
}

static int
ready_serve(struct daemon *self, int jobs, int receivers)
{
	struct serve *serve = &self->serve;

	serve->options = &self->options;
	serve->settings = &self->settings;
	serve->policy = &self->policy;
	serve->workdir = &self->workdir;
	serve->null_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	serve->sig_fd = catch_signals();
	serve->control_fd = -1;
	serve->board = board_open(jobs, receivers,
				  jobs == 1 && receivers == 0 ? 1 :
				  crew_slots(jobs + receivers));
	if (serve->null_fd < 0 || serve->sig_fd < 0 || serve->board == NULL) {
		log_error_r(ERR_SYS, "cannot start");
		return EXITCODE_GENERAL;
	}
	serve->slot = &serve->board->slots[0];
	return open_workdir(&self->workdir) < 0 ? EXITCODE_IO_ERROR : -1;
}

static void
log_outcomes(const struct board *board)
{
	struct buf line = BUF_INIT;
	int i;

	for (i = 0; i < OUTCOME_COUNT; i++)
		buf_addf(&line, "%s%s %llu", i == 0 ? "" : ", ",
			 board_outcome_name((enum outcome)i),
			 (unsigned long long)atomic_load(&board->outcomes[i]));
	log_info("jobs in all: %s", line.data);
	buf_clear(&line);
}

/* Removes what must not outlive this process. */
static void
leave(struct daemon *self)
{
	if (self->options.pid_file != NULL && self->mode != MODE_INETD)
		unlink(self->options.pid_file);
	workdir_close(&self->workdir);
	log_outcomes(self->serve.board);
	board_close(self->serve.board);
}

static int
run_inetd(struct daemon *self)
{
	struct sockaddr_storage addr;
	socklen_t len = sizeof addr;
	char name[NET_NAME_SIZE] = "NOTSOCKET";
	int r = ready_serve(self, 1, 0);

	if (r >= 0)
		return r;
	if (getpeername(STDIN_FILENO, (struct sockaddr *)&addr, &len) == 0) {
		net_unmap(&addr);
		net_name((struct sockaddr *)&addr, name);
	} else {
		addr.ss_family = AF_UNSPEC;
	}
	if (addr.ss_family != AF_UNSPEC &&
	    !access_allows(&self->options.access, (struct sockaddr *)&addr)) {
		log_error("connection from client '%s' denied by access list",
			  name);
		r = EXITCODE_DENIED;
	} else {
		r = serve_client(&self->serve, STDIN_FILENO, STDOUT_FILENO,
				 name);
	}
	self->end_signal = self->serve.stop_signal;
	leave(self);
	return r;
}

static int
find_listeners(struct daemon *self)
{
	int r;

	if (self->mode == MODE_PASSED)
		r = listen_inherit(&self->listeners, FIRST_PASSED_FD,
				   self->settings.listen_fds);
	else if (self->mode == MODE_WAIT)
		r = listen_inherit(&self->listeners, STDIN_FILENO, 1);
	else
		r = listen_open(&self->listeners, &self->options.listen,
				self->options.port);
	if (r == 0)
		listen_tune(&self->listeners, self->settings.defer_accept);
	return r;
}

/* In one process there is nobody to serve them. */
static int
find_stats_listeners(struct daemon *self)
{
	if (!self->options.stats || self->options.no_fork)
		return 0;
	return stats_open(&self->stats, &self->options.stats_listen,
			  self->options.stats_port);
}

/* Returns the signal that it ended by. */
static int
serve_all(struct daemon *self)
{
	struct pool pool = {
		.listeners = &self->listeners,
		.serve = &self->serve,
		.stats = self->options.stats ? &self->stats : NULL,
		.was_passed = self->mode != MODE_STANDALONE,
		.reload = reload_run,
		.reload_arg = &self->reload,
		.deadline = clock_after(self->options.lifetime == 0 ? -1 :
				self->options.lifetime * (int64_t)1000),
	};

	self->stats.board = self->serve.board;
	self->stats.access = &self->options.access;
	if (self->options.no_fork)
		return solo_run(&self->serve, &self->listeners,
				pool.deadline);
	return pool_run(&pool);
}

static int
run_listening(struct daemon *self)
{
	const struct options *options = &self->options;
	int r, ready_fd = -1;

	if (find_listeners(self) < 0 || find_stats_listeners(self) < 0)
		return fail_start(self, EXITCODE_BIND);
	if (!self->options.no_detach && self->mode != MODE_WAIT) {
		ready_fd = background_enter();
		if (ready_fd < 0)
			return EXITCODE_NO_MEMORY;
	}
	r = options->no_fork ? ready_serve(self, 1, 0) :
	    ready_serve(self, options->jobs, options->receivers);
	if (r >= 0)
		return fail_start(self, r);
	if (self->options.pid_file != NULL)
		background_write_pid(self->options.pid_file);
	if (ready_fd >= 0)
		background_ready(ready_fd, self->options.log_stderr);
	self->end_signal = serve_all(self);
	stats_close(&self->stats);
	leave(self);
	return EXITCODE_OK;
}

static int
check_configuration(struct daemon *self)
{
	static const char *const modes[] = {
		[MODE_STANDALONE] = "standalone",
		[MODE_PASSED] = "standalone, with sockets that were passed",
		[MODE_WAIT] = "standalone, with the socket of inetd",
		[MODE_INETD] = "inetd"
	};
	struct check check = {
		.options = &self->options,
		.settings = &self->settings,
		.mode = modes[self->mode],
		.needs_rule = self->mode != MODE_INETD,
		.own_sockets = self->mode == MODE_STANDALONE,
	};

	check_begin(&check);
	warn_of_idle_options(self);
	check.exitcode = check_access_rule(self);
	return check_end(&check);
}

/* Returns what to exit with, or sets end_signal. */
static int
run(struct daemon *self, int argc, char **argv)
{
	int r;

	reload_init(&self->reload, argc, argv);
	r = options_parse(&self->options, argc, argv);
	if (r >= 0)
		return r;
	r = settings_read(&self->settings);
	if (r >= 0)
		return r;
	self->mode = choose_mode(&self->options, &self->settings);
	if (self->options.check)
		return check_configuration(self);
	r = check_access_rule(self);
	if (r >= 0)
		return r;
	r = settle_down(self);
	if (r >= 0)
		return fail_start(self, r);
	return self->mode == MODE_INETD ? run_inetd(self) :
					  run_listening(self);
}

int
main(int argc, char **argv)
{
	struct daemon self = { .workdir = WORKDIR_INIT };
	int r;

	/* What the starter left open, a make's pipes perhaps, is not ours. */
	fd_close_from(FIRST_PASSED_FD + settings_passed_fds());
	if (fd_open_standard() < 0)
		return EXITCODE_GENERAL;
	logging_open_first();
	r = run(&self, argc, argv);
	reload_clear(&self.reload);
	policy_clear(&self.policy);
	settings_clear(&self.settings);
	options_clear(&self.options);
	if (self.end_signal != 0)
		sig_die(self.end_signal);
	return r;
}
