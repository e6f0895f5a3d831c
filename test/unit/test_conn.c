/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/conn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>

#include "base/err.h"
#include "base/file.h"
#include "peer.h"
#include "wire/limits.h"

static struct conn conn;

static void
say_byte_by_byte(int fd, const void *arg)
{
	const char *text = arg;

	for (; *text != '\0'; text++) {
		if (fd_write_all(fd, text, 1) < 0)
			_exit(1);
		poll(NULL, 0, 1);
	}
}

START_TEST(a_peer_may_speak_byte_by_byte)
{
	struct buf str = BUF_INIT;
	uint32_t value = 0;
	char rest[3];
	pid_t pid;

	pid = peer_running(&conn, say_byte_by_byte,
			   "DIST00000002ARGV00000005helloend");
	ck_assert_int_eq(conn_read_token(&conn, "DIST", &value), 0);
	ck_assert_uint_eq(value, 2);
	ck_assert_int_eq(conn_read_string(&conn, "ARGV", 100, &str), 0);
	ck_assert_str_eq(str.data, "hello");
	ck_assert_int_eq(conn_read(&conn, rest, 3), 0);
	ck_assert_mem_eq(rest, "end", 3);
	ck_assert_int_eq(conn_read(&conn, rest, 1), ERR_EOF);
	ck_assert_uint_eq(conn.bytes_in, 32);
	peer_wait(pid);
	buf_clear(&str);
	peer_end(&conn);
}
END_TEST

static void
say_pattern(int fd, const void *arg)
{
	const size_t size = *(const size_t *)arg;

	if (fd_write_all(fd, peer_pattern(size), size) < 0)
		_exit(1);
}

/* Around the size of conn's own buffer, and the pieces of all kinds. */
static const size_t reads[] = { 1, 5, 4095, 4096, 4097, 10000, 100000 };

START_TEST(reads_of_all_sizes_line_up)
{
	static char back[300000];
	const size_t total = 300000;
	size_t at, size;
	pid_t pid;

	pid = peer_running(&conn, say_pattern, &total);
	for (at = 0; at < total; at += size) {
		size = at / 7 % reads[_i] + 1;
		if (size > total - at)
			size = total - at;
		ck_assert_int_eq(conn_read(&conn, back + at, size), 0);
	}
	ck_assert_mem_eq(back, peer_pattern(total), total);
	ck_assert_uint_eq(conn.bytes_in, total);
	ck_assert_int_eq(conn_read(&conn, back, 1), ERR_EOF);
	ck_assert_int_eq(conn_read(&conn, back, 0), 0);
	peer_wait(pid);
	peer_end(&conn);
}
END_TEST

START_TEST(a_file_gets_what_was_buffered_and_what_follows)
{
	const size_t total = 200000;
	struct buf back = BUF_INIT;
	char first[10];
	pid_t pid;
	int fd;

	fd = open("f", O_RDWR | O_CREAT, 0600);
	pid = peer_running(&conn, say_pattern, &total);
	ck_assert_int_eq(conn_read(&conn, first, 10), 0);
	ck_assert_int_eq(conn_read_to_file(&conn, fd, 150000), 0);
	ck_assert_int_eq(conn_read_to_file(&conn, -1, 49989), 0);
	ck_assert_int_eq(conn_read(&conn, first, 1), 0);
	ck_assert_int_eq(first[0], peer_pattern(total)[total - 1]);
	ck_assert_int_eq(file_read("f", total, &back), 0);
	ck_assert_uint_eq(back.len, 150000);
	ck_assert_mem_eq(back.data, peer_pattern(total) + 10, 150000);
	ck_assert_int_eq(conn_read_to_file(&conn, fd, 1), ERR_EOF);
	peer_wait(pid);
	buf_clear(&back);
	peer_end(&conn);
}
END_TEST

START_TEST(a_full_disk_is_ours)
{
	int full = open("/dev/full", O_WRONLY);

	peer_saying(&conn, "data", 4);
	errno = 0;
	ck_assert_int_eq(conn_read_to_file(&conn, full, 4), ERR_SYS);
	ck_assert_int_eq(errno, ENOSPC);
	peer_end(&conn);
}
END_TEST

static const char golden[] = "ARGV00000003abc";

START_TEST(every_shorter_string_is_cut_short)
{
	struct buf str = BUF_INIT;

	buf_add_str(&str, "before");
	peer_saying(&conn, golden, (size_t)_i);
	ck_assert_int_eq(conn_read_string(&conn, "ARGV", 3, &str), ERR_EOF);
	ck_assert_uint_eq(str.len, 0);
	ck_assert_str_eq(str.data, "");
	buf_clear(&str);
	peer_end(&conn);
}
END_TEST

static const struct {
	const char *bytes;
	size_t size, max;
	int r;
} strings[] = {
	{ "ARGV00000003abc", 15, 3, 0 },
	{ "ARGV00000000", 12, 0, 0 },
	{ "ARGV00000003abc", 15, 2, ERR_LIMIT },
	{ "ARGV00000001a", 13, 0, ERR_LIMIT },
	/* Refused by its length, before any of it is waited for. */
	{ "ARGV00020001", 12, UINT32_MAX, ERR_LIMIT },
	{ "ARGV40000000", 12, UINT32_MAX, ERR_LIMIT },
	{ "ARGVffffffff", 12, UINT32_MAX, ERR_LIMIT },
	{ "ARGV00000003a\0c", 15, 100, ERR_PROTO },
	{ "ARGV00000003\0bc", 15, 100, ERR_PROTO },
	{ "ARGV00000003ab\0", 15, 100, ERR_PROTO },
	{ "ARGC00000003abc", 15, 100, ERR_PROTO },
	{ "ARGV0000000zabc", 15, 100, ERR_PROTO },
};

START_TEST(strings_keep_to_their_limits)
{
	struct buf str = BUF_INIT;

	peer_open(&conn);
	ck_assert_int_eq(fd_write_all(peer_ends[1], strings[_i].bytes,
				      strings[_i].size), 0);
	ck_assert_int_eq(conn_read_string(&conn, "ARGV", strings[_i].max,
					  &str), strings[_i].r);
	if (strings[_i].r == 0) {
		ck_assert_uint_eq(str.len, strings[_i].max);
		ck_assert_str_eq(str.data, strings[_i].bytes + 12);
	}
	ck_assert_uint_lt(str.room, 1000);
	buf_clear(&str);
	peer_end(&conn);
}
END_TEST

static void
say_longest_string(int fd, const void *arg)
{
	static char text[LIMIT_ARG];

	(void)arg;
	memset(text, 'l', sizeof text);
	if (fd_write_all(fd, "ARGV00020000", 12) < 0 ||
	    fd_write_all(fd, text, sizeof text) < 0)
		_exit(1);
}

START_TEST(the_longest_string_passes)
{
	struct buf str = BUF_INIT;
	pid_t pid = peer_running(&conn, say_longest_string, NULL);

	ck_assert_int_eq(conn_read_string(&conn, "ARGV", UINT32_MAX, &str), 0);
	ck_assert_uint_eq(str.len, LIMIT_ARG);
	ck_assert_uint_eq(strlen(str.data), LIMIT_ARG);
	peer_wait(pid);
	buf_clear(&str);
	peer_end(&conn);
}
END_TEST

START_TEST(a_silent_peer_is_waited_for_as_long_as_told)
{
	int64_t start = clock_ms();
	char byte;

	peer_open(&conn);
	conn.idle_ms = 50;
	ck_assert_int_eq(conn_read(&conn, &byte, 1), ERR_TIMEOUT);
	ck_assert_int_ge(clock_ms() - start, 50);
	ck_assert_int_lt(clock_ms() - start, PEER_IDLE_MS / 2);
	peer_end(&conn);
}
END_TEST

START_TEST(the_deadline_ends_a_wait_before_the_idle_time)
{
	int64_t start = clock_ms();
	char byte;

	peer_open(&conn);
	conn.deadline = clock_after(50);
	ck_assert_int_eq(conn_read(&conn, &byte, 1), ERR_TIMEOUT);
	ck_assert_int_ge(clock_ms() - start, 50);
	ck_assert_int_lt(clock_ms() - start, PEER_IDLE_MS / 2);
	peer_end(&conn);
}
END_TEST

static void
dribble(int fd, const void *arg)
{
	(void)arg;
	/* Ends when nobody reads any more. */
	while (send(fd, "x", 1, MSG_NOSIGNAL) == 1)
		poll(NULL, 0, 2);
}

START_TEST(a_peer_that_dribbles_does_not_outstay_the_deadline)
{
	static char data[100000];
	int64_t start = clock_ms();
	pid_t pid;
	int r;

	pid = peer_running(&conn, dribble, NULL);
	conn.deadline = clock_after(100);
	r = _i == 0 ? conn_read(&conn, data, sizeof data) :
	    _i == 1 ? conn_read(&conn, data, 1000) :
		      conn_read_to_file(&conn, -1, sizeof data);
	ck_assert_int_eq(r, ERR_TIMEOUT);
	ck_assert_int_ge(clock_ms() - start, 100);
	ck_assert_int_lt(clock_ms() - start, PEER_IDLE_MS / 2);
	peer_end(&conn);
	peer_wait(pid);
}
END_TEST

static void
flood(int fd, const void *arg)
{
	static char data[65536];

	(void)arg;
	while (send(fd, data, sizeof data, MSG_NOSIGNAL) > 0)
		;
}

START_TEST(a_peer_that_dribbles_makes_no_progress)
{
	static char data[100000];
	int64_t start = clock_ms();
	pid_t pid;
	int r;

	pid = peer_running(&conn, dribble, NULL);
	conn.idle_ms = 150;
	r = _i == 0 ? conn_read(&conn, data, sizeof data) :
		      conn_read_to_file(&conn, -1, sizeof data);
	ck_assert_int_eq(r, ERR_TIMEOUT);
	ck_assert_int_ge(clock_ms() - start, 150);
	ck_assert_int_lt(clock_ms() - start, PEER_IDLE_MS / 2);
	peer_end(&conn);
	peer_wait(pid);
}
END_TEST

START_TEST(a_peer_that_floods_does_not_outstay_the_deadline)
{
	int64_t start = clock_ms();
	pid_t pid;

	pid = peer_running(&conn, flood, NULL);
	conn.deadline = clock_after(100);
	ck_assert_int_eq(conn_read_to_file(&conn, -1, UINT64_MAX),
			 ERR_TIMEOUT);
	ck_assert_int_lt(clock_ms() - start, PEER_IDLE_MS / 2);
	peer_end(&conn);
	peer_wait(pid);
}
END_TEST

START_TEST(after_the_deadline_nothing_is_read_or_written)
{
	static char data[65536];
	int fd;

	ck_assert_int_eq(file_write("f", data, sizeof data), 0);
	fd = open("f", O_RDONLY);
	peer_saying(&conn, data, 10000);
	conn.deadline = clock_ms() - 1;
	ck_assert_int_eq(conn_read(&conn, data, 1), ERR_TIMEOUT);
	ck_assert_int_eq(conn_read(&conn, data, 8000), ERR_TIMEOUT);
	ck_assert_int_eq(conn_read_to_file(&conn, -1, 1), ERR_TIMEOUT);
	ck_assert_int_eq(conn_put_file(&conn, fd, sizeof data), ERR_TIMEOUT);
	conn_put(&conn, "x", 1);
	ck_assert_int_eq(conn_flush(&conn), ERR_TIMEOUT);
	ck_assert_uint_eq(conn.bytes_in, 0);
	ck_assert_uint_eq(conn.bytes_out, 0);
	peer_end(&conn);
}
END_TEST

START_TEST(the_cancel_descriptor_ends_every_wait)
{
	static char data[65536];
	int stop[2];
	char byte;

	ck_assert_int_eq(pipe(stop), 0);
	ck_assert_int_eq(write(stop[1], "x", 1), 1);
	peer_open(&conn);
	conn.cancel_fd = stop[0];
	ck_assert_int_eq(conn_read(&conn, &byte, 1), ERR_CANCEL);
	ck_assert_int_eq(conn_read_to_file(&conn, -1, 1), ERR_CANCEL);
	/* No buffer between two sockets is of this size. */
	while (conn.pending.len < 64 * sizeof data)
		conn_put(&conn, data, sizeof data);
	ck_assert_int_eq(conn_flush(&conn), ERR_CANCEL);
	peer_end(&conn);
}
END_TEST

START_TEST(a_drain_ends_with_the_peer)
{
	char byte;

	peer_open(&conn);
	ck_assert_int_eq(fd_write_all(peer_ends[1], "unread", 6), 0);
	ck_assert_int_eq(shutdown(peer_ends[1], SHUT_WR), 0);
	conn_drain(&conn, 1000000, PEER_IDLE_MS);
	ck_assert_uint_eq(conn.bytes_in, 6);
	/* The peer sees that no more comes. */
	ck_assert_int_eq(read(peer_ends[1], &byte, 1), 0);
	peer_end(&conn);
}
END_TEST

START_TEST(a_drain_ends_after_its_time_or_its_bytes)
{
	int64_t start = clock_ms();
	pid_t pid;

	pid = peer_running(&conn, _i == 0 ? dribble : flood, NULL);
	conn_drain(&conn, _i == 2 ? 100000 : UINT64_MAX,
		   _i == 2 ? PEER_IDLE_MS : 50);
	ck_assert_int_lt(clock_ms() - start, PEER_IDLE_MS / 2);
	if (_i == 2) {
		ck_assert_uint_ge(conn.bytes_in, 100000);
		ck_assert_uint_lt(conn.bytes_in, 200000);
	} else {
		ck_assert_int_ge(clock_ms() - start, 50);
	}
	peer_end(&conn);
	peer_wait(pid);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, a_peer_may_speak_byte_by_byte);
	tcase_add_loop_test(tcase, reads_of_all_sizes_line_up, 0,
			    COUNT_OF(reads));
	tcase_add_test(tcase, a_file_gets_what_was_buffered_and_what_follows);
	tcase_add_test(tcase, a_full_disk_is_ours);
	tcase_add_loop_test(tcase, every_shorter_string_is_cut_short, 0,
			    (int)sizeof golden - 1);
	tcase_add_loop_test(tcase, strings_keep_to_their_limits, 0,
			    COUNT_OF(strings));
	tcase_add_test(tcase, the_longest_string_passes);
	tcase_add_test(tcase, a_silent_peer_is_waited_for_as_long_as_told);
	tcase_add_test(tcase, the_deadline_ends_a_wait_before_the_idle_time);
	tcase_add_loop_test(tcase,
			    a_peer_that_dribbles_does_not_outstay_the_deadline,
			    0, 3);
	tcase_add_loop_test(tcase, a_peer_that_dribbles_makes_no_progress,
			    0, 2);
	tcase_add_test(tcase,
		       a_peer_that_floods_does_not_outstay_the_deadline);
	tcase_add_test(tcase, after_the_deadline_nothing_is_read_or_written);
	tcase_add_test(tcase, the_cancel_descriptor_ends_every_wait);
	tcase_add_test(tcase, a_drain_ends_with_the_peer);
	tcase_add_loop_test(tcase, a_drain_ends_after_its_time_or_its_bytes,
			    0, 3);
}

int
main(void)
{
	return unit_run("conn", add_tests);
}
