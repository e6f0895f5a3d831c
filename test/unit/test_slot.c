/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/slot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/err.h"
#include "unit.h"

#define LONG_MS 20000
#define HOST "tcp_h_3632"

/* A process that holds slot 0 until it is told or killed. */
struct holder {
	pid_t pid;
	int tell;
};

static void
hold(int ready, int told, int then_ms)
{
	struct slot slot = SLOT_INIT;
	char byte;

	if (slot_try(&slot, ".", HOST, 0) != 1)
		_exit(1);
	if (write(ready, "x", 1) != 1 || read(told, &byte, 1) < 0)
		_exit(2);
	poll(NULL, 0, then_ms);
	slot_release(&slot);
	/* The release alone has to do. */
	poll(NULL, 0, -1);
}

static struct holder
start_holder(int then_ms)
{
	struct holder holder;
	int ready[2], told[2];
	char byte;

	ck_assert_int_eq(pipe(ready), 0);
	ck_assert_int_eq(pipe(told), 0);
	holder.pid = fork();
	ck_assert_int_ge(holder.pid, 0);
	if (holder.pid == 0) {
		close(told[1]);
		hold(ready[1], told[0], then_ms);
	}
	close(ready[1]);
	ck_assert_int_eq(read(ready[0], &byte, 1), 1);
	holder.tell = told[1];
	return holder;
}

static void
kill_holder(const struct holder *holder)
{
	ck_assert_int_eq(kill(holder->pid, SIGKILL), 0);
	ck_assert_int_eq(waitpid(holder->pid, NULL, 0), holder->pid);
}

START_TEST(a_slot_is_an_empty_file_named_as_of_old)
{
	struct slot slot = SLOT_INIT;
	struct stat st;

	umask(022);
	ck_assert_int_eq(slot_try(&slot, ".", HOST, 3), 1);
	ck_assert_int_eq(slot.number, 3);
	ck_assert_int_eq(fcntl(slot.fd, F_GETFD), FD_CLOEXEC);
	ck_assert_int_eq(stat("cpu_tcp_h_3632_3", &st), 0);
	ck_assert_int_eq(st.st_size, 0);
	ck_assert_int_eq(st.st_mode & 07777, 0644);
	slot_release(&slot);
	ck_assert_int_eq(slot.fd, -1);
	slot_release(&slot);
	/* The file stays, for the next one. */
	ck_assert_int_eq(stat("cpu_tcp_h_3632_3", &st), 0);
}
END_TEST

START_TEST(the_lock_is_the_kind_that_old_clients_use)
{
	struct holder holder = start_holder(0);
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int fd = open("cpu_tcp_h_3632_0", O_RDWR);

	ck_assert_int_eq(fcntl(fd, F_GETLK, &lock), 0);
	ck_assert_int_eq(lock.l_type, F_WRLCK);
	ck_assert_int_eq(lock.l_start, 0);
	ck_assert_int_eq(lock.l_len, 0);
	ck_assert_int_eq(lock.l_pid, holder.pid);
	kill_holder(&holder);
}
END_TEST

START_TEST(a_slot_has_one_holder)
{
	struct holder holder = start_holder(0);
	struct slot slot = SLOT_INIT, next = SLOT_INIT;
	int unused = dup(holder.tell);

	close(unused);
	ck_assert_int_eq(slot_try(&slot, ".", HOST, 0), 0);
	ck_assert_int_eq(slot.fd, -1);
	/* Nothing was left open. */
	ck_assert_int_eq(dup(holder.tell), unused);
	close(unused);
	ck_assert_int_eq(slot_try(&next, ".", HOST, 1), 1);
	kill_holder(&holder);
	ck_assert_int_eq(slot_try(&slot, ".", HOST, 0), 1);
	slot_release(&slot);
	slot_release(&next);
}
END_TEST

START_TEST(a_directory_that_is_missing_is_an_error)
{
	struct slot slot = SLOT_INIT;

	errno = 0;
	ck_assert_int_eq(slot_try(&slot, "missing", HOST, 0), ERR_SYS);
	ck_assert_int_eq(errno, ENOENT);
	ck_assert_int_eq(slot_wait(&slot, "missing", HOST, 0, 10), ERR_SYS);
	ck_assert_int_eq(slot.fd, -1);
}
END_TEST

START_TEST(a_free_slot_is_not_waited_for)
{
	struct slot slot = SLOT_INIT;
	int64_t start = clock_ms();

	ck_assert_int_eq(slot_wait(&slot, ".", HOST, 5, LONG_MS), 1);
	ck_assert_int_eq(slot.number, 5);
	ck_assert_int_lt(clock_ms() - start, LONG_MS / 2);
	slot_release(&slot);
}
END_TEST

START_TEST(who_waits_wakes_when_the_holder_lets_go)
{
	struct holder holder = start_holder(100);
	struct slot slot = SLOT_INIT;
	int64_t start = clock_ms();

	ck_assert_int_eq(write(holder.tell, "x", 1), 1);
	ck_assert_int_eq(slot_wait(&slot, ".", HOST, 0, LONG_MS), 1);
	ck_assert_int_ge(slot.fd, 0);
	ck_assert_int_lt(clock_ms() - start, LONG_MS / 2);
	slot_release(&slot);
	kill_holder(&holder);
}
END_TEST

START_TEST(who_waits_wakes_when_the_holder_is_killed)
{
	struct holder holder = start_holder(0);
	struct slot slot = SLOT_INIT;
	int64_t start = clock_ms();
	pid_t killer = fork();

	ck_assert_int_ge(killer, 0);
	if (killer == 0) {
		poll(NULL, 0, 100);
		_exit(kill(holder.pid, SIGKILL) == 0 ? 0 : 1);
	}
	ck_assert_int_eq(slot_wait(&slot, ".", HOST, 0, LONG_MS), 1);
	ck_assert_int_lt(clock_ms() - start, LONG_MS / 2);
	slot_release(&slot);
	while (wait(NULL) > 0)
		;
}
END_TEST

START_TEST(a_wait_ends_after_its_time)
{
	struct holder holder = start_holder(0);
	struct slot slot = SLOT_INIT;
	struct sigaction action;
	int64_t start = clock_ms();

	ck_assert_int_eq(slot_wait(&slot, ".", HOST, 0, 100 * _i), 0);
	ck_assert_int_ge(clock_ms() - start, 100 * _i);
	ck_assert_int_lt(clock_ms() - start, LONG_MS / 2);
	ck_assert_int_eq(slot.fd, -1);
	/* No alarm is left behind, to kill whoever comes next. */
	ck_assert_uint_eq(alarm(0), 0);
	ck_assert_int_eq(sigaction(SIGALRM, NULL, &action), 0);
	ck_assert_ptr_eq(action.sa_handler, SIG_DFL);
	kill_holder(&holder);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, a_slot_is_an_empty_file_named_as_of_old);
	tcase_add_test(tcase, the_lock_is_the_kind_that_old_clients_use);
	tcase_add_test(tcase, a_slot_has_one_holder);
	tcase_add_test(tcase, a_directory_that_is_missing_is_an_error);
	tcase_add_test(tcase, a_free_slot_is_not_waited_for);
	tcase_add_test(tcase, who_waits_wakes_when_the_holder_lets_go);
	tcase_add_test(tcase, who_waits_wakes_when_the_holder_is_killed);
	tcase_add_loop_test(tcase, a_wait_ends_after_its_time, 0, 2);
}

int
main(void)
{
	return unit_run("slot", add_tests);
}
