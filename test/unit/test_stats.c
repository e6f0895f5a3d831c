/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/stats.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/args.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/net.h"
#include "daemon/access.h"
#include "daemon/board.h"
#include "unit.h"

static struct access everyone = ACCESS_INIT;
static struct args here = ARGS_INIT;
static struct stats stats;

static void
begin(void)
{
	log_set_level(LOG_CRIT);
	stats.board = board_open(2, 0, 2);
	stats.access = &everyone;
	ck_assert_int_eq(stats_open(&stats, &here, 0), 0);
}

static void
end(void)
{
	stats_close(&stats);
	board_close(stats.board);
	args_clear(&here);
}

/* Collects the server and tells of its end. */
static void
bury(void)
{
	const pid_t pid = stats.pid;
	int status;

	ck_assert_int_gt(pid, 0);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(stats_bury(&stats, pid + 1, status), 0);
	ck_assert_int_eq(stats_bury(&stats, pid, status), 1);
	ck_assert_int_eq(stats.pid, 0);
}

START_TEST(it_listens_on_one_port_of_this_machine)
{
	int i;

	ck_assert_int_ge(stats.listeners.count, 1);
	for (i = 1; i < stats.listeners.count; i++)
		ck_assert_int_eq(net_local_port(stats.listeners.fds[i]),
				 net_local_port(stats.listeners.fds[0]));
}
END_TEST

START_TEST(a_port_in_use_is_an_error)
{
	struct stats other = { .board = stats.board };

	ck_assert_int_eq(stats_open(&other, &here, net_local_port(
					stats.listeners.fds[0])), -1);
	ck_assert_int_eq(other.listeners.count, 0);
}
END_TEST

START_TEST(so_is_a_port_that_is_in_use_in_one_family)
{
	static const char *const addresses[] = { "127.0.0.1", "::1" };
	struct stats other = { .board = stats.board };
	int fd = -1;

	if (net_listen(addresses[_i], 0, &fd, 1) < 0)
		return;
	ck_assert_int_eq(stats_open(&other, &here, net_local_port(fd)), -1);
	ck_assert_int_eq(other.listeners.count, 0);
	close(fd);
}
END_TEST

START_TEST(pauses_grow_while_it_dies)
{
	int pause = 0, i;

	for (i = 0; i < 3; i++) {
		stats.start_at = 0;
		ck_assert(stats_tend(&stats) == CLOCK_NEVER);
		kill(stats.pid, SIGKILL);
		bury();
		ck_assert_int_gt(stats.pause_ms, pause);
		pause = stats.pause_ms;
		ck_assert(stats_tend(&stats) > clock_ms() - pause);
		ck_assert_int_eq(stats.pid, 0);
	}
}
END_TEST

START_TEST(an_end_that_is_wanted_makes_no_pause)
{
	stats_tend(&stats);
	stats_restart(&stats);
	bury();
	ck_assert_int_eq(stats.pause_ms, 0);
	ck_assert(stats_tend(&stats) == CLOCK_NEVER);
	ck_assert_int_gt(stats.pid, 0);
	stats_stop(&stats);
	bury();
	ck_assert(stats_tend(&stats) == CLOCK_NEVER);
	ck_assert_int_eq(stats.pid, 0);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_test(tcase, it_listens_on_one_port_of_this_machine);
	tcase_add_test(tcase, a_port_in_use_is_an_error);
	tcase_add_loop_test(tcase, so_is_a_port_that_is_in_use_in_one_family,
			    0, 2);
	tcase_add_test(tcase, pauses_grow_while_it_dies);
	tcase_add_test(tcase, an_end_that_is_wanted_makes_no_pause);
}

int
main(void)
{
	return unit_run("stats", add_tests);
}
