/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/watch.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/file.h"
#include "unit.h"

#define LONG_MS 20000

START_TEST(what_is_closed_after_the_start_ends_the_wait)
{
	struct watch watch = WATCH_INIT;
	int64_t start = clock_ms();

	watch_start(&watch, ".");
	if (watch.fd < 0)
		return;
	ck_assert_int_eq(file_write("other", "x", 1), 0);
	ck_assert_int_eq(file_write("cpu_1", "x", 1), 0);
	watch_wait(&watch, "cpu_", LONG_MS);
	ck_assert_int_lt(clock_ms() - start, LONG_MS / 2);
	close(watch_stop(&watch));
	ck_assert_int_eq(watch.fd, -1);
}
END_TEST

START_TEST(a_killed_owner_is_an_event_too)
{
	struct watch watch = WATCH_INIT;
	int64_t start = clock_ms();
	pid_t pid, killer;
	int fd = open("cpu_1", O_RDWR | O_CREAT | O_CLOEXEC, 0666);

	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		poll(NULL, 0, -1);
	close(fd);
	watch_start(&watch, ".");
	if (watch.fd < 0)
		return;
	killer = fork();
	ck_assert_int_ge(killer, 0);
	if (killer == 0) {
		poll(NULL, 0, 50);
		_exit(kill(pid, SIGKILL) == 0 ? 0 : 1);
	}
	watch_wait(&watch, "cpu_", LONG_MS);
	ck_assert_int_lt(clock_ms() - start, LONG_MS / 2);
	while (wait(NULL) > 0)
		;
	close(watch_stop(&watch));
}
END_TEST

static const char *const dirs[] = { ".", "missing" };

START_TEST(else_a_wait_takes_its_time)
{
	struct watch watch = WATCH_INIT;
	int64_t start;

	watch_start(&watch, dirs[_i]);
	ck_assert_int_eq(file_write("other", "x", 1), 0);
	start = clock_ms();
	watch_wait(&watch, "cpu_", 100);
	ck_assert_int_ge(clock_ms() - start, 100);
	ck_assert_int_lt(clock_ms() - start, LONG_MS / 2);
	close(watch_stop(&watch));
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, what_is_closed_after_the_start_ends_the_wait);
	tcase_add_test(tcase, a_killed_owner_is_an_event_too);
	tcase_add_loop_test(tcase, else_a_wait_takes_its_time, 0,
			    COUNT_OF(dirs));
}

int
main(void)
{
	return unit_run("watch", add_tests);
}
