/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/stats.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/args.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "base/net.h"
#include "base/sig.h"
#include "daemon/history.h"
#include "daemon/statsserver.h"
#include "daemon/tether.h"

/* How long to wait before it is started again; who lived long is forgiven. */
#define FIRST_PAUSE_MS 100
#define LONGEST_PAUSE_MS 60000
#define LONG_LIFE_MS 60000

/*
 * This machine, by both families, of which it may lack one; but a port that is
 * taken in one is another server's.
 */
static int
open_loopback(struct listeners *listeners, int port)
{
	static const char *const addresses[] = { "127.0.0.1", "::1" };
	size_t i;
	int r;

	for (i = 0; i < sizeof addresses / sizeof *addresses; i++) {
		r = net_listen(addresses[i], port,
			       listeners->fds + listeners->count, 1);
		if (r == ERR_SYS && errno == EADDRINUSE)
			break;
		if (r < 0)
			continue;
		listeners->count++;
		if (port == 0)
			port = net_local_port(listeners->fds[0]);
	}
	if (i == 2 && listeners->count > 0)
		return 0;
	log_error_r(r, "cannot listen on port %d for statistics", port);
	return -1;
}

static int
open_listeners(struct stats *stats, const struct args *addresses, int port)
{
	return addresses->count > 0 ?
		       listen_open(&stats->listeners, addresses, port) :
		       open_loopback(&stats->listeners, port);
}

int
stats_open(struct stats *stats, const struct args *addresses, int port)
{
	stats->listeners.count = 0;
	stats->history = NULL;
	stats->pid = 0;
	stats->start_at = 0;
	stats->pause_ms = 0;
	stats->restarting = 0;
	if (open_listeners(stats, addresses, port) < 0) {
		stats_close(stats);
		return -1;
	}
	stats->history = history_open();
	if (stats->history == NULL) {
		log_error_r(ERR_SYS, "cannot keep statistics");
		stats_close(stats);
		return -1;
	}
	log_info("statistics are on port %d",
		 net_local_port(stats->listeners.fds[0]));
	return 0;
}

/* Signals that this process catches say nothing to the new one. */
static void
become_server(const struct stats *stats, pid_t parent)
{
	static const int usual[] = { SIGTERM, SIGINT, SIGCHLD, SIGALRM };
	sigset_t none;
	size_t i;

	for (i = 0; i < sizeof usual / sizeof *usual; i++)
		sig_default(usual[i]);
	sig_ignore(SIGHUP);
	sig_ignore(SIGPIPE);
	/* What is read from the pipe is for the one that caught it. */
	sig_open();
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (tether_to_parent(parent) < 0)
		_exit(EXIT_SUCCESS);
	if (stats->let_go != NULL)
		stats->let_go(stats->context);
	statsserver_run(stats, parent);
}

/* Returns the process's id, or ERR_SYS. */
static pid_t
start(const struct stats *stats)
{
	const pid_t self = getpid();
	sigset_t all, before;
	pid_t pid;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	pid = fork();
	if (pid == 0)
		become_server(stats, self);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return pid < 0 ? ERR_SYS : pid;
}

static void
postpone(struct stats *stats)
{
	int pause = stats->pause_ms * 2;

	if (pause < FIRST_PAUSE_MS ||
	    clock_ms() - stats->started_ms > LONG_LIFE_MS)
		pause = FIRST_PAUSE_MS;
	stats->pause_ms = pause < LONGEST_PAUSE_MS ? pause : LONGEST_PAUSE_MS;
	stats->start_at = clock_after(stats->pause_ms);
}

int64_t
stats_tend(struct stats *stats)
{
	pid_t pid;

	if (stats->listeners.count == 0 || stats->pid > 0)
		return CLOCK_NEVER;
	if (clock_left(stats->start_at) > 0)
		return stats->start_at;
	stats->started_ms = clock_ms();
	pid = start(stats);
	if (pid > 0) {
		stats->pid = pid;
		log_info("process %ld serves statistics", (long)pid);
		return CLOCK_NEVER;
	}
	log_warn_r(ERR_SYS, "cannot start the statistics server");
	postpone(stats);
	return stats->start_at;
}

int
stats_bury(struct stats *stats, pid_t pid, int status)
{
	if (stats->pid == 0 || pid != stats->pid)
		return 0;
	stats->pid = 0;
	if (stats->restarting) {
		stats->restarting = 0;
		stats->start_at = clock_ms();
		return 1;
	}
	postpone(stats);
	if (stats->listeners.count > 0)
		log_warn("the statistics server ended with status 0x%x; "
			 "another is started in %d ms", (unsigned)status,
			 stats->pause_ms);
	return 1;
}

void
stats_restart(struct stats *stats)
{
	if (stats->pid == 0)
		return;
	stats->restarting = 1;
	kill(stats->pid, SIGTERM);
}

void
stats_stop(struct stats *stats)
{
	listen_close(&stats->listeners);
	if (stats->pid > 0)
		kill(stats->pid, SIGTERM);
}

void
stats_close(struct stats *stats)
{
	listen_close(&stats->listeners);
	history_close(stats->history);
	stats->history = NULL;
}
