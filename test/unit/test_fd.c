/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/sig.h"
#include "unit.h"

static int ends[2];

static void
make_pipe(void)
{
	ck_assert_int_eq(pipe(ends), 0);
}

START_TEST(flags_are_added_to_those_there)
{
	int file = open("f", O_WRONLY | O_CREAT | O_APPEND, 0600);

	ck_assert_int_eq(fd_set_nonblock(file), 0);
	ck_assert_int_ne(fcntl(file, F_GETFL) & O_NONBLOCK, 0);
	ck_assert_int_ne(fcntl(file, F_GETFL) & O_APPEND, 0);
	make_pipe();
	ck_assert_int_eq(fd_set_cloexec(ends[1]), 0);
	ck_assert_int_eq(fcntl(ends[1], F_GETFD), FD_CLOEXEC);
	ck_assert_int_eq(fcntl(ends[0], F_GETFL), O_RDONLY);
}
END_TEST

START_TEST(a_closed_descriptor_is_an_error)
{
	errno = 0;
	ck_assert_int_eq(fd_set_nonblock(1000), ERR_SYS);
	ck_assert_int_eq(errno, EBADF);
	ck_assert_int_eq(fd_set_cloexec(1000), ERR_SYS);
	ck_assert_int_eq(fd_write_all(1000, "x", 1), ERR_SYS);
	ck_assert_int_eq(fd_size(1000), ERR_SYS);
	ck_assert_int_eq(fd_copy_all(1, 1000), ERR_SYS);
}
END_TEST

/* Which number the next open gets that is none of the three. */
static int
next_free(void)
{
	int fd = fcntl(ends[0], F_DUPFD, 3);

	close(fd);
	return fd;
}

/* _i says, as bits, which of the three a child closes. */
START_TEST(standard_descriptors_get_opened)
{
	int fd, status, next;
	pid_t pid;

	make_pipe();
	next = next_free();
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		for (fd = 0; fd < 3; fd++) {
			if (_i & 1 << fd)
				close(fd);
		}
		if (fd_open_standard() < 0)
			_exit(1);
		for (fd = 0; fd < 3; fd++) {
			if (fcntl(fd, F_GETFD) < 0 ||
			    fd_was_closed(fd) != (_i >> fd & 1))
				_exit(2);
		}
		_exit(next_free() == next ? 0 : 3);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
}
END_TEST

START_TEST(all_from_one_on_are_closed_and_none_before)
{
	int status;
	pid_t pid;

	make_pipe();
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		int far = fcntl(ends[0], F_DUPFD, 200);

		fd_close_from(ends[1]);
		if (fcntl(ends[0], F_GETFD) < 0 || fcntl(2, F_GETFD) < 0)
			_exit(1);
		if (fcntl(ends[1], F_GETFD) >= 0 || fcntl(far, F_GETFD) >= 0)
			_exit(2);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
}
END_TEST

START_TEST(a_long_write_goes_out_whole)
{
	static char data[300000], back[300000];
	size_t at = 0;
	ssize_t n;
	int status;
	pid_t pid;

	memset(data, 'w', sizeof data);
	make_pipe();
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		close(ends[0]);
		_exit(fd_write_all(ends[1], data, sizeof data) == 0 ? 0 : 1);
	}
	close(ends[1]);
	for (;;) {
		n = read(ends[0], back + at, sizeof back - at);
		if (n <= 0)
			break;
		at += (size_t)n;
	}
	ck_assert_uint_eq(at, sizeof data);
	ck_assert_mem_eq(back, data, sizeof data);
	waitpid(pid, &status, 0);
	ck_assert_int_eq(status, 0);
}
END_TEST

START_TEST(copy_takes_the_whole_file_wherever_its_offset_is)
{
	struct buf copy = BUF_INIT;
	static char data[200001];
	int from, to;

	memset(data, 'c', sizeof data);
	ck_assert_int_eq(file_write("from", data, sizeof data), 0);
	from = open("from", O_RDONLY);
	to = open("to", O_WRONLY | O_CREAT, 0600);
	ck_assert_int_eq(lseek(from, 777, SEEK_SET), 777);
	ck_assert_int_eq(fd_size(from), sizeof data);
	ck_assert_int_eq(fd_copy_all(to, from), 0);
	ck_assert_int_eq(file_read("to", 1000000, &copy), 0);
	ck_assert_uint_eq(copy.len, sizeof data);
	ck_assert_mem_eq(copy.data, data, sizeof data);
	buf_clear(&copy);
}
END_TEST

START_TEST(send_moves_from_the_offset_and_no_more_than_asked)
{
	char back[16];
	int from;

	ck_assert_int_eq(file_write("from", "0123456789", 10), 0);
	from = open("from", O_RDONLY);
	ck_assert_int_eq(lseek(from, 2, SEEK_SET), 2);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	ck_assert_int_eq(fd_send_file(ends[0], from, 3), 3);
	ck_assert_int_eq(read(ends[1], back, sizeof back), 3);
	ck_assert_mem_eq(back, "234", 3);
	ck_assert_int_eq(lseek(from, 0, SEEK_CUR), 5);
	ck_assert_int_eq(fd_send_file(ends[0], from, 100), 5);
	ck_assert_int_eq(fd_send_file(ends[0], from, 100), 0);
}
END_TEST

START_TEST(send_tells_of_a_full_socket)
{
	static char data[65536];
	ssize_t n;
	int from;

	ck_assert_int_eq(file_write("from", data, sizeof data), 0);
	from = open("from", O_RDONLY);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	ck_assert_int_eq(fd_set_nonblock(ends[0]), 0);
	do {
		lseek(from, 0, SEEK_SET);
		n = fd_send_file(ends[0], from, sizeof data);
	} while (n > 0);
	ck_assert_int_eq(n, ERR_SYS);
	ck_assert(errno == EAGAIN || errno == EWOULDBLOCK);
	ck_assert_int_eq(lseek(from, 0, SEEK_CUR), 0);
}
END_TEST

START_TEST(a_wait_ends_when_there_is_something)
{
	make_pipe();
	ck_assert_int_eq(write(ends[1], "x", 1), 1);
	ck_assert_int_eq(fd_wait(ends[0], POLLIN, -1, CLOCK_NEVER), 0);
	ck_assert_int_eq(fd_wait(ends[0], POLLIN, -1, clock_ms() - 1), 0);
}
END_TEST

START_TEST(a_wait_ends_when_the_peer_closes)
{
	make_pipe();
	close(ends[1]);
	ck_assert_int_eq(fd_wait(ends[0], POLLIN, -1, CLOCK_NEVER), 0);
}
END_TEST

START_TEST(a_wait_ends_at_its_deadline)
{
	int64_t deadline = clock_after(30);

	make_pipe();
	ck_assert_int_eq(fd_wait(ends[0], POLLIN, -1, deadline), ERR_TIMEOUT);
	ck_assert_int_ge(clock_ms(), deadline);
}
END_TEST

START_TEST(a_cancel_goes_before_what_is_there)
{
	int stop[2];

	make_pipe();
	ck_assert_int_eq(pipe(stop), 0);
	ck_assert_int_eq(write(ends[1], "x", 1), 1);
	ck_assert_int_eq(write(stop[1], "x", 1), 1);
	ck_assert_int_eq(fd_wait(ends[0], POLLIN, stop[0], CLOCK_NEVER),
			 ERR_CANCEL);
	ck_assert_int_eq(fd_wait(ends[0], POLLIN, stop[0], 0), ERR_CANCEL);
}
END_TEST

static volatile sig_atomic_t alarms;

static void
count_alarm(int signo)
{
	(void)signo;
	alarms++;
}

START_TEST(signals_do_not_end_a_wait)
{
	struct itimerval often = { { 0, 2000 }, { 0, 2000 } };
	int64_t deadline = clock_after(50);

	make_pipe();
	sig_handle(SIGALRM, count_alarm, 1);
	ck_assert_int_eq(setitimer(ITIMER_REAL, &often, NULL), 0);
	ck_assert_int_eq(fd_wait(ends[0], POLLIN, -1, deadline), ERR_TIMEOUT);
	ck_assert_int_ge(clock_ms(), deadline);
	ck_assert_int_ge(alarms, 1);
	memset(&often, 0, sizeof often);
	setitimer(ITIMER_REAL, &often, NULL);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, flags_are_added_to_those_there);
	tcase_add_test(tcase, a_closed_descriptor_is_an_error);
	tcase_add_loop_test(tcase, standard_descriptors_get_opened, 0, 8);
	tcase_add_test(tcase, all_from_one_on_are_closed_and_none_before);
	tcase_add_test(tcase, a_long_write_goes_out_whole);
	tcase_add_test(tcase,
		       copy_takes_the_whole_file_wherever_its_offset_is);
	tcase_add_test(tcase,
		       send_moves_from_the_offset_and_no_more_than_asked);
	tcase_add_test(tcase, send_tells_of_a_full_socket);
	tcase_add_test(tcase, a_wait_ends_when_there_is_something);
	tcase_add_test(tcase, a_wait_ends_when_the_peer_closes);
	tcase_add_test(tcase, a_wait_ends_at_its_deadline);
	tcase_add_test(tcase, a_cancel_goes_before_what_is_there);
	tcase_add_test(tcase, signals_do_not_end_a_wait);
}

int
main(void)
{
	return unit_run("fd", add_tests);
}
