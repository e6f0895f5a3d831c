/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/sig.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "unit.h"

static int
is_ready(int fd)
{
	return fd_wait(fd, POLLIN, -1, 0) == 0;
}

START_TEST(signals_come_through_the_pipe_in_order)
{
	int fd = sig_open();

	ck_assert_int_ge(fd, 0);
	sig_catch(SIGUSR1);
	sig_catch(SIGTERM);
	ck_assert(!is_ready(fd));
	ck_assert_int_eq(sig_next(), 0);
	raise(SIGTERM);
	raise(SIGUSR1);
	ck_assert(is_ready(fd));
	ck_assert_int_eq(sig_next(), SIGTERM);
	ck_assert_int_eq(sig_next(), SIGUSR1);
	ck_assert_int_eq(sig_next(), 0);
	ck_assert(!is_ready(fd));
}
END_TEST

START_TEST(the_pipe_is_not_inherited)
{
	int fd = sig_open();

	ck_assert_int_eq(fcntl(fd, F_GETFD), FD_CLOEXEC);
	ck_assert_int_ne(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
	/* A second one takes the place of the first. */
	ck_assert_int_eq(sig_open(), fd);
}
END_TEST

START_TEST(a_full_pipe_does_not_block_and_errno_survives)
{
	int i;

	sig_open();
	sig_catch(SIGUSR1);
	errno = EXDEV;
	for (i = 0; i < 70000; i++)
		raise(SIGUSR1);
	ck_assert_int_eq(errno, EXDEV);
	ck_assert_int_eq(sig_next(), SIGUSR1);
}
END_TEST

START_TEST(a_child_that_opens_has_a_pipe_of_its_own)
{
	int fd, status;
	pid_t pid;

	fd = sig_open();
	sig_catch(SIGUSR1);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		if (sig_open() < 0)
			_exit(1);
		raise(SIGUSR1);
		_exit(sig_next() == SIGUSR1 ? 0 : 2);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	ck_assert(!is_ready(fd));
	ck_assert_int_eq(sig_next(), 0);
}
END_TEST

START_TEST(what_is_ignored_does_not_come_and_a_default_ends)
{
	int fd, status;
	pid_t pid;

	fd = sig_open();
	sig_catch(SIGUSR1);
	ck_assert(!sig_ignore(SIGUSR1));
	ck_assert(sig_ignore(SIGUSR1));
	raise(SIGUSR1);
	ck_assert(!is_ready(fd));
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		sig_default(SIGUSR1);
		raise(SIGUSR1);
		_exit(1);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status));
	ck_assert_int_eq(WTERMSIG(status), SIGUSR1);
}
END_TEST

static const int deadly[] = { SIGTERM, SIGINT, SIGHUP, SIGKILL };

START_TEST(the_parent_sees_which_signal_it_was)
{
	int status;
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		sigset_t set;

		sig_open();
		sigfillset(&set);
		sigprocmask(SIG_BLOCK, &set, NULL);
		sig_catch(deadly[_i]);
		sig_die(deadly[_i]);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status));
	ck_assert_int_eq(WTERMSIG(status), deadly[_i]);
}
END_TEST

START_TEST(a_signal_that_does_not_end_us_ends_us_too)
{
	int status;
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		sig_die(SIGCHLD);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 128 + SIGCHLD);
}
END_TEST

static void
do_nothing(int signo)
{
	(void)signo;
}

START_TEST(a_read_goes_on_unless_it_is_to_be_interrupted)
{
	struct itimerval often = { { 0, 5000 }, { 0, 5000 } };
	int ends[2], status;
	char byte;
	pid_t pid;

	ck_assert_int_eq(pipe(ends), 0);
	sig_handle(SIGALRM, do_nothing, 1);
	ck_assert_int_eq(setitimer(ITIMER_REAL, &often, NULL), 0);
	errno = 0;
	ck_assert_int_eq(read(ends[0], &byte, 1), -1);
	ck_assert_int_eq(errno, EINTR);
	sig_handle(SIGALRM, do_nothing, 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		poll(NULL, 0, 50);
		_exit(write(ends[1], "x", 1) == 1 ? 0 : 1);
	}
	ck_assert_int_eq(read(ends[0], &byte, 1), 1);
	memset(&often, 0, sizeof often);
	setitimer(ITIMER_REAL, &often, NULL);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_test(tcase, signals_come_through_the_pipe_in_order);
	tcase_add_test(tcase, the_pipe_is_not_inherited);
	tcase_add_test(tcase, a_full_pipe_does_not_block_and_errno_survives);
	tcase_add_test(tcase, a_child_that_opens_has_a_pipe_of_its_own);
	tcase_add_test(tcase,
		       what_is_ignored_does_not_come_and_a_default_ends);
	tcase_add_loop_test(tcase, the_parent_sees_which_signal_it_was, 0,
			    COUNT_OF(deadly));
	tcase_add_test(tcase, a_signal_that_does_not_end_us_ends_us_too);
	tcase_add_test(tcase, a_read_goes_on_unless_it_is_to_be_interrupted);
}

int
main(void)
{
	return unit_run("sig", add_tests);
}
