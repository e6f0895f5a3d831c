/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/tmp.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "base/err.h"
#include "base/fd.h"
#include "unit.h"

START_TEST(messages_end_where_their_writers_stop)
{
	const off_t max = 1 << 20;
	int fd = tmp_open_messages(".", max);
	char text[8];

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, "one", 3), 3);
	ck_assert_int_eq(write(fd, "two", 3), 3);
	ck_assert_int_eq(tmp_end_messages(fd), 0);
	ck_assert_int_eq(lseek(fd, 0, SEEK_END), 6);
	ck_assert_int_eq(pread(fd, text, sizeof text, 0), 6);
	ck_assert_mem_eq(text, "onetwo", 6);
	close(fd);
}
END_TEST

#ifdef HAVE_MEMFD_CREATE
START_TEST(messages_in_memory_have_a_bound)
{
	int fd = tmp_open_messages(".", 4096);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(lseek(fd, 4090, SEEK_SET), 4090);
	ck_assert_int_lt(write(fd, "more than six", 13), 13);
	ck_assert_int_lt(write(fd, "more than six", 13), 0);
	close(fd);
}
END_TEST
#endif

START_TEST(messages_do_with_less_where_files_are_limited)
{
	struct rlimit limit;
	char text[4000] = "";
	int fd;

	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = 8192;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	fd = tmp_open_messages(".", 1 << 20);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(fd_write_all(fd, text, sizeof text), 0);
	ck_assert_int_eq(fd_write_all(fd, text, sizeof text), 0);
	ck_assert_int_eq(fd_write_all(fd, text, sizeof text), ERR_SYS);
	ck_assert_int_eq(errno, EFBIG);
	ck_assert_int_eq(tmp_end_messages(fd), 0);
	ck_assert_int_eq(fd_size(fd), 8192);
	close(fd);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, messages_end_where_their_writers_stop);
#ifdef HAVE_MEMFD_CREATE
	tcase_add_test(tcase, messages_in_memory_have_a_bound);
#endif
	tcase_add_test(tcase, messages_do_with_less_where_files_are_limited);
}

int
main(void)
{
	return unit_run("tmp_messages", add_tests);
}
