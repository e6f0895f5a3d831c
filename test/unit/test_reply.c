/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/reply.h"

#include <fcntl.h>
#include <signal.h>

#include "base/err.h"
#include "base/file.h"
#include "peer.h"
#include "wire/bulk.h"
#include "wire/limits.h"
#include "wire/seen.h"
#include "wire/version.h"

static struct conn conn;

static int
file_of(const char *name, const char *text)
{
	ck_assert_int_eq(file_write(name, text, strlen(text)), 0);
	return open(name, O_RDONLY);
}

static const char golden_plain[] = "DONE00000001" "STAT00000000"
	"SERR00000005warn\n" "SOUT00000000" "DOTO00000004.ELF";
static const char golden_lzo[] = "DONE00000002" "STAT00000000"
	"SERR00000009\026warn\n\021\0\0" "SOUT00000000"
	"DOTO00000008\025.ELF\021\0";
static const char golden_failed[] = "DONE00000001" "STAT00000100"
	"SERR00000005warn\n" "SOUT00000000" "DOTO00000000";

#define PATHS "0123456789abcdef0123456789abcdef"
#define SYSTEM "fedcba9876543210fedcba9876543210"

static const struct seen seen = { 1, PATHS, SYSTEM };
static const char golden_pump[] = "DONE00000003" "STAT00000000"
	"SERR00000009\026warn\n\021\0\0" "SOUT00000000"
	"DOTO00000008\025.ELF\021\0\0" "DOTD00000009\026x.o:\n\021\0\0"
	"SEEN00000041" "a" PATHS SYSTEM;
static const char golden_pump_failed[] = "DONE00000003" "STAT00000100"
	"SERR00000009\026warn\n\021\0\0" "SOUT00000000" "DOTO00000000";

static const struct {
	unsigned version;
	uint32_t status;
	const char *bytes;
	size_t size;
} golden[] = {
	{ VERSION_PLAIN, 0, golden_plain, sizeof golden_plain - 1 },
	/* It ends with a NUL, which C gives it. */
	{ VERSION_LZO, 0, golden_lzo, sizeof golden_lzo },
	/* The object of a compile that failed stays here. */
	{ VERSION_PLAIN, 0x100, golden_failed, sizeof golden_failed - 1 },
	{ VERSION_PUMP, 0, golden_pump, sizeof golden_pump - 1 },
	{ VERSION_PUMP, 0x100, golden_pump_failed,
	  sizeof golden_pump_failed - 1 },
};

START_TEST(a_reply_is_these_bytes)
{
	const struct reply_files files = {
		file_of("e", "warn\n"), -1, file_of("o", ".ELF"),
		file_of("d", "x.o:\n"), &seen
	};
	char heard[300];

	peer_open(&conn);
	ck_assert_int_eq(reply_send(&conn, golden[_i].version,
				    golden[_i].status, &files), 0);
	ck_assert_uint_eq(peer_heard(heard, sizeof heard), golden[_i].size);
	ck_assert_mem_eq(heard, golden[_i].bytes, golden[_i].size);
	peer_end(&conn);
}
END_TEST

static int
read_reply(unsigned version, uint32_t *status, struct buf *object)
{
	static const char *const names[] = { "SERR", "SOUT", "DOTO", "DOTD" };
	uint32_t size;
	int fd, i, r;

	r = reply_read_status(&conn, version, status);
	for (i = 0; r == 0 && i < 3 + (version == 3 && *status == 0); i++) {
		fd = open(names[i], O_RDWR | O_CREAT | O_TRUNC, 0600);
		r = reply_read_body(&conn, names[i], &size);
		if (r == 0)
			r = bulk_read(&conn, version, size, fd, 100);
		close(fd);
	}
	return r < 0 ? r : file_read("DOTO", 100, object);
}

static void
assert_seen(void)
{
	struct seen got;

	ck_assert_int_eq(seen_read(&conn, &got), 0);
	ck_assert_int_eq(got.is_all, 1);
	ck_assert_str_eq(got.paths, PATHS);
	ck_assert_str_eq(got.system, SYSTEM);
}

START_TEST(these_bytes_are_the_reply)
{
	struct buf object = BUF_INIT;
	uint32_t status = 42;

	peer_saying(&conn, golden[_i].bytes, golden[_i].size);
	ck_assert_int_eq(read_reply(golden[_i].version, &status, &object), 0);
	ck_assert_uint_eq(status, golden[_i].status);
	ck_assert_str_eq(object.data, status == 0 ? ".ELF" : "");
	if (golden[_i].version == VERSION_PUMP && status == 0) {
		buf_reset(&object);
		ck_assert_int_eq(file_read("DOTD", 100, &object), 0);
		ck_assert_str_eq(object.data, "x.o:\n");
		assert_seen();
	}
	buf_clear(&object);
	peer_end(&conn);
}
END_TEST

START_TEST(every_shorter_reply_is_cut_short)
{
	struct buf object = BUF_INIT;
	uint32_t status;

	peer_saying(&conn, golden_plain, (size_t)_i);
	ck_assert_int_eq(read_reply(VERSION_PLAIN, &status, &object), ERR_EOF);
	peer_end(&conn);
	peer_saying(&conn, golden_lzo, (size_t)_i);
	ck_assert_int_eq(read_reply(VERSION_LZO, &status, &object), ERR_EOF);
	peer_end(&conn);
}
END_TEST

static const struct {
	const char *bytes;
	int r;
} answers[] = {
	{ "DONE00000001STAT00000000", 0 },
	{ "DONE00000001STATffffffff", 0 },
	{ "DONE00000002STAT00000000", ERR_VERSION },
	{ "DONE00000000STAT00000000", ERR_VERSION },
	{ "DONE80000001STAT00000000", ERR_VERSION },
	{ "done00000001STAT00000000", ERR_PROTO },
	{ "DIST00000001STAT00000000", ERR_PROTO },
	{ "DONE00000001SERR00000000", ERR_PROTO },
	{ "DONE00000001STAT0000000x", ERR_PROTO },
	{ "DONE00000001STAT", ERR_EOF },
	{ "", ERR_EOF },
};

START_TEST(an_answer_must_be_to_the_question)
{
	uint32_t status = 42;

	peer_saying(&conn, answers[_i].bytes, strlen(answers[_i].bytes));
	ck_assert_int_eq(reply_read_status(&conn, VERSION_PLAIN, &status),
			 answers[_i].r);
	if (answers[_i].r != 0)
		ck_assert_uint_eq(status, 42);
	peer_end(&conn);
}
END_TEST

static const struct {
	const char *bytes;
	int r;
} bodies[] = {
	{ "DOTO00000000", 0 },	       { "DOTO40000000", 0 },
	{ "DOTO40000001", ERR_LIMIT }, { "DOTOffffffff", ERR_LIMIT },
	{ "SOUT00000000", ERR_PROTO }, { "DOTD00000000", ERR_PROTO },
};

START_TEST(a_body_has_its_name_and_its_limit)
{
	uint32_t size;

	peer_saying(&conn, bodies[_i].bytes, 12);
	ck_assert_int_eq(reply_read_body(&conn, "DOTO", &size), bodies[_i].r);
	peer_end(&conn);
}
END_TEST

/* An old server's reply ends with DOTD. */
START_TEST(an_old_server_has_seen_nothing)
{
	struct seen got;

	peer_saying(&conn, "", 0);
	ck_assert_int_eq(seen_read(&conn, &got), ERR_EOF);
	peer_end(&conn);
}
END_TEST

static const struct {
	const char *bytes;
	int r;
} sights[] = {
	{ "SEEN00000041u" PATHS SYSTEM, 0 },
	{ "SEEN00000041x" PATHS SYSTEM, ERR_PROTO },
	{ "SEEN00000041aX123456789abcdef0123456789abcdef" SYSTEM, ERR_PROTO },
	{ "SEEN00000041a0123456789ABCDEF0123456789abcdef" SYSTEM, ERR_PROTO },
	{ "SEEN00000040a0123456789abcdef0123456789abcde" SYSTEM, ERR_PROTO },
	{ "SEEN00000042a0" PATHS SYSTEM, ERR_LIMIT },
	{ "SEEN00000000", ERR_PROTO },
	{ "SEENffffffff", ERR_LIMIT },
	{ "DOTD00000041u" PATHS SYSTEM, ERR_PROTO },
	/* Who began is no old server, and has died. */
	{ "SEEN00000041u" PATHS, ERR_PROTO },
	{ "SEEN00000041", ERR_PROTO },
	{ "S", ERR_PROTO },
};

START_TEST(what_was_seen_is_read_or_refused_whole)
{
	struct seen got = { 42, "", "" };

	peer_saying(&conn, sights[_i].bytes, strlen(sights[_i].bytes));
	ck_assert_int_eq(seen_read(&conn, &got), sights[_i].r);
	ck_assert_int_eq(got.is_all, sights[_i].r == 0 ? 0 : 42);
	peer_end(&conn);
}
END_TEST

static void
take_six_tokens(int fd, const void *arg)
{
	char data[12 * 6];
	size_t at = 0;
	ssize_t n;

	(void)arg;
	while (at < sizeof data) {
		n = read(fd, data + at, sizeof data - at);
		if (n <= 0)
			_exit(1);
		at += (size_t)n;
	}
}

/* How old clients do it that were not asked for dependencies. */
static int
send_to_one_who_leaves(int object_fd, int deps_fd)
{
	struct reply_files files = REPLY_FILES_INIT;
	pid_t pid = peer_running(&conn, take_six_tokens, NULL);
	int r;

	files.object_fd = object_fd;
	files.deps_fd = deps_fd;
	r = reply_send(&conn, VERSION_PUMP, 0, &files);
	peer_wait(pid);
	peer_end(&conn);
	return r;
}

START_TEST(a_client_may_leave_without_the_dependencies)
{
	const size_t size = (size_t)LIMIT_LZO_SEND + 1;
	int fd = open("big", O_RDWR | O_CREAT, 0600);

	/* So many bytes that the client is gone while they are sent. */
	ck_assert_int_eq(ftruncate(fd, (off_t)size), 0);
	signal(SIGPIPE, SIG_IGN);
	ck_assert_int_eq(send_to_one_who_leaves(-1, fd), 0);
	ck_assert_int_eq(send_to_one_who_leaves(fd, -1), ERR_EOF);
	close(fd);
}
END_TEST

/* What is a verdict of the compiler, and what is not. */
static const struct {
	uint32_t status;
	int is_fault;
} statuses[] = {
	{ 0x0000, 0 },
	{ REPLY_STATUS(1), 0 },
	{ REPLY_STATUS(2), 0 },
	{ REPLY_STATUS(104), 0 },
	{ REPLY_STATUS(106), 0 },
	{ REPLY_STATUS(109), 0 },
	{ REPLY_STATUS(111), 0 },
	{ REPLY_STATUS(127), 0 },
	{ 0x6900, 1 },
	{ 0x6b00, 1 },
	{ 0x6e00, 1 },
	{ 0x7600, 1 },
	{ REPLY_STATUS(128), 1 },
	{ REPLY_STATUS(REPLY_REFUSED), 1 },
	{ REPLY_STATUS(REPLY_BUSY), 1 },
	{ 0xff00, 1 },
	{ 0x0001, 1 },
	{ 0x000b, 1 },
	{ 0x008b, 1 },
	{ 0x007f, 1 },
	{ 0x010b, 1 },
	/* No process ends so; an exit code of 0 must not be read out of it. */
	{ 0x0080, 1 },
	{ 0x10000, 1 },
	{ 0x10100, 1 },
	{ 0x80000000, 1 },
	{ 0xffffffff, 1 },
};

START_TEST(a_fault_is_told_from_a_verdict)
{
	ck_assert_int_eq(reply_is_fault(statuses[_i].status),
			 statuses[_i].is_fault);
}
END_TEST

START_TEST(no_status_but_zero_is_a_success)
{
	uint32_t status;

	/* A verdict that is not 0 has an exit code that is not 0. */
	for (status = 1; status < 0x20000; status++)
		ck_assert(reply_is_fault(status) || (status >> 8 & 0xff) > 0);
}
END_TEST

START_TEST(a_text_is_a_reply_too)
{
	static const char expected[] = "DONE00000001" "STAT0000f100"
		"SERR00000003no\n" "SOUT00000000" "DOTO00000000";
	struct buf object = BUF_INIT;
	uint32_t status;
	char heard[200];
	size_t size;

	peer_open(&conn);
	ck_assert_int_eq(reply_send_text(&conn, _i,
					 REPLY_STATUS(REPLY_REFUSED), "no\n"),
			 0);
	size = peer_heard(heard, sizeof heard);
	peer_end(&conn);
	if (_i == VERSION_PLAIN) {
		ck_assert_uint_eq(size, sizeof expected - 1);
		ck_assert_mem_eq(heard, expected, size);
	}
	peer_saying(&conn, heard, size);
	ck_assert_int_eq(read_reply(_i, &status, &object), 0);
	ck_assert_uint_eq(status, 0xf100);
	ck_assert_int_eq(file_read("SERR", 100, &object), 0);
	ck_assert_str_eq(object.data, "no\n");
	buf_clear(&object);
	peer_end(&conn);
}
END_TEST

START_TEST(after_a_file_too_big_another_reply_can_be_sent)
{
	const off_t size = (off_t)LIMIT_BULK + 1;
	struct reply_files object = REPLY_FILES_INIT;
	struct reply_files messages = REPLY_FILES_INIT;
	struct reply_files deps = REPLY_FILES_INIT;
	char heard[200];
	int fd = open("big", O_RDWR | O_CREAT, 0600);

	ck_assert_int_eq(ftruncate(fd, size), 0);
	object.object_fd = messages.stderr_fd = deps.deps_fd = fd;
	peer_open(&conn);
	ck_assert_int_eq(reply_send(&conn, VERSION_PLAIN, 0, &object),
			 ERR_LIMIT);
	ck_assert_int_eq(reply_send(&conn, VERSION_PLAIN, 0, &messages),
			 ERR_LIMIT);
	ck_assert_int_eq(reply_send(&conn, VERSION_PUMP, 0, &deps),
			 ERR_LIMIT);
	ck_assert_int_eq(reply_send_text(&conn, VERSION_PLAIN, 0x6b00, ""),
			 0);
	ck_assert_uint_eq(peer_heard(heard, sizeof heard), 60);
	ck_assert_mem_eq(heard, "DONE00000001STAT00006b00SERR00000000", 36);
	/* An object that is not sent may have any size. */
	ck_assert_int_eq(reply_send(&conn, VERSION_PLAIN, 0x100, &object),
			 0);
	peer_end(&conn);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, a_reply_is_these_bytes, 0,
			    COUNT_OF(golden));
	tcase_add_loop_test(tcase, these_bytes_are_the_reply, 0,
			    COUNT_OF(golden));
	tcase_add_loop_test(tcase, every_shorter_reply_is_cut_short, 0,
			    (int)sizeof golden_plain - 1);
	tcase_add_loop_test(tcase, an_answer_must_be_to_the_question, 0,
			    COUNT_OF(answers));
	tcase_add_loop_test(tcase, a_body_has_its_name_and_its_limit, 0,
			    COUNT_OF(bodies));
	tcase_add_test(tcase, an_old_server_has_seen_nothing);
	tcase_add_loop_test(tcase, what_was_seen_is_read_or_refused_whole, 0,
			    COUNT_OF(sights));
	tcase_add_test(tcase, a_client_may_leave_without_the_dependencies);
	tcase_add_loop_test(tcase, a_fault_is_told_from_a_verdict, 0,
			    COUNT_OF(statuses));
	tcase_add_test(tcase, no_status_but_zero_is_a_success);
	tcase_add_loop_test(tcase, a_text_is_a_reply_too, VERSION_PLAIN,
			    VERSION_LZO + 1);
	tcase_add_test(tcase, after_a_file_too_big_another_reply_can_be_sent);
}

int
main(void)
{
	return unit_run("reply", add_tests);
}
