/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/choose.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "base/clock.h"
#include "base/err.h"
#include "farm/backoff.h"
#include "farm/hosts.h"
#include "unit.h"

#define LONG_MS 20000

static struct choose_rules rules = { ".", 50, 60, NULL, NULL };
static struct hosts hosts = HOSTS_INIT;
static struct choose_list list = CHOOSE_LIST_INIT;

static void
list_hosts(const char *text)
{
	hosts_parse(&hosts, text);
	ck_assert_uint_eq(hosts.complaints.count, 0);
	choose_list_fill(&list, &hosts, &rules);
}

static void
clear_lists(void)
{
	choose_list_clear(&list);
	hosts_clear(&hosts);
}

/*
 * Locks belong to processes: a child chooses, says what it got, and holds it
 * until it is killed.
 */
static pid_t
start_chooser(char *answer, size_t room)
{
	struct slot slot = SLOT_INIT;
	struct choose_entry *entry;
	int ends[2];
	ssize_t n;
	pid_t pid;

	ck_assert_int_eq(pipe(ends), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		entry = choose_host(&list, &rules, &slot);
		dprintf(ends[1], "%s %d",
			entry == NULL ? "none" : entry->host->name,
			slot.number);
		poll(NULL, 0, -1);
	}
	close(ends[1]);
	n = read(ends[0], answer, room - 1);
	ck_assert_int_gt(n, 0);
	answer[n] = '\0';
	close(ends[0]);
	return pid;
}

static void
kill_chooser(pid_t pid)
{
	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
}

START_TEST(hosts_are_filled_breadth_first)
{
	static const char *const order[] = { "a 0", "b 0", "localhost 0",
					     "a 1", "localhost 1", "a 2" };
	char answer[100];
	pid_t pids[6];
	int i;

	list_hosts("a/3 gone/9,down b/1 localhost/2");
	for (i = 0; i < 6; i++) {
		pids[i] = start_chooser(answer, sizeof answer);
		ck_assert_str_eq(answer, order[i]);
	}
	/* What gets free first is taken next, be it the last in order. */
	kill_chooser(pids[4]);
	pids[4] = start_chooser(answer, sizeof answer);
	ck_assert_str_eq(answer, order[4]);
	for (i = 0; i < 6; i++)
		kill_chooser(pids[i]);
	clear_lists();
}
END_TEST

START_TEST(while_all_are_taken_it_waits_for_any)
{
	struct slot slot = SLOT_INIT;
	const struct choose_entry *entry;
	char answer[100];
	pid_t pids[3], killer;
	int64_t start;
	int i;

	list_hosts("a/2 b/1");
	for (i = 0; i < 3; i++)
		pids[i] = start_chooser(answer, sizeof answer);
	start = clock_ms();
	killer = fork();
	ck_assert_int_ge(killer, 0);
	if (killer == 0) {
		poll(NULL, 0, 100);
		_exit(kill(pids[_i], SIGKILL) == 0 ? 0 : 1);
	}
	entry = choose_host(&list, &rules, &slot);
	ck_assert_ptr_nonnull(entry);
	ck_assert_str_eq(entry->host->name, _i == 1 ? "b" : "a");
	ck_assert_int_eq(slot.number, _i == 2 ? 1 : 0);
	ck_assert_int_lt(clock_ms() - start, LONG_MS / 2);
	slot_release(&slot);
	for (i = 0; i < 3; i++)
		kill(pids[i], SIGKILL);
	while (wait(NULL) > 0)
		;
	clear_lists();
}
END_TEST

START_TEST(without_usable_hosts_there_is_no_choice)
{
	static const char *const none[] = { "", "a,down", "a,down b,down" };
	struct slot slot = SLOT_INIT;

	list_hosts(none[_i]);
	ck_assert_ptr_null(choose_host(&list, &rules, &slot));
	ck_assert_int_eq(slot.fd, -1);
	clear_lists();
}
END_TEST

START_TEST(some_jobs_go_only_to_hosts_that_take_sources)
{
	struct slot slot = SLOT_INIT;

	list_hosts("a,lzo localhost b,lzo,cpp c,lzo,cpp,down");
	ck_assert_uint_eq(choose_keep_cpp(&list), 1);
	ck_assert_str_eq(choose_host(&list, &rules, &slot)->host->name, "b");
	slot_release(&slot);
	clear_lists();
	list_hosts("a,lzo localhost");
	ck_assert_uint_eq(choose_keep_cpp(&list), 0);
	ck_assert_ptr_null(choose_host(&list, &rules, &slot));
}
END_TEST

START_TEST(hosts_that_were_tried_are_passed_over)
{
	struct slot slot = SLOT_INIT;

	/* However often a host is listed, it is one. */
	list_hosts("a b c a/2 b,lzo");
	choose_drop(&list, &list.v[0]);
	ck_assert_ptr_eq(choose_host(&list, &rules, &slot), &list.v[1]);
	slot_release(&slot);
	choose_drop(&list, &list.v[1]);
	ck_assert_ptr_eq(choose_host(&list, &rules, &slot), &list.v[2]);
	slot_release(&slot);
	choose_drop(&list, &list.v[2]);
	ck_assert_ptr_null(choose_host(&list, &rules, &slot));
	clear_lists();
}
END_TEST

static void
mark(const char *lock_name, const char *file, time_t age)
{
	struct timespec times[2] = { { .tv_sec = time(NULL) - age },
				     { .tv_sec = time(NULL) - age } };

	ck_assert_int_eq(backoff_mark(".", lock_name, 60), 0);
	ck_assert_int_eq(utimensat(AT_FDCWD, file, times, 0), 0);
}

static const struct {
	int period, usable, looks;
} periods[] = { { 0, 1, 0 }, { 20, 1, 1 }, { 60, 0, 1 } };

START_TEST(marks_are_heeded_while_they_are_new)
{
	mark("tcp_a_3632", "backoff_tcp_a_3632_0", 30);
	mark("tcp_b_3632", "backoff_tcp_b_3632_0", 90);
	rules.backoff_period = periods[_i].period;
	list_hosts("a b c");
	ck_assert_int_eq(list.v[0].usable, periods[_i].usable);
	ck_assert_int_eq(list.v[1].usable, 1);
	ck_assert_int_eq(list.v[2].usable, 1);
	/* With a period of 0 nobody looks. */
	ck_assert_int_eq(list.v[0].marked, periods[_i].looks);
	ck_assert_int_eq(list.v[1].marked, periods[_i].looks);
	ck_assert_int_eq(list.v[2].marked, 0);
	clear_lists();
}
END_TEST

static const struct {
	enum choose_news news;
	enum backoff check;
} news[] = {
	{ CHOOSE_WELL, BACKOFF_NONE },
	{ CHOOSE_FAILED, BACKOFF_ACTIVE },
	{ CHOOSE_NO_NEWS, BACKOFF_OLD },
};

START_TEST(what_failed_in_the_meantime_is_not_chosen)
{
	struct slot slot = SLOT_INIT;

	list_hosts("a b");
	mark("tcp_a_3632", "backoff_tcp_a_3632_0", 0);
	ck_assert_ptr_eq(choose_host(&list, &rules, &slot), &list.v[1]);
	ck_assert_int_eq(list.v[0].usable, 0);
	slot_release(&slot);
	mark("tcp_b_3632", "backoff_tcp_b_3632_0", 0);
	errno = EIO;
	ck_assert_ptr_null(choose_host(&list, &rules, &slot));
	ck_assert_int_eq(errno, 0);
	ck_assert_int_eq(slot.fd, -1);
	clear_lists();
}
END_TEST

START_TEST(one_job_goes_to_a_host_that_failed_once)
{
	struct slot slot = SLOT_INIT;
	char answer[100];
	pid_t pids[2];

	mark("tcp_a_3632", "backoff_tcp_a_3632_0", 90);
	list_hosts("a/4 b/4");
	pids[0] = start_chooser(answer, sizeof answer);
	ck_assert_str_eq(answer, "a 0");
	/* Though it has slots enough. */
	pids[1] = start_chooser(answer, sizeof answer);
	ck_assert_str_eq(answer, "b 0");
	kill_chooser(pids[1]);
	kill_chooser(pids[0]);
	ck_assert_ptr_eq(choose_host(&list, &rules, &slot), &list.v[0]);
	ck_assert_int_ge(list.v[0].try_fd, 0);
	ck_assert_int_eq(choose_tell(&list.v[0], &rules, news[_i].news), 0);
	ck_assert_int_eq(list.v[0].try_fd, -1);
	slot_release(&slot);
	ck_assert_int_eq(backoff_check(".", "tcp_a_3632", 60), news[_i].check);
	clear_lists();
}
END_TEST

START_TEST(without_a_period_nobody_is_marked)
{
	struct slot slot = SLOT_INIT;

	rules.backoff_period = 0;
	list_hosts("a");
	ck_assert_ptr_eq(choose_host(&list, &rules, &slot), &list.v[0]);
	ck_assert_int_eq(choose_tell(&list.v[0], &rules, CHOOSE_FAILED), 0);
	ck_assert_int_ne(access("backoff_tcp_a_3632_0", F_OK), 0);
	slot_release(&slot);
	clear_lists();
}
END_TEST

START_TEST(where_nothing_can_be_locked_errno_says_why)
{
	struct slot slot = SLOT_INIT;

	rules.lock_dir = "missing";
	list_hosts("a b");
	errno = 0;
	ck_assert_ptr_null(choose_host(&list, &rules, &slot));
	ck_assert_int_eq(errno, ENOENT);
	errno = 0;
	ck_assert_int_eq(choose_local(&rules, 2, &slot), ERR_SYS);
	ck_assert_int_eq(errno, ENOENT);
	clear_lists();
}
END_TEST

START_TEST(local_slots_are_those_of_localhost)
{
	struct slot slot = SLOT_INIT;
	char answer[100];
	pid_t pids[2];

	list_hosts("localhost/2");
	pids[0] = start_chooser(answer, sizeof answer);
	pids[1] = start_chooser(answer, sizeof answer);
	ck_assert_int_eq(choose_local(&rules, 3, &slot), 0);
	ck_assert_int_eq(slot.number, 2);
	ck_assert_int_eq(access("cpu_localhost_2", F_OK), 0);
	slot_release(&slot);
	kill_chooser(pids[0]);
	kill_chooser(pids[1]);
	clear_lists();
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, hosts_are_filled_breadth_first);
	tcase_add_loop_test(tcase, while_all_are_taken_it_waits_for_any, 0, 3);
	tcase_add_loop_test(tcase, without_usable_hosts_there_is_no_choice, 0,
			    3);
	tcase_add_test(tcase,
		       some_jobs_go_only_to_hosts_that_take_sources);
	tcase_add_test(tcase, hosts_that_were_tried_are_passed_over);
	tcase_add_loop_test(tcase, marks_are_heeded_while_they_are_new, 0,
			    COUNT_OF(periods));
	tcase_add_test(tcase, what_failed_in_the_meantime_is_not_chosen);
	tcase_add_loop_test(tcase, one_job_goes_to_a_host_that_failed_once, 0,
			    COUNT_OF(news));
	tcase_add_test(tcase, without_a_period_nobody_is_marked);
	tcase_add_test(tcase, where_nothing_can_be_locked_errno_says_why);
	tcase_add_test(tcase, local_slots_are_those_of_localhost);
}

int
main(void)
{
	return unit_run("choose", add_tests);
}
