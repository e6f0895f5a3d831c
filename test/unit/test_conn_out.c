/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/conn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>

#include "base/err.h"
#include "base/file.h"
#include "peer.h"

/* The way out of wire/conn; the way in is in test_conn.c. */

static struct conn conn;

START_TEST(nothing_goes_out_before_the_flush_and_then_all_at_once)
{
	char heard[100];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, peer_ends), 0);
	conn_init(&conn, peer_ends[0], peer_ends[0], PEER_IDLE_MS);
	conn_put_token(&conn, "DIST", 1);
	conn_put_string(&conn, "ARGV", "cc");
	conn_put_string(&conn, "ARGV", "");
	conn_put(&conn, "a\0b", 3);
	ck_assert_uint_eq(peer_heard(heard, sizeof heard), 0);
	ck_assert_int_eq(conn_flush(&conn), 0);
	ck_assert_uint_eq(peer_heard(heard, sizeof heard), 41);
	ck_assert_mem_eq(heard, "DIST00000001ARGV00000002ccARGV00000000a\0b",
			 41);
	ck_assert_uint_eq(conn.bytes_out, 41);
	ck_assert_int_eq(conn_flush(&conn), 0);
	ck_assert_uint_eq(peer_heard(heard, sizeof heard), 0);
	peer_end(&conn);
}
END_TEST

/* Hears all there is and checks that it is the pattern. */
static void
hear_pattern(int fd, const void *arg)
{
	static char data[300000];
	const size_t size = *(const size_t *)arg;
	size_t at = 0;
	ssize_t n;

	for (;;) {
		n = read(fd, data + at, sizeof data - at);
		if (n <= 0)
			break;
		at += (size_t)n;
		/* Slower than the sender, so that it has to wait. */
		poll(NULL, 0, 1);
	}
	if (n < 0 || at != size)
		_exit(1);
	_exit(memcmp(data, peer_pattern(size), size) == 0 ? 0 : 2);
}

/* From nothing, over the size up to which a body is copied, to many. */
static const size_t bodies[] = { 0, 1, 1000, 16384, 16385, 299990 };

START_TEST(a_file_goes_out_behind_what_was_queued)
{
	size_t total = bodies[_i] + 10;
	pid_t pid;
	int fd;

	ck_assert_int_eq(file_write("f", peer_pattern(total) + 5,
				    bodies[_i] + 5), 0);
	fd = open("f", O_RDONLY);
	pid = peer_running(&conn, hear_pattern, &total);
	conn_put(&conn, peer_pattern(total), 5);
	ck_assert_int_eq(conn_put_file(&conn, fd, bodies[_i]), 0);
	conn_put(&conn, peer_pattern(total) + total - 5, 5);
	ck_assert_int_eq(conn_flush(&conn), 0);
	ck_assert_uint_eq(conn.bytes_out, total);
	peer_end(&conn);
	peer_wait(pid);
}
END_TEST

START_TEST(a_file_that_is_shorter_than_told_is_noticed)
{
	size_t size = bodies[_i];
	int fd;

	ck_assert_int_eq(file_write("f", peer_pattern(size), size), 0);
	fd = open("f", O_RDONLY);
	ck_assert_int_eq(lseek(fd, 1, SEEK_SET), 1);
	peer_open(&conn);
	errno = 0;
	ck_assert_int_eq(conn_put_file(&conn, fd, size), ERR_SYS);
	ck_assert_int_eq(errno, EIO);
	peer_end(&conn);
}
END_TEST

START_TEST(a_peer_that_is_gone_is_no_signal_but_an_end)
{
	static char data[300000];
	int fd;

	if (_i == 2)
		signal(SIGPIPE, SIG_IGN);
	peer_open(&conn);
	close(peer_ends[1]);
	peer_ends[1] = -1;
	if (_i == 2) {
		ck_assert_int_eq(file_write("f", data, sizeof data), 0);
		fd = open("f", O_RDONLY);
		ck_assert_int_eq(conn_put_file(&conn, fd, sizeof data),
				 ERR_EOF);
	} else {
		conn_put(&conn, data, _i == 0 ? 1 : sizeof data);
		ck_assert_int_eq(conn_flush(&conn), ERR_EOF);
	}
	peer_end(&conn);
}
END_TEST

START_TEST(a_peer_that_does_not_read_is_waited_for_as_long_as_told)
{
	static char data[65536];

	peer_open(&conn);
	while (conn.pending.len < 64 * sizeof data)
		conn_put(&conn, data, sizeof data);
	conn.idle_ms = _i == 0 ? 50 : PEER_IDLE_MS;
	conn.deadline = _i == 0 ? CLOCK_NEVER : clock_after(50);
	ck_assert_int_eq(conn_flush(&conn), ERR_TIMEOUT);
	peer_end(&conn);
}
END_TEST

static void
sip(int fd, const void *arg)
{
	char byte;

	(void)arg;
	while (read(fd, &byte, 1) == 1)
		poll(NULL, 0, 1);
}

START_TEST(a_peer_that_sips_does_not_outstay_the_deadline)
{
	static char data[65536];
	int64_t start = clock_ms();
	pid_t pid;
	int size = 1;

	pid = peer_running(&conn, sip, NULL);
	ck_assert_int_eq(setsockopt(conn.out, SOL_SOCKET, SO_SNDBUF, &size,
				    sizeof size), 0);
	while (conn.pending.len < 4 * sizeof data)
		conn_put(&conn, data, sizeof data);
	conn.deadline = clock_after(100);
	ck_assert_int_eq(conn_flush(&conn), ERR_TIMEOUT);
	ck_assert_int_lt(clock_ms() - start, PEER_IDLE_MS / 2);
	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	peer_end(&conn);
}
END_TEST

START_TEST(two_pipes_are_a_connection_too)
{
	int there[2], back[2];
	char heard[5];
	uint32_t value;

	ck_assert_int_eq(pipe(there), 0);
	ck_assert_int_eq(pipe(back), 0);
	conn_init(&conn, back[0], there[1], PEER_IDLE_MS);
	ck_assert_int_ne(fcntl(back[0], F_GETFL) & O_NONBLOCK, 0);
	ck_assert_int_ne(fcntl(there[1], F_GETFL) & O_NONBLOCK, 0);
	conn_put(&conn, "hello", 5);
	ck_assert_int_eq(conn_flush(&conn), 0);
	ck_assert_int_eq(read(there[0], heard, 5), 5);
	ck_assert_mem_eq(heard, "hello", 5);
	ck_assert_int_eq(write(back[1], "DONE00000001", 12), 12);
	ck_assert_int_eq(conn_read_token(&conn, "DONE", &value), 0);
	conn_clear(&conn);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase,
		       nothing_goes_out_before_the_flush_and_then_all_at_once);
	tcase_add_loop_test(tcase, a_file_goes_out_behind_what_was_queued, 0,
			    COUNT_OF(bodies));
	/* But for the last, which no socket holds. */
	tcase_add_loop_test(tcase, a_file_that_is_shorter_than_told_is_noticed,
			    1, COUNT_OF(bodies) - 1);
	tcase_add_loop_test(tcase, a_peer_that_is_gone_is_no_signal_but_an_end,
			    0, 3);
	tcase_add_loop_test(
		tcase, a_peer_that_does_not_read_is_waited_for_as_long_as_told,
		0, 2);
	tcase_add_test(tcase, a_peer_that_sips_does_not_outstay_the_deadline);
	tcase_add_test(tcase, two_pipes_are_a_connection_too);
}

int
main(void)
{
	return unit_run("conn, the way out", add_tests);
}
