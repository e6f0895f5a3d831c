/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/pass.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/owner.h"
#include "unit.h"

static int ends[2], pipes[PASS_MAX][2];

static void
open_all(void)
{
	int i;

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	for (i = 0; i < PASS_MAX; i++)
		ck_assert_int_eq(pipe(pipes[i]), 0);
}

static void
close_all(void)
{
	int i;

	close(ends[0]);
	close(ends[1]);
	for (i = 0; i < PASS_MAX; i++) {
		close(pipes[i][0]);
		close(pipes[i][1]);
	}
}

static void
send_all(size_t count)
{
	int fds[PASS_MAX], i;

	for (i = 0; i < PASS_MAX; i++)
		fds[i] = pipes[i][1];
	ck_assert_int_eq((int)pass_send(ends[0], "ab", 2, fds, count), 2);
}

START_TEST(descriptors_arrive_in_order)
{
	int fds[PASS_MAX], i;
	char data[8], byte;
	size_t count;

	send_all((size_t)_i);
	ck_assert_int_eq((int)pass_receive(ends[1], data, sizeof data, 0, fds,
					   PASS_MAX, &count), 2);
	ck_assert_uint_eq(count, (size_t)_i);
	ck_assert(memcmp(data, "ab", 2) == 0);
	for (i = 0; i < _i; i++) {
		ck_assert_int_ne(fds[i], pipes[i][1]);
		ck_assert_int_ne(fcntl(fds[i], F_GETFD) & FD_CLOEXEC, 0);
		ck_assert_int_eq(write(fds[i], "x", 1), 1);
		ck_assert_int_eq(read(pipes[i][0], &byte, 1), 1);
		close(fds[i]);
	}
}
END_TEST

START_TEST(those_that_nobody_has_room_for_are_closed)
{
	int fds[2], i, before = dup(0);
	char data[8];
	size_t count;

	close(before);
	send_all(PASS_MAX);
	ck_assert_int_eq((int)pass_receive(ends[1], data, sizeof data, 0, fds,
					   2, &count), 2);
	ck_assert_uint_eq(count, 2);
	close(fds[0]);
	close(fds[1]);
	/* The number that was free is free again. */
	i = dup(0);
	ck_assert_int_eq(i, before);
	close(i);
}
END_TEST

START_TEST(a_full_socket_says_so)
{
	int fd = pipes[0][1];
	char data[4096] = "";
	ssize_t n;

	ck_assert_int_eq(fd_set_nonblock(ends[0]), 0);
	do
		n = pass_send(ends[0], data, sizeof data, &fd, 1);
	while (n > 0);
	ck_assert_int_eq((int)n, -1);
	ck_assert_int_eq(errno, EAGAIN);
}
END_TEST

START_TEST(a_peer_that_is_gone_is_no_signal)
{
	close(ends[1]);
	ck_assert_int_eq((int)pass_send(ends[0], "a", 1, NULL, 0), -1);
	ck_assert_int_eq(errno, EPIPE);
	ends[1] = dup(ends[0]);
}
END_TEST

START_TEST(our_own_socket_is_ours)
{
	ck_assert_int_eq(owner_is_us(ends[0]), 1);
	/* Who this end belongs to is asked of no pipe. */
	ck_assert_int_eq(owner_is_us(pipes[0][0]), 0);
}
END_TEST

START_TEST(a_directory_is_ours_alone_or_not)
{
	ck_assert_int_eq(mkdir("d", 0700), 0);
	ck_assert_int_eq(owner_has_dir("d"), 1);
	ck_assert_int_eq(chmod("d", 0755), 0);
	ck_assert_int_eq(owner_has_dir("d"), 1);
	ck_assert_int_eq(chmod("d", 0720), 0);
	ck_assert_int_eq(owner_has_dir("d"), 0);
	ck_assert_int_eq(chmod("d", 0702), 0);
	ck_assert_int_eq(owner_has_dir("d"), 0);
	ck_assert_int_eq(chmod("d", 0700), 0);
	ck_assert_int_eq(symlink("d", "link"), 0);
	ck_assert_int_eq(owner_has_dir("link"), 0);
	ck_assert_int_eq(errno, ENOTDIR);
	ck_assert_int_eq(owner_has_dir("missing"), 0);
	ck_assert_int_eq(errno, ENOENT);
	if (geteuid() == 0) {
		ck_assert_int_eq(chown("d", 65534, 65534), 0);
		ck_assert_int_eq(owner_has_dir("d"), 0);
	}
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_checked_fixture(tcase, open_all, close_all);
	tcase_add_loop_test(tcase, descriptors_arrive_in_order, 0,
			    PASS_MAX + 1);
	tcase_add_test(tcase, those_that_nobody_has_room_for_are_closed);
	tcase_add_test(tcase, a_full_socket_says_so);
	tcase_add_test(tcase, a_peer_that_is_gone_is_no_signal);
	tcase_add_test(tcase, our_own_socket_is_ours);
	tcase_add_test(tcase, a_directory_is_ours_alone_or_not);
}

int
main(void)
{
	return unit_run("pass", add_tests);
}
