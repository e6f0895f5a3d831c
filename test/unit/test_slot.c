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
#include "farm/watch.h"
#include "unit.h"

#define HOST "tcp_h_3632"

/* A process that holds slot 0 until it is killed. */
struct holder {
	pid_t pid;
	int tell;
};

static struct holder
start_holder(void)
{
	struct slot slot = SLOT_INIT;
	struct holder holder;
	int ready[2];
	char byte;

	ck_assert_int_eq(pipe(ready), 0);
	holder.pid = fork();
	ck_assert_int_ge(holder.pid, 0);
	if (holder.pid == 0) {
		if (slot_try(&slot, ".", HOST, 0) != 1 ||
		    write(ready[1], "x", 1) != 1)
			_exit(1);
		poll(NULL, 0, -1);
	}
	close(ready[1]);
	ck_assert_int_eq(read(ready[0], &byte, 1), 1);
	holder.tell = ready[0];
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
	struct holder holder = start_holder();
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
	struct holder holder = start_holder();
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
	ck_assert_int_eq(slot.fd, -1);
}
END_TEST

START_TEST(a_look_at_a_slot_is_not_seen)
{
	struct holder holder = start_holder();
	struct slot slot = SLOT_INIT;
	struct watch watch = WATCH_INIT;
	int64_t start = clock_ms();

	ck_assert_int_eq(slot_is_taken(".", HOST, 0), 1);
	ck_assert_int_eq(slot_is_taken(".", HOST, 1), 0);
	ck_assert_int_ne(access("cpu_tcp_h_3632_1", F_OK), 0);
	watch_start(&watch, ".");
	ck_assert_int_eq(slot_is_taken(".", HOST, 0), 1);
	ck_assert_int_eq(slot_try(&slot, ".", HOST, 0), 0);
	watch_wait(&watch, SLOT_PREFIX, 50);
	ck_assert_int_ge(clock_ms() - start, 50);
	slot.watch_fd = watch_stop(&watch);
	slot_release(&slot);
	ck_assert_int_eq(slot.watch_fd, -1);
	kill_holder(&holder);
	ck_assert_int_eq(slot_is_taken(".", HOST, 0), 0);
}
END_TEST

START_TEST(a_settled_slot_is_held_without_its_watch)
{
	struct slot slot = SLOT_INIT;
	struct watch watch = WATCH_INIT;
	int fd;

	ck_assert_int_eq(slot_try(&slot, ".", HOST, 0), 1);
	slot_settle(&slot);
	watch_start(&watch, ".");
	fd = watch_stop(&watch);
	slot.watch_fd = fd;
	slot_settle(&slot);
	ck_assert_int_eq(slot.watch_fd, -1);
	ck_assert_int_eq(fcntl(fd, F_GETFD), -1);
	ck_assert_int_ge(fcntl(slot.fd, F_GETFD), 0);
	slot_release(&slot);
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
	tcase_add_test(tcase, a_look_at_a_slot_is_not_seen);
	tcase_add_test(tcase, a_settled_slot_is_held_without_its_watch);
}

int
main(void)
{
	return unit_run("slot", add_tests);
}
