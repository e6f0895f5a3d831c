/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/tick.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/sig.h"

#ifdef HAVE_TIMER_CREATE

static struct {
	int is_on;
	timer_t timer;
	struct sigaction before;
	int was_blocked;
} tick;

static struct timespec
time_of(int ms)
{
	struct timespec time;

	time.tv_sec = ms / 1000;
	time.tv_nsec = ms % 1000 * 1000000L;
	return time;
}

static void
take_signal(void (*handler)(int), int interrupt)
{
	sigset_t set, mask;

	sigaction(SIGURG, NULL, &tick.before);
	sig_handle(SIGURG, handler, interrupt);
	sigemptyset(&set);
	sigaddset(&set, SIGURG);
	sigprocmask(SIG_UNBLOCK, &set, &mask);
	tick.was_blocked = sigismember(&mask, SIGURG) > 0;
}

int
tick_start(int first_ms, int every_ms, void (*handler)(int), int interrupt)
{
	const struct itimerspec times = { time_of(every_ms),
					  time_of(first_ms) };
	struct sigevent event;

	tick_stop();
	memset(&event, 0, sizeof event);
	event.sigev_notify = SIGEV_SIGNAL;
	event.sigev_signo = SIGURG;
	if (timer_create(CLOCK_MONOTONIC, &event, &tick.timer) < 0)
		return ERR_SYS;
	take_signal(handler, interrupt);
	tick.is_on = 1;
	return timer_settime(tick.timer, 0, &times, NULL);
}

void
tick_stop(void)
{
	sigset_t set;

	if (!tick.is_on)
		return;
	tick.is_on = 0;
	timer_delete(tick.timer);
	sigaction(SIGURG, &tick.before, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGURG);
	if (tick.was_blocked)
		sigprocmask(SIG_BLOCK, &set, NULL);
}

#else

int
tick_start(int first_ms, int every_ms, void (*handler)(int), int interrupt)
{
	(void)first_ms;
	(void)every_ms;
	(void)handler;
	(void)interrupt;
	errno = ENOSYS;
	return ERR_SYS;
}

void
tick_stop(void)
{
}

#endif
