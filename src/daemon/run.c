/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/run.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/proc.h"
#include "base/sig.h"
#include "daemon/hangup.h"
#include "wire/limits.h"

/* How long a compiler may take to clean up after SIGTERM. */
#define GRACE_MS 1500

struct watch {
	struct run *run;
	pid_t pid;
};

static void
note_signals(struct run *run)
{
	int signo;

	for (signo = sig_next(); signo != 0; signo = sig_next()) {
		if (signo != SIGCHLD)
			run->stop_signal = signo;
	}
}

/* The dead leader stays unreaped, so that its group's number stays ours. */
static int
has_ended(pid_t pid)
{
	siginfo_t info;

	info.si_pid = 0;
	return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) < 0
	       || info.si_pid == pid;
}

static int
watch_compiler(struct watch *watch)
{
	struct run *run = watch->run;
	const int64_t deadline = run->lifetime_s == 0 ? CLOCK_NEVER :
				 clock_after(run->lifetime_s * (int64_t)1000);
	struct pollfd fds[] = {
		{ .fd = run->sig_fd, .events = POLLIN },
		{ .fd = run->client_fd, .events = POLLIN },
	};
	int n;

	for (;;) {
		n = poll(fds, 2, clock_left(deadline));
		if (n < 0 && errno != EINTR)
			return RUN_STOPPED;
		if (n != 0)
			note_signals(run);
		if (has_ended(watch->pid))
			return RUN_EXITED;
		if (run->stop_signal != 0)
			return RUN_STOPPED;
		if (n == 0 && clock_left(deadline) == 0)
			return RUN_LIFETIME;
		if (n > 0 && fds[1].revents != 0 &&
		    hangup_is_here(run->client_fd, run->stray))
			return RUN_CLIENT_GONE;
	}
}

/* Asks the group to end, and gives it a moment to do so. */
static void
ask_to_end(struct watch *watch)
{
	const int64_t deadline = clock_after(GRACE_MS);
	struct pollfd fd = { .fd = watch->run->sig_fd, .events = POLLIN };

	kill(-watch->pid, SIGTERM);
	while (!has_ended(watch->pid) && clock_left(deadline) > 0) {
		poll(&fd, 1, clock_left(deadline));
		note_signals(watch->run);
	}
}

static int64_t
micros(const struct timeval *tv)
{
	return tv->tv_sec * (int64_t)1000000 + tv->tv_usec;
}

static void
finish(struct watch *watch)
{
	struct run *run = watch->run;
	struct rusage usage = { .ru_maxrss = 0 };

	kill(-watch->pid, SIGKILL);
	(void)proc_wait_usage(watch->pid, &run->status, &usage);
	atomic_store(run->group, 0);
	run->cpu_us = micros(&usage.ru_utime) + micros(&usage.ru_stime);
	run->max_rss_kb = usage.ru_maxrss;
}

/* One limit of the compiler's processes, and what it is for this one. */
struct bound {
	int resource;
	rlim_t value;
	struct rlimit own;
};

/*
 * Only the soft limit: the hard one could not be raised again, and would end
 * this process, whose time counts as well.
 */
static int
lower(struct bound *bound)
{
	struct rlimit limit;

	if (getrlimit(bound->resource, &bound->own) < 0)
		return ERR_SYS;
	limit = bound->own;
	if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur <= bound->value)
		return 0;
	limit.rlim_cur = bound->value;
	if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < bound->value)
		limit.rlim_cur = limit.rlim_max;
	return setrlimit(bound->resource, &limit);
}

static int
plan_bounds(const struct run *run, struct bound bounds[static 3])
{
	int n = 0;

	bounds[n].resource = RLIMIT_FSIZE;
	bounds[n++].value = run->output_mb > 0 &&
			    run->output_mb < (int)(LIMIT_BULK >> 20) ?
			    (rlim_t)run->output_mb << 20 : LIMIT_BULK;
	if (run->cpu_s > 0) {
		bounds[n].resource = RLIMIT_CPU;
		bounds[n++].value = (rlim_t)run->cpu_s;
	}
	/*
	 * Not the address space: gcc behaves as its limit tells it. Our own
	 * sanitizer's shadow counts as data, and we could start nothing.
	 */
#ifndef SANITIZED
	if (run->memory_mb > 0) {
		bounds[n].resource = RLIMIT_DATA;
		bounds[n++].value = (rlim_t)run->memory_mb << 20;
	}
#endif
	return n;
}

/*
 * Starts proc with its bounds. They are not this process's own: a log may
 * well be longer than a compiler's file.
 */
static int
start_bounded(const struct run *run, const struct proc *proc, pid_t *pid)
{
	struct bound bounds[3];
	const int count = plan_bounds(run, bounds);
	int i, saved, r = 0;

	for (i = 0; i < count && r == 0; i++)
		r = lower(&bounds[i]);
	if (r == 0)
		r = proc_start(proc, pid);
	saved = errno;
	while (i > 0) {
		i--;
		(void)setrlimit(bounds[i].resource, &bounds[i].own);
	}
	errno = saved;
	return r;
}

int
run_compiler(struct run *run)
{
	struct watch watch = { .run = run };
	struct proc proc = PROC_INIT;
	int r, saved;

	proc.path = run->program;
	proc.argv = run->argv;
	proc.envp = run->envp;
	memcpy(proc.fds, run->fds, sizeof proc.fds);
	proc.own_group = 1;
	proc.default_hup = 1;
	run->stop_signal = 0;
	sig_catch(SIGCHLD);
	r = start_bounded(run, &proc, &watch.pid);
	saved = errno;
	if (r == 0) {
		atomic_store(run->group, watch.pid);
		r = watch_compiler(&watch);
		if (r != RUN_EXITED)
			ask_to_end(&watch);
		finish(&watch);
	}
	/* Nobody else waits for children here, or is to be woken by them. */
	sig_default(SIGCHLD);
	note_signals(run);
	errno = saved;
	return r;
}
