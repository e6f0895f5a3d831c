/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/line.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/sig.h"
#include "unit.h"

#define LONG_MS 20000
#define SET 4242u

/*
 * A process that stands in line, says so by a byte, says so again when nobody
 * is in front, and then stays until it is killed.
 */
struct waiter {
	pid_t pid;
	int says;
};

static struct waiter
start_waiter(uint32_t set)
{
	struct line line = LINE_INIT;
	struct waiter waiter;
	int ends[2];
	char byte;

	ck_assert_int_eq(pipe(ends), 0);
	waiter.pid = fork();
	ck_assert_int_ge(waiter.pid, 0);
	if (waiter.pid == 0) {
		if (line_join(&line, ".", set) < 0 ||
		    write(ends[1], "j", 1) != 1 ||
		    line_wait(&line, LONG_MS) != 1 ||
		    write(ends[1], "h", 1) != 1)
			_exit(1);
		poll(NULL, 0, -1);
	}
	close(ends[1]);
	ck_assert_int_eq(read(ends[0], &byte, 1), 1);
	waiter.says = ends[0];
	return waiter;
}

static int
is_at_head(const struct waiter *waiter, int ms)
{
	struct pollfd said = { .fd = waiter->says, .events = POLLIN };
	char byte;

	if (poll(&said, 1, ms) == 0)
		return 0;
	ck_assert_int_eq(read(waiter->says, &byte, 1), 1);
	return 1;
}

static void
end_waiter(const struct waiter *waiter)
{
	ck_assert_int_eq(kill(waiter->pid, SIGKILL), 0);
	ck_assert_int_eq(waitpid(waiter->pid, NULL, 0), waiter->pid);
	close(waiter->says);
}

START_TEST(the_first_is_at_the_head_at_once)
{
	struct line line = LINE_INIT;

	ck_assert_int_eq(line_is_there(".", SET), 0);
	ck_assert_int_eq(line_join(&line, ".", SET), 0);
	ck_assert_int_eq(fcntl(line.fd, F_GETFD), FD_CLOEXEC);
	ck_assert_int_eq(line_wait(&line, LONG_MS), 1);
	line_leave(&line);
	ck_assert_int_eq(line.fd, -1);
	line_leave(&line);
}
END_TEST

START_TEST(they_are_served_as_they_came)
{
	struct waiter waiters[10];
	int i;

	for (i = 0; i < 10; i++)
		waiters[i] = start_waiter(SET);
	ck_assert_int_eq(line_is_there(".", SET), 1);
	/* One in the middle does not wait any longer. */
	end_waiter(&waiters[5]);
	for (i = 0; i < 10; i++) {
		if (i == 5)
			continue;
		ck_assert_int_eq(is_at_head(&waiters[i], LONG_MS), 1);
		if (i < 9 && i != 4)
			ck_assert_int_eq(is_at_head(&waiters[i + 1], 20), 0);
		end_waiter(&waiters[i]);
	}
	ck_assert_int_eq(line_is_there(".", SET), 0);
}
END_TEST

START_TEST(the_place_is_kept_when_time_passes)
{
	struct waiter first = start_waiter(SET), last;
	struct line line = LINE_INIT;
	int64_t start = clock_ms();

	ck_assert_int_eq(is_at_head(&first, LONG_MS), 1);
	ck_assert_int_eq(line_join(&line, ".", SET), 0);
	last = start_waiter(SET);
	ck_assert_int_eq(line_wait(&line, 100), 0);
	ck_assert_int_ge(clock_ms() - start, 100);
	ck_assert_int_eq(line_wait(&line, 0), 0);
	end_waiter(&first);
	ck_assert_int_eq(line_wait(&line, LONG_MS), 1);
	ck_assert_int_eq(is_at_head(&last, 50), 0);
	line_leave(&line);
	ck_assert_int_eq(is_at_head(&last, LONG_MS), 1);
	end_waiter(&last);
}
END_TEST

static void
stop_waiter(const struct waiter *waiter)
{
	ck_assert_int_eq(kill(waiter->pid, SIGSTOP), 0);
	ck_assert_int_eq(waitpid(waiter->pid, NULL, WUNTRACED), waiter->pid);
}

START_TEST(who_is_stopped_counts_as_not_there)
{
	struct waiter first, second, third;
	struct line line = LINE_INIT;

	if (access("/proc/self/stat", R_OK) != 0)
		return;
	first = start_waiter(SET);
	ck_assert_int_eq(is_at_head(&first, LONG_MS), 1);
	second = start_waiter(SET);
	stop_waiter(&first);
	ck_assert_int_eq(line_is_there(".", SET), 1);
	ck_assert_int_eq(line_join(&line, ".", SET), 0);
	ck_assert_int_eq(line_wait(&line, 50), 0);
	stop_waiter(&second);
	ck_assert_int_eq(line_wait(&line, LONG_MS), 1);
	third = start_waiter(SET);
	ck_assert_int_eq(is_at_head(&third, 50), 0);
	line_leave(&line);
	ck_assert_int_eq(is_at_head(&third, LONG_MS), 1);
	ck_assert_int_eq(line_is_there(".", SET), 1);
	/* Numbers need not be without gaps. */
	end_waiter(&second);
	ck_assert_int_eq(line_join(&line, ".", SET), 0);
	ck_assert_int_eq(line_wait(&line, 50), 0);
	stop_waiter(&third);
	ck_assert_int_eq(line_wait(&line, LONG_MS), 1);
	line_leave(&line);
	ck_assert_int_eq(line_is_there(".", SET), 0);
	end_waiter(&third);
	end_waiter(&first);
}
END_TEST

START_TEST(an_alarm_ends_who_waits)
{
	struct waiter first = start_waiter(SET), second;
	struct line line = LINE_INIT;
	int status;

	/* As after exec: whoever started us has set the alarm. */
	second.pid = fork();
	ck_assert_int_ge(second.pid, 0);
	if (second.pid == 0) {
		sig_default(SIGALRM);
		alarm(1);
		if (line_join(&line, ".", SET) == 0)
			line_wait(&line, LONG_MS);
		_exit(1);
	}
	ck_assert_int_eq(waitpid(second.pid, &status, 0), second.pid);
	ck_assert(WIFSIGNALED(status));
	ck_assert_int_eq(WTERMSIG(status), SIGALRM);
	end_waiter(&first);
}
END_TEST

START_TEST(a_wait_ends_though_signals_are_blocked)
{
	struct waiter first = start_waiter(SET);
	struct line line = LINE_INIT;
	sigset_t all;

	sigfillset(&all);
	ck_assert_int_eq(sigprocmask(SIG_BLOCK, &all, NULL), 0);
	ck_assert_int_eq(line_join(&line, ".", SET), 0);
	ck_assert_int_eq(line_wait(&line, 50), 0);
	line_leave(&line);
	end_waiter(&first);
}
END_TEST

#ifdef RLIMIT_SIGPENDING

START_TEST(without_a_timer_it_looks_around)
{
	struct waiter first = start_waiter(SET), second;
	struct line line = LINE_INIT;
	struct rlimit before, none;

	ck_assert_int_eq(getrlimit(RLIMIT_SIGPENDING, &before), 0);
	none = before;
	none.rlim_cur = 0;
	ck_assert_int_eq(setrlimit(RLIMIT_SIGPENDING, &none), 0);
	ck_assert_int_eq(line_join(&line, ".", SET), 0);
	ck_assert_int_eq(line_wait(&line, 50), 0);
	line_leave(&line);
	second = start_waiter(SET);
	ck_assert_int_eq(is_at_head(&second, 50), 0);
	end_waiter(&first);
	ck_assert_int_eq(is_at_head(&second, LONG_MS), 1);
	end_waiter(&second);
	/* What runs the test needs timers too. */
	ck_assert_int_eq(setrlimit(RLIMIT_SIGPENDING, &before), 0);
}
END_TEST

#endif

START_TEST(lines_for_other_slots_are_other_lines)
{
	static const uint32_t others[] = { 0, SET - 1, SET + 1, 0xffffffff };
	struct waiter waiters[6], same;
	size_t i;

	waiters[5] = start_waiter(SET);
	for (i = 0; i < 4; i++) {
		ck_assert_int_eq(line_is_there(".", others[i]), 0);
		waiters[i] = start_waiter(others[i]);
		ck_assert_int_eq(is_at_head(&waiters[i], LONG_MS), 1);
	}
	/* The one in front does not have the number before. */
	same = start_waiter(SET);
	ck_assert_int_eq(is_at_head(&same, 50), 0);
	for (i = 0; i < 4; i++)
		end_waiter(&waiters[i]);
	ck_assert_int_eq(is_at_head(&same, 50), 0);
	end_waiter(&waiters[5]);
	ck_assert_int_eq(is_at_head(&same, LONG_MS), 1);
	end_waiter(&same);
}
END_TEST

/* Whatever stands in the file, numbers are given out that nobody has. */
static const char *const contents[] = { "", "x", "\xff\xff\xff\xff",
					"nonsense" };

START_TEST(a_file_of_any_content_will_do)
{
	struct waiter first, second;

	ck_assert_int_eq(file_write("line", contents[_i], strlen(contents[_i])),
			 0);
	first = start_waiter(SET);
	ck_assert_int_eq(is_at_head(&first, LONG_MS), 1);
	ck_assert_int_eq(file_write("line", "", 0), 0);
	second = start_waiter(SET);
	end_waiter(&first);
	ck_assert_int_eq(is_at_head(&second, LONG_MS), 1);
	end_waiter(&second);
}
END_TEST

START_TEST(without_a_directory_there_is_no_line)
{
	struct line line = LINE_INIT;

	errno = 0;
	ck_assert_int_eq(line_is_there("missing", SET), 0);
	ck_assert_int_eq(line_join(&line, "missing", SET), ERR_SYS);
	ck_assert_int_eq(errno, ENOENT);
	ck_assert_int_eq(line.fd, -1);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, the_first_is_at_the_head_at_once);
	tcase_add_test(tcase, they_are_served_as_they_came);
	tcase_add_test(tcase, the_place_is_kept_when_time_passes);
	tcase_add_test(tcase, who_is_stopped_counts_as_not_there);
	tcase_add_test(tcase, an_alarm_ends_who_waits);
	tcase_add_test(tcase, a_wait_ends_though_signals_are_blocked);
#ifdef RLIMIT_SIGPENDING
	tcase_add_test(tcase, without_a_timer_it_looks_around);
#endif
	tcase_add_test(tcase, lines_for_other_slots_are_other_lines);
	tcase_add_loop_test(tcase, a_file_of_any_content_will_do, 0,
			    COUNT_OF(contents));
	tcase_add_test(tcase, without_a_directory_there_is_no_line);
}

int
main(void)
{
	return unit_run("line", add_tests);
}
