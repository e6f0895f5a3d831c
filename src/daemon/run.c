/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/run.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/proc.h"
#include "base/sig.h"
#include "wire/limits.h"

/* How long a compiler may take to clean up after SIGTERM. */
#define GRACE_MS 1500

/* What a client may send into the void before it counts as gone. */
#define MAX_STRAY (64 * 1024)

struct watch {
	struct run *run;
	pid_t pid;
	size_t stray;
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

/*
 * While a compiler runs, a readable client has nothing to say but that it
 * is gone. Bytes are not expected, and dropped.
 */
static int
client_is_gone(struct watch *watch)
{
	char data[512];
	ssize_t n = read(watch->run->client_fd, data, sizeof data);

	if (n < 0)
		return errno != EAGAIN && errno != EINTR;
	watch->stray += (size_t)n;
	return n == 0 || watch->stray > MAX_STRAY;
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
		if (n > 0 && fds[1].revents != 0 && client_is_gone(watch))
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

/* What all children that were waited for have used. */
static int64_t
children_us(void)
{
	struct rusage usage;

	if (getrusage(RUSAGE_CHILDREN, &usage) < 0)
		return 0;
	return micros(&usage.ru_utime) + micros(&usage.ru_stime);
}

static void
finish(struct watch *watch)
{
	struct run *run = watch->run;
	const int64_t before = children_us();

	kill(-watch->pid, SIGKILL);
	(void)proc_wait(watch->pid, &run->status);
	atomic_store(run->group, 0);
	run->cpu_us = children_us() - before;
}

/*
 * Starts proc with a bound on the files that it writes. The bound is not this
 * process's own: a log may well be longer.
 */
static int
start_bounded(const struct proc *proc, pid_t *pid)
{
	struct rlimit own, bound;
	int r, saved;

	if (getrlimit(RLIMIT_FSIZE, &own) < 0)
		return ERR_SYS;
	bound = own;
	if (bound.rlim_cur == RLIM_INFINITY || bound.rlim_cur > LIMIT_BULK)
		bound.rlim_cur = LIMIT_BULK;
	if (setrlimit(RLIMIT_FSIZE, &bound) < 0)
		return ERR_SYS;
	r = proc_start(proc, pid);
	saved = errno;
	(void)setrlimit(RLIMIT_FSIZE, &own);
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
	r = start_bounded(&proc, &watch.pid);
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
