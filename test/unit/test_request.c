/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/request.h"

#include <fcntl.h>

#include "base/args.h"
#include "base/err.h"
#include "base/file.h"
#include "peer.h"
#include "wire/limits.h"
#include "wire/version.h"

static struct conn conn;

/* The worked transcripts of doc/protocol.txt. */
static const char golden_plain[] =
	"DIST00000001" "ARGC00000005" "ARGV00000003gcc" "ARGV00000002-c"
	"ARGV00000003x.c" "ARGV00000002-o" "ARGV00000003x.o"
	"DOTI00000007int x;\n";
static const char golden_lzo[] =
	"DIST00000002" "ARGC00000005" "ARGV00000003gcc" "ARGV00000002-c"
	"ARGV00000003x.c" "ARGV00000002-o" "ARGV00000003x.o"
	"DOTI0000000b\030int x;\n\021\0";

/* The second ends with one NUL more, which C gives it anyway. */
static const struct {
	unsigned version;
	const char *bytes;
	size_t size;
} golden[] = {
	{ VERSION_PLAIN, golden_plain, sizeof golden_plain - 1 },
	{ VERSION_LZO, golden_lzo, sizeof golden_lzo },
};

static const char command_line[] = "gcc -c x.c -o x.o";

static void
make_command(struct args *args)
{
	args_push(args, "gcc");
	args_push(args, "-c");
	args_push(args, "x.c");
	args_push(args, "-o");
	args_push(args, "x.o");
}

START_TEST(a_request_is_these_bytes)
{
	struct args args = ARGS_INIT;
	char heard[200];
	int fd;

	ck_assert_int_eq(file_write("src", "int x;\n", 7), 0);
	fd = open("src", O_RDONLY);
	make_command(&args);
	peer_open(&conn);
	ck_assert_int_eq(request_send(&conn, golden[_i].version, &args, fd),
			 0);
	ck_assert_uint_eq(peer_heard(heard, sizeof heard), golden[_i].size);
	ck_assert_mem_eq(heard, golden[_i].bytes, golden[_i].size);
	ck_assert_uint_eq(conn.bytes_out, golden[_i].size);
	args_clear(&args);
	peer_end(&conn);
}
END_TEST

static int
read_request(unsigned *version, struct args *args, int fd)
{
	int r;

	r = request_read_version(&conn, version);
	if (r == 0)
		r = request_read_args(&conn, args);
	if (r == 0)
		r = request_read_source(&conn, *version, fd);
	return r;
}

START_TEST(these_bytes_are_the_request)
{
	struct args args = ARGS_INIT;
	struct buf source = BUF_INIT;
	unsigned version = 0;
	char *text;
	int fd = open("src", O_RDWR | O_CREAT, 0600);

	peer_saying(&conn, golden[_i].bytes, golden[_i].size);
	ck_assert_int_eq(read_request(&version, &args, fd), 0);
	ck_assert_uint_eq(version, golden[_i].version);
	text = args_text(&args);
	ck_assert_str_eq(text, command_line);
	ck_assert_int_eq(file_read("src", 100, &source), 0);
	ck_assert_str_eq(source.data, "int x;\n");
	free(text);
	buf_clear(&source);
	args_clear(&args);
	peer_end(&conn);
}
END_TEST

static void
assert_cut_short(int which, size_t size)
{
	struct args args = ARGS_INIT;
	unsigned version;
	int fd = open("src", O_RDWR | O_CREAT, 0600);

	peer_saying(&conn, golden[which].bytes, size);
	ck_assert_int_eq(read_request(&version, &args, fd), ERR_EOF);
	/* Whether they are there depends on where it was cut. */
	args_clear(&args);
	close(fd);
	peer_end(&conn);
}

START_TEST(every_shorter_request_is_cut_short)
{
	assert_cut_short(0, (size_t)_i);
	assert_cut_short(1, (size_t)_i);
}
END_TEST

static const struct {
	const char *bytes;
	int r;
	unsigned version;
} versions[] = {
	{ "DIST00000001", 0, 1 },
	{ "DIST00000002", 0, 2 },
	{ "DIST00000000", ERR_VERSION, 0 },
	{ "DIST00000003", 0, 3 },
	{ "DIST00000004", ERR_VERSION, 4 },
	{ "DIST80000001", ERR_VERSION, 0x80000001 },
	{ "DISTffffffff", ERR_VERSION, 0xffffffff },
	{ "GET / HTTP/1", ERR_PROTO, 99 },
	{ "dist00000001", ERR_PROTO, 99 },
	{ "DIST 0000001", ERR_PROTO, 99 },
};

START_TEST(versions_are_told_apart)
{
	unsigned version = 99;

	peer_saying(&conn, versions[_i].bytes, 12);
	ck_assert_int_eq(request_read_version(&conn, &version),
			 versions[_i].r);
	ck_assert_uint_eq(version, versions[_i].version);
	peer_end(&conn);
}
END_TEST

static const struct {
	const char *bytes;
	int r;
} commands[] = {
	{ "ARGC00000001ARGV00000000", 0 },
	{ "ARGC00000000", ERR_LIMIT },
	{ "ARGC00004001", ERR_LIMIT },
	{ "ARGC7fffffff", ERR_LIMIT },
	{ "ARGC80000000", ERR_LIMIT },
	{ "ARGCffffffff", ERR_LIMIT },
	{ "ARGC00000001ARGV00020001", ERR_LIMIT },
	{ "ARGC00000001ARGV40000000", ERR_LIMIT },
	{ "ARGC00000001ARGVffffffff", ERR_LIMIT },
	{ "ARGC00000002ARGV00000002ccARGVffffffff", ERR_LIMIT },
	{ "ARGC00000002ARGV00000002ccDOTI00000001", ERR_PROTO },
	{ "ARGC00000001ARGC00000001", ERR_PROTO },
	{ "ARGV00000002cc", ERR_PROTO },
	{ "ARGC00000002ARGV00000002cc", ERR_EOF },
	{ "ARGC00004000", ERR_EOF },
};

START_TEST(commands_are_read_or_refused_whole)
{
	struct args args = ARGS_INIT;

	args_push(&args, "left over");
	peer_saying(&conn, commands[_i].bytes, strlen(commands[_i].bytes));
	ck_assert_int_eq(request_read_args(&conn, &args), commands[_i].r);
	ck_assert_uint_eq(args.count, commands[_i].r == 0 ? 1 : 0);
	args_clear(&args);
	peer_end(&conn);
}
END_TEST

START_TEST(a_nul_in_a_word_is_refused)
{
	static const char bytes[] = "ARGC00000002" "ARGV00000002cc"
		"ARGV00000003-\0c";
	struct args args = ARGS_INIT;

	peer_saying(&conn, bytes, sizeof bytes - 1);
	ck_assert_int_eq(request_read_args(&conn, &args), ERR_PROTO);
	ck_assert_uint_eq(args.count, 0);
	peer_end(&conn);
}
END_TEST

static void
say_most_words(int fd, const void *arg)
{
	int i;

	(void)arg;
	if (fd_write_all(fd, "ARGC00004000", 12) < 0)
		_exit(1);
	for (i = 0; i < LIMIT_ARGC; i++) {
		if (fd_write_all(fd, "ARGV00000001w", 13) < 0)
			_exit(1);
	}
}

START_TEST(as_many_words_as_allowed_pass)
{
	pid_t pid = peer_running(&conn, say_most_words, NULL);
	struct args args = ARGS_INIT;

	ck_assert_int_eq(request_read_args(&conn, &args), 0);
	ck_assert_uint_eq(args.count, LIMIT_ARGC);
	ck_assert_str_eq(args.v[LIMIT_ARGC - 1], "w");
	args_clear(&args);
	peer_wait(pid);
	peer_end(&conn);
}
END_TEST

/* All the words that fit, and, if *arg, one byte more. */
static void
say_longest_words(int fd, const void *arg)
{
	static char word[12 + LIMIT_ARG] = "ARGV00020000";
	const int more = *(const int *)arg;
	const int count = LIMIT_ARGS / LIMIT_ARG;
	int i;

	memset(word + 12, 'l', LIMIT_ARG);
	if (fd_write_all(fd, more ? "ARGC00000009" : "ARGC00000008", 12) < 0)
		_exit(1);
	for (i = 0; i < count; i++) {
		if (fd_write_all(fd, word, sizeof word) < 0)
			_exit(1);
	}
	if (more && fd_write_all(fd, "ARGV00000001x", 13) < 0)
		_exit(1);
}

START_TEST(all_words_together_have_a_limit)
{
	pid_t pid = peer_running(&conn, say_longest_words, &_i);
	struct args args = ARGS_INIT;

	ck_assert_int_eq(request_read_args(&conn, &args),
			 _i == 0 ? 0 : ERR_LIMIT);
	ck_assert_uint_eq(args.count, _i == 0 ? LIMIT_ARGS / LIMIT_ARG : 0);
	args_clear(&args);
	peer_wait(pid);
	peer_end(&conn);
}
END_TEST

START_TEST(a_source_too_big_is_refused_at_once)
{
	static const char *const sizes[] = { "DOTI40000001", "DOTIffffffff" };
	int fd = open("src", O_RDWR | O_CREAT, 0600);

	peer_open(&conn);
	ck_assert_int_eq(fd_write_all(peer_ends[1], sizes[_i & 1], 12), 0);
	ck_assert_int_eq(request_read_source(&conn, 1 + (_i >> 1), fd),
			 ERR_LIMIT);
	peer_end(&conn);
}
END_TEST

START_TEST(a_source_nobody_wants_is_dropped)
{
	char next[4];

	peer_saying(&conn, "DOTI00000004abcdnext", 20);
	ck_assert_int_eq(request_read_source(&conn, _i, -1), 0);
	ck_assert_int_eq(conn_read(&conn, next, 4), 0);
	ck_assert_mem_eq(next, "next", 4);
	peer_end(&conn);
}
END_TEST

START_TEST(a_source_too_big_to_send_sends_nothing)
{
	struct args args = ARGS_INIT;
	char heard[10];
	int fd = open("src", O_RDWR | O_CREAT, 0600);

	ck_assert_int_eq(ftruncate(fd, (off_t)LIMIT_BULK + 1), 0);
	make_command(&args);
	peer_open(&conn);
	ck_assert_int_eq(request_send(&conn, _i, &args, fd), ERR_LIMIT);
	ck_assert_uint_eq(peer_heard(heard, sizeof heard), 0);
	args_clear(&args);
	peer_end(&conn);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, a_request_is_these_bytes, 0,
			    COUNT_OF(golden));
	tcase_add_loop_test(tcase, these_bytes_are_the_request, 0,
			    COUNT_OF(golden));
	tcase_add_loop_test(tcase, every_shorter_request_is_cut_short, 0,
			    (int)sizeof golden_plain - 1);
	tcase_add_loop_test(tcase, versions_are_told_apart, 0,
			    COUNT_OF(versions));
	tcase_add_loop_test(tcase, commands_are_read_or_refused_whole, 0,
			    COUNT_OF(commands));
	tcase_add_test(tcase, a_nul_in_a_word_is_refused);
	tcase_add_test(tcase, as_many_words_as_allowed_pass);
	tcase_add_loop_test(tcase, all_words_together_have_a_limit, 0, 2);
	tcase_add_loop_test(tcase, a_source_too_big_is_refused_at_once, 0, 4);
	tcase_add_loop_test(tcase, a_source_nobody_wants_is_dropped, 1, 3);
	tcase_add_loop_test(tcase, a_source_too_big_to_send_sends_nothing, 1,
			    3);
}

int
main(void)
{
	return unit_run("request", add_tests);
}
