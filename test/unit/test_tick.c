/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/tick.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>

#include "base/err.h"
#include "base/sig.h"
#include "unit.h"

static volatile sig_atomic_t ticks, others;

static void
count(int signo)
{
	(void)signo;
	ticks++;
}

static void
count_other(int signo)
{
	(void)signo;
	others++;
}

/* Some systems have no such timer; then there is nothing to be tested. */
static int
has_ticks(void)
{
	int r = tick_start(1000, 1000, count, 0);

	tick_stop();
	return r == 0;
}

/* The time limit of the test is that of this wait. */
static void
await_ticks(int number)
{
	while (ticks < number)
		poll(NULL, 0, 5);
}

START_TEST(it_comes_again_and_again_until_it_is_stopped)
{
	struct sigaction action;
	int before;

	if (!has_ticks())
		return;
	ck_assert_int_eq(tick_start(1, 10, count, 0), 0);
	await_ticks(3);
	tick_stop();
	before = ticks;
	poll(NULL, 0, 50);
	ck_assert_int_eq(ticks, before);
	ck_assert_int_eq(sigaction(SIGURG, NULL, &action), 0);
	ck_assert_ptr_eq(action.sa_handler, SIG_DFL);
	tick_stop();
}
END_TEST

START_TEST(the_last_one_counts)
{
	if (!has_ticks())
		return;
	sig_handle(SIGURG, count_other, 0);
	ck_assert_int_eq(tick_start(1, 1, count_other, 0), 0);
	ck_assert_int_eq(tick_start(1, 1, count, 0), 0);
	others = 0;
	await_ticks(3);
	ck_assert_int_eq(others, 0);
	tick_stop();
	ck_assert_int_eq(raise(SIGURG), 0);
	ck_assert_int_eq(others, 1);
}
END_TEST

START_TEST(it_interrupts_what_waits)
{
	char byte;
	int ends[2];

	if (!has_ticks())
		return;
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(tick_start(20, 20, count, 1), 0);
	errno = 0;
	ck_assert_int_eq(read(ends[0], &byte, 1), -1);
	ck_assert_int_eq(errno, EINTR);
	tick_stop();
}
END_TEST

START_TEST(it_comes_though_signals_are_blocked)
{
	sigset_t all, mask;

	if (!has_ticks())
		return;
	sigfillset(&all);
	sigdelset(&all, SIGTERM);
	ck_assert_int_eq(sigprocmask(SIG_BLOCK, &all, NULL), 0);
	ck_assert_int_eq(tick_start(1, 1, count, 0), 0);
	await_ticks(1);
	tick_stop();
	ck_assert_int_eq(sigprocmask(SIG_BLOCK, NULL, &mask), 0);
	ck_assert_int_eq(sigismember(&mask, SIGURG), 1);
	ck_assert_int_eq(sigismember(&mask, SIGALRM), 1);
	ck_assert_int_eq(sigismember(&mask, SIGTERM), 0);
}
END_TEST

START_TEST(the_alarm_is_left_alone)
{
	if (!has_ticks())
		return;
	sig_handle(SIGALRM, count_other, 0);
	alarm(1000);
	ck_assert_int_eq(tick_start(1, 1, count, 0), 0);
	await_ticks(1);
	tick_stop();
	ck_assert_uint_gt(alarm(0), 900);
	ck_assert_int_eq(raise(SIGALRM), 0);
	ck_assert_int_eq(others, 1);
}
END_TEST

#ifdef RLIMIT_SIGPENDING

START_TEST(no_timer_is_an_error)
{
	struct rlimit before, none;

	ck_assert_int_eq(getrlimit(RLIMIT_SIGPENDING, &before), 0);
	none = before;
	none.rlim_cur = 0;
	ck_assert_int_eq(setrlimit(RLIMIT_SIGPENDING, &none), 0);
	ck_assert_int_eq(tick_start(1, 1, count, 0), ERR_SYS);
	tick_stop();
	/* What runs the test needs timers too. */
	ck_assert_int_eq(setrlimit(RLIMIT_SIGPENDING, &before), 0);
}
END_TEST

#endif

static void
add_tests(TCase *tcase)
{
	tcase_add_test(tcase, it_comes_again_and_again_until_it_is_stopped);
	tcase_add_test(tcase, the_last_one_counts);
	tcase_add_test(tcase, it_interrupts_what_waits);
	tcase_add_test(tcase, it_comes_though_signals_are_blocked);
	tcase_add_test(tcase, the_alarm_is_left_alone);
#ifdef RLIMIT_SIGPENDING
	tcase_add_test(tcase, no_timer_is_an_error);
#endif
}

int
main(void)
{
	return unit_run("tick", add_tests);
}
