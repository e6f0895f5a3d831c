/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/file.h"

#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "unit.h"

static const size_t sizes[] = { 0, 1, 4095, 4096, 4097, 100000 };

START_TEST(what_was_written_is_read)
{
	static char data[100000];
	struct buf buf = BUF_INIT;
	const size_t size = sizes[_i];

	memset(data, 'd', sizeof data);
	buf_add_str(&buf, "before");
	ck_assert_int_eq(file_write("f", data, size), 0);
	ck_assert_int_eq(file_read("f", size, &buf), 0);
	ck_assert_uint_eq(buf.len, size + 6);
	ck_assert_mem_eq(buf.data, "before", 6);
	ck_assert_mem_eq(buf.data + 6, data, size);
	ck_assert_int_eq(buf.data[buf.len], '\0');
	buf_clear(&buf);
}
END_TEST

START_TEST(one_byte_too_many_is_over_the_limit)
{
	static char data[100000];
	struct buf buf = BUF_INIT;
	const size_t size = sizes[_i];

	memset(data, 'd', sizeof data);
	ck_assert_int_eq(file_write("f", data, size), 0);
	ck_assert_int_eq(file_read("f", size - 1, &buf), ERR_LIMIT);
	ck_assert_uint_eq(buf.len, size - 1);
	ck_assert_int_eq(buf.data[buf.len], '\0');
	buf_clear(&buf);
}
END_TEST

START_TEST(nul_bytes_are_read_too)
{
	struct buf buf = BUF_INIT;

	ck_assert_int_eq(file_write("f", "a\0b", 3), 0);
	ck_assert_int_eq(file_read("f", 3, &buf), 0);
	ck_assert_uint_eq(buf.len, 3);
	ck_assert_mem_eq(buf.data, "a\0b", 4);
	buf_clear(&buf);
}
END_TEST

START_TEST(a_write_replaces_all_that_was_there)
{
	struct buf buf = BUF_INIT;

	ck_assert_int_eq(file_write("f", "a long one", 10), 0);
	ck_assert_int_eq(file_write("f", "short", 5), 0);
	ck_assert_int_eq(file_read("f", 100, &buf), 0);
	ck_assert_str_eq(buf.data, "short");
	buf_clear(&buf);
}
END_TEST

START_TEST(a_file_gets_the_mode_of_the_umask)
{
	struct stat st;

	umask(027);
	ck_assert_int_eq(file_write("f", "", 0), 0);
	ck_assert_int_eq(stat("f", &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0640);
}
END_TEST

START_TEST(errno_says_what_failed)
{
	struct buf buf = BUF_INIT;

	errno = 0;
	ck_assert_int_eq(file_read("missing", 10, &buf), ERR_SYS);
	ck_assert_int_eq(errno, ENOENT);
	ck_assert_int_eq(file_read(".", 10, &buf), ERR_SYS);
	ck_assert_int_eq(errno, EISDIR);
	ck_assert_int_eq(file_write("missing/f", "x", 1), ERR_SYS);
	ck_assert_int_eq(errno, ENOENT);
	ck_assert_int_eq(file_write("/dev/full", "x", 1), ERR_SYS);
	ck_assert_int_eq(errno, ENOSPC);
	buf_clear(&buf);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, what_was_written_is_read, 0,
			    COUNT_OF(sizes));
	tcase_add_loop_test(tcase, one_byte_too_many_is_over_the_limit, 1,
			    COUNT_OF(sizes));
	tcase_add_test(tcase, nul_bytes_are_read_too);
	tcase_add_test(tcase, a_write_replaces_all_that_was_there);
	tcase_add_test(tcase, a_file_gets_the_mode_of_the_umask);
	tcase_add_test(tcase, errno_says_what_failed);
}

int
main(void)
{
	return unit_run("file", add_tests);
}
