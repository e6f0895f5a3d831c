/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/backoff.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "base/err.h"
#include "base/file.h"
#include "base/lock.h"
#include "unit.h"

#define HOST "tcp_h_3632"
#define MARK "backoff_tcp_h_3632_0"

/* Makes the mark look as if it was made so long ago. */
static void
age_mark(time_t seconds)
{
	struct timespec times[2] = { { .tv_sec = time(NULL) - seconds },
				     { .tv_sec = time(NULL) - seconds } };

	ck_assert_int_eq(utimensat(AT_FDCWD, MARK, times, 0), 0);
}

START_TEST(a_host_without_a_mark_is_fine)
{
	ck_assert_int_eq(backoff_check(".", HOST, 60), BACKOFF_NONE);
	ck_assert_int_eq(backoff_check("missing", HOST, 60), BACKOFF_NONE);
	backoff_clear(".", HOST);
	ck_assert_int_eq(backoff_check(".", HOST, 60), BACKOFF_NONE);
}
END_TEST

START_TEST(a_mark_is_the_file_of_old)
{
	struct buf text = BUF_INIT;

	ck_assert_int_eq(backoff_mark(".", HOST, 60), 0);
	ck_assert_int_eq(file_read(MARK, 10, &text), 0);
	ck_assert_str_eq(text.data, "x");
	ck_assert_int_eq(backoff_check(".", HOST, 60), BACKOFF_ACTIVE);
	ck_assert_int_eq(backoff_check(".", "tcp_h_3633", 60), BACKOFF_NONE);
	backoff_clear(".", HOST);
	ck_assert_int_ne(access(MARK, F_OK), 0);
	buf_clear(&text);
}
END_TEST

static const struct {
	time_t age;
	int period;
	enum backoff check;
} ages[] = {
	{ 0, 60, BACKOFF_ACTIVE },
	{ 50, 60, BACKOFF_ACTIVE },
	{ 60, 60, BACKOFF_OLD },
	{ 61, 60, BACKOFF_OLD },
	{ 100, 60, BACKOFF_OLD },
	{ 100, 1000, BACKOFF_ACTIVE },
	{ 5, 1, BACKOFF_OLD },
	{ 100000, 60, BACKOFF_OLD },
	/* Clocks of two machines differ, but not by much. */
	{ -2, 60, BACKOFF_ACTIVE },
	{ -100, 60, BACKOFF_OLD },
	{ -100000, 60, BACKOFF_OLD },
};

START_TEST(a_mark_counts_for_the_period)
{
	ck_assert_int_eq(backoff_mark(".", HOST, 60), 0);
	age_mark(ages[_i].age);
	ck_assert_int_eq(backoff_check(".", HOST, ages[_i].period),
			 ages[_i].check);
}
END_TEST

START_TEST(a_new_failure_makes_the_mark_new)
{
	ck_assert_int_eq(backoff_mark(".", HOST, 60), 0);
	age_mark(100);
	ck_assert_int_eq(backoff_check(".", HOST, 60), BACKOFF_OLD);
	ck_assert_int_eq(backoff_mark(".", HOST, 60), 0);
	ck_assert_int_eq(backoff_check(".", HOST, 60), BACKOFF_ACTIVE);
}
END_TEST

static void
expect_content(const char *expected)
{
	struct buf text = BUF_INIT;

	ck_assert_int_eq(file_read(MARK, 100, &text), 0);
	ck_assert_str_eq(text.data, expected);
	buf_clear(&text);
}

START_TEST(each_failure_after_the_time_doubles_it_up_to_an_hour)
{
	static const struct {
		const char *content;
		time_t seconds;
	} steps[] = { { "x", 60 }, { "x2", 120 }, { "x3", 240 },
		      { "x4", 480 }, { "x5", 960 }, { "x6", 1920 },
		      { "x7", 3600 }, { "x8", 3600 } };
	int i;

	for (i = 0; i < COUNT_OF(steps); i++) {
		ck_assert_int_eq(backoff_mark(".", HOST, 60), 0);
		/* Seen by many jobs at once, it is one failure. */
		ck_assert_int_eq(backoff_mark(".", HOST, 60), 0);
		expect_content(steps[i].content);
		age_mark(steps[i].seconds - 20);
		ck_assert_int_eq(backoff_check(".", HOST, 60), BACKOFF_ACTIVE);
		age_mark(steps[i].seconds);
		ck_assert_int_eq(backoff_check(".", HOST, 60), BACKOFF_OLD);
	}
	for (i = 0; i < 20; i++) {
		age_mark(4000);
		ck_assert_int_eq(backoff_mark(".", HOST, 60), 0);
	}
	expect_content("x16");
	age_mark(3600);
	ck_assert_int_eq(backoff_check(".", HOST, 60), BACKOFF_OLD);
	/* A period that is longer than that is as long as it is. */
	ck_assert_int_eq(backoff_check(".", HOST, 7000), BACKOFF_ACTIVE);
	age_mark(7000);
	ck_assert_int_eq(backoff_check(".", HOST, 7000), BACKOFF_OLD);
	/* Once well, it begins anew. */
	backoff_clear(".", HOST);
	ck_assert_int_eq(backoff_mark(".", HOST, 60), 0);
	expect_content("x");
}
END_TEST

static const char *const contents[] = { "", "x", "x0", "x-3", "y9", "\377",
					"x\n" };

START_TEST(what_others_wrote_is_one_failure)
{
	ck_assert_int_eq(file_write(MARK, contents[_i], strlen(contents[_i])),
			 0);
	age_mark(60);
	ck_assert_int_eq(backoff_check(".", HOST, 60), BACKOFF_OLD);
	ck_assert_int_eq(backoff_mark(".", HOST, 60), 0);
	expect_content("x2");
}
END_TEST

/* A process that tries the host until it is killed. */
static pid_t
start_trying_for(int period, int *says)
{
	int ends[2], fd;
	char byte;
	pid_t pid;

	ck_assert_int_eq(pipe(ends), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		byte = backoff_try(".", HOST, period, &fd) ? 'y' : 'n';
		if (write(ends[1], &byte, 1) != 1)
			_exit(1);
		poll(NULL, 0, -1);
	}
	close(ends[1]);
	ck_assert_int_eq(read(ends[0], &byte, 1), 1);
	close(ends[0]);
	*says = byte;
	return pid;
}

static pid_t
start_trying(int *says)
{
	return start_trying_for(60, says);
}

static void
end_trying(pid_t pid)
{
	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
}

/* A process that began to try the host at that time, until it is killed. */
static pid_t
start_locking(time_t began)
{
	int ends[2];
	char byte;
	pid_t pid;

	ck_assert_int_eq(pipe(ends), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		if (lock_try(open(MARK, O_RDWR | O_CLOEXEC), began, 1) != 1 ||
		    write(ends[1], "x", 1) != 1)
			_exit(1);
		poll(NULL, 0, -1);
	}
	close(ends[1]);
	ck_assert_int_eq(read(ends[0], &byte, 1), 1);
	close(ends[0]);
	return pid;
}

START_TEST(one_job_tries_and_the_others_keep_away)
{
	int says, fd;
	pid_t pid;

	ck_assert_int_eq(backoff_mark(".", HOST, 60), 0);
	ck_assert_int_eq(backoff_try(".", HOST, 60, &fd), 0);
	ck_assert_int_eq(fd, -1);
	age_mark(60);
	pid = start_trying(&says);
	ck_assert_int_eq(says, 'y');
	ck_assert_int_eq(backoff_check(".", HOST, 60), BACKOFF_ACTIVE);
	ck_assert_int_eq(backoff_try(".", HOST, 60, &fd), 0);
	ck_assert_int_eq(fd, -1);
	/* It was killed: that says nothing about the host. */
	end_trying(pid);
	ck_assert_int_eq(backoff_check(".", HOST, 60), BACKOFF_OLD);
	ck_assert_int_eq(backoff_try(".", HOST, 60, &fd), 1);
	ck_assert_int_eq(fcntl(fd, F_GETFD), FD_CLOEXEC);
	pid = start_trying(&says);
	ck_assert_int_eq(says, 'n');
	end_trying(pid);
	/* A failure holds from before the trying ends. */
	ck_assert_int_eq(backoff_mark(".", HOST, 60), 0);
	expect_content("x2");
	pid = start_trying(&says);
	ck_assert_int_eq(says, 'n');
	end_trying(pid);
	close(fd);
}
END_TEST

START_TEST(who_tries_for_long_is_not_waited_for)
{
	pid_t first, second;
	int says;

	ck_assert_int_eq(backoff_mark(".", HOST, 2), 0);
	age_mark(60);
	first = start_trying_for(2, &says);
	ck_assert_int_eq(says, 'y');
	ck_assert_int_eq(kill(first, SIGSTOP), 0);
	/* The time limit of the test is that of this wait. */
	while (backoff_check(".", HOST, 2) == BACKOFF_ACTIVE)
		poll(NULL, 0, 20);
	ck_assert_int_eq(backoff_check(".", HOST, 2), BACKOFF_OLD);
	second = start_trying_for(2, &says);
	ck_assert_int_eq(says, 'y');
	end_trying(first);
	/* The next one is waited for like the first. */
	ck_assert_int_eq(backoff_check(".", HOST, 20), BACKOFF_ACTIVE);
	end_trying(second);
	ck_assert_int_eq(backoff_check(".", HOST, 20), BACKOFF_OLD);
}
END_TEST

START_TEST(even_a_long_period_is_waited_for_a_minute_only)
{
	static const struct {
		time_t age;
		enum backoff check;
	} steps[] = { { 50, BACKOFF_ACTIVE }, { 61, BACKOFF_OLD } };
	pid_t pid;
	int i;

	ck_assert_int_eq(backoff_mark(".", HOST, 1000), 0);
	age_mark(1000);
	for (i = 0; i < COUNT_OF(steps); i++) {
		pid = start_locking(time(NULL) - steps[i].age);
		ck_assert_int_eq(backoff_check(".", HOST, 1000),
				 steps[i].check);
		end_trying(pid);
	}
}
END_TEST

START_TEST(of_those_who_come_at_once_one_tries)
{
	pid_t pids[8];
	int i, says, tried = 0;

	ck_assert_int_eq(backoff_mark(".", HOST, 60), 0);
	age_mark(60);
	for (i = 0; i < COUNT_OF(pids); i++) {
		pids[i] = start_trying(&says);
		tried += says == 'y';
	}
	ck_assert_int_eq(tried, 1);
	for (i = 0; i < COUNT_OF(pids); i++)
		end_trying(pids[i]);
}
END_TEST

START_TEST(a_host_that_is_well_is_gone_to_by_all)
{
	int says, fd, again;
	pid_t pid;

	ck_assert_int_eq(backoff_mark(".", HOST, 60), 0);
	age_mark(60);
	ck_assert_int_eq(backoff_try(".", HOST, 60, &fd), 1);
	backoff_clear(".", HOST);
	pid = start_trying(&says);
	ck_assert_int_eq(says, 'y');
	ck_assert_int_eq(backoff_try(".", HOST, 60, &again), 1);
	ck_assert_int_eq(again, -1);
	end_trying(pid);
	close(fd);
}
END_TEST

START_TEST(a_mark_that_cannot_be_made_is_an_error)
{
	errno = 0;
	ck_assert_int_eq(backoff_mark("missing", HOST, 60), ERR_SYS);
	ck_assert_int_eq(errno, ENOENT);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, a_host_without_a_mark_is_fine);
	tcase_add_test(tcase, a_mark_is_the_file_of_old);
	tcase_add_loop_test(tcase, a_mark_counts_for_the_period, 0,
			    COUNT_OF(ages));
	tcase_add_test(tcase, a_new_failure_makes_the_mark_new);
	tcase_add_test(tcase,
		       each_failure_after_the_time_doubles_it_up_to_an_hour);
	tcase_add_loop_test(tcase, what_others_wrote_is_one_failure, 0,
			    COUNT_OF(contents));
	tcase_add_test(tcase, one_job_tries_and_the_others_keep_away);
	tcase_add_test(tcase, who_tries_for_long_is_not_waited_for);
	tcase_add_test(tcase, even_a_long_period_is_waited_for_a_minute_only);
	tcase_add_test(tcase, of_those_who_come_at_once_one_tries);
	tcase_add_test(tcase, a_host_that_is_well_is_gone_to_by_all);
	tcase_add_test(tcase, a_mark_that_cannot_be_made_is_an_error);
}

int
main(void)
{
	return unit_run("backoff", add_tests);
}
