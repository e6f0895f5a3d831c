/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/err.h"
#include "base/sig.h"
#include "unit.h"

#define BIG ((off_t)1 << 61)

static int
open_file(void)
{
	int fd = open("file", O_RDWR | O_CREAT | O_CLOEXEC, 0666);

	ck_assert_int_ge(fd, 0);
	return fd;
}

/* A process that has a byte until it is killed. */
static pid_t
start_owner(off_t byte)
{
	int ready[2];
	char said;
	pid_t pid;

	ck_assert_int_eq(pipe(ready), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		if (lock_try(open_file(), byte, 1) != 1 ||
		    write(ready[1], "x", 1) != 1)
			_exit(1);
		poll(NULL, 0, -1);
	}
	close(ready[1]);
	ck_assert_int_eq(read(ready[0], &said, 1), 1);
	close(ready[0]);
	return pid;
}

static void
end_owner(pid_t pid)
{
	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
}

static const off_t places[] = { 0, 7, BIG };

START_TEST(a_byte_has_one_owner)
{
	pid_t pid = start_owner(places[_i]);
	int fd = open_file();
	off_t at;

	ck_assert_int_eq(lock_try(fd, places[_i], 1), 0);
	ck_assert_int_eq(lock_try(fd, 0, 0), 0);
	ck_assert_int_eq(lock_try(fd, places[_i] + 1, 1), 1);
	ck_assert_int_eq(lock_find(fd, 0, 0, &at), 1);
	ck_assert_int_eq(at, places[_i]);
	ck_assert_int_eq(lock_find(fd, places[_i] + 1, 0, &at), 0);
	ck_assert_int_eq(lock_holder(fd, places[_i]), pid);
	ck_assert_int_eq(lock_holder(fd, places[_i] + 1), 0);
	end_owner(pid);
	ck_assert_int_eq(lock_holder(fd, places[_i]), 0);
	ck_assert_int_eq(lock_find(fd, 0, 0, &at), 0);
	ck_assert_int_eq(lock_try(fd, 0, 0), 1);
	close(fd);
}
END_TEST

START_TEST(a_wait_ends_with_the_owner_and_locks_nothing)
{
	pid_t pid = start_owner(3), killer, other;
	int fd = open_file();

	killer = fork();
	ck_assert_int_ge(killer, 0);
	if (killer == 0) {
		poll(NULL, 0, 50);
		_exit(kill(pid, SIGKILL) == 0 ? 0 : 1);
	}
	ck_assert_int_eq(lock_await(fd, 3, 1), 1);
	while (wait(NULL) > 0)
		;
	other = start_owner(3);
	end_owner(other);
	close(fd);
}
END_TEST

static void
nothing(int signo)
{
	(void)signo;
}

START_TEST(a_signal_ends_a_wait)
{
	pid_t pid = start_owner(3), me = getpid(), killer;
	int fd = open_file();

	sig_handle(SIGUSR1, nothing, 1);
	killer = fork();
	ck_assert_int_ge(killer, 0);
	while (killer == 0 && getppid() == me) {
		poll(NULL, 0, 20);
		kill(me, SIGUSR1);
	}
	ck_assert_int_eq(lock_await(fd, 3, 1), 0);
	kill(killer, SIGKILL);
	end_owner(pid);
	close(fd);
}
END_TEST

START_TEST(what_is_no_file_is_an_error)
{
	off_t at;

	errno = 0;
	ck_assert_int_eq(lock_try(-1, 0, 1), ERR_SYS);
	ck_assert_int_eq(errno, EBADF);
	ck_assert_int_eq(lock_await(-1, 0, 1), ERR_SYS);
	ck_assert_int_eq(lock_find(-1, 0, 1, &at), ERR_SYS);
	ck_assert_int_eq(lock_holder(-1, 0), 0);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, a_byte_has_one_owner, 0, COUNT_OF(places));
	tcase_add_test(tcase, a_wait_ends_with_the_owner_and_locks_nothing);
	tcase_add_test(tcase, a_signal_ends_a_wait);
	tcase_add_test(tcase, what_is_no_file_is_an_error);
}

int
main(void)
{
	return unit_run("lock", add_tests);
}
