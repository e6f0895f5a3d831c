/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/unlike.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

#include "base/err.h"
#include "unit.h"

#define FILE_NAME "unlike_tcp_a_1_0"

START_TEST(a_mark_is_seen_for_its_host)
{
	ck_assert_int_eq(unlike_is_marked(".", "tcp_a_1"), 0);
	ck_assert_int_eq(unlike_mark(".", "tcp_a_1", UNLIKE_SURE), 0);
	ck_assert_int_eq(unlike_is_marked(".", "tcp_a_1"), 1);
	ck_assert_int_eq(unlike_is_marked(".", "tcp_a_2"), 0);
	errno = 0;
	ck_assert_int_eq(unlike_mark("none", "tcp_a_1",
				     UNLIKE_SURE), ERR_SYS);
	ck_assert_int_eq(errno, ENOENT);
}
END_TEST

START_TEST(a_mark_counts_for_an_hour)
{
	struct timespec times[2] = { { .tv_nsec = UTIME_OMIT } };
	struct stat st;

	ck_assert_int_eq(unlike_mark(".", "tcp_a_1", UNLIKE_SURE), 0);
	ck_assert_int_eq(stat(FILE_NAME, &st), 0);
	times[1].tv_sec = st.st_mtime - 3601;
	ck_assert_int_eq(utimensat(AT_FDCWD, FILE_NAME, times, 0), 0);
	ck_assert_int_eq(unlike_is_marked(".", "tcp_a_1"), 0);
	ck_assert_int_eq(unlike_mark(".", "tcp_a_1", UNLIKE_SURE), 0);
	ck_assert_int_eq(unlike_is_marked(".", "tcp_a_1"), 1);
	/* The clock was set back: it must not count for ever. */
	times[1].tv_sec = st.st_mtime + 100000;
	ck_assert_int_eq(utimensat(AT_FDCWD, FILE_NAME, times, 0), 0);
	ck_assert_int_eq(unlike_is_marked(".", "tcp_a_1"), 0);
}
END_TEST

START_TEST(three_suspicions_are_a_mark)
{
	struct timespec times[2] = { { .tv_nsec = UTIME_OMIT } };
	int i;

	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(unlike_is_marked(".", "tcp_a_1"), 0);
		ck_assert_int_eq(unlike_mark(".", "tcp_a_1", UNLIKE_SUSPECT),
				 0);
	}
	ck_assert_int_eq(unlike_is_marked(".", "tcp_a_1"), 1);
	/* Old ones are forgotten with the first that is new. */
	times[1].tv_sec = time(NULL) - 4000;
	ck_assert_int_eq(utimensat(AT_FDCWD, FILE_NAME, times, 0), 0);
	ck_assert_int_eq(unlike_mark(".", "tcp_a_1", UNLIKE_SUSPECT), 0);
	ck_assert_int_eq(unlike_is_marked(".", "tcp_a_1"), 0);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, a_mark_is_seen_for_its_host);
	tcase_add_test(tcase, three_suspicions_are_a_mark);
	tcase_add_test(tcase, a_mark_counts_for_an_hour);
}

int
main(void)
{
	return unit_run("unlike", add_tests);
}
