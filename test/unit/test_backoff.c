/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/backoff.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>

#include "base/err.h"
#include "base/file.h"
#include "unit.h"

#define HOST "tcp_h_3632"
#define MARK "backoff_tcp_h_3632_0"

/* Makes the mark look as if it was made so long ago. */
static void
age_mark(time_t seconds)
{
	struct timespec times[2] = { { .tv_sec = time(NULL) - seconds },
				     { .tv_sec = time(NULL) - seconds } };

	ck_assert_int_eq(utimensat(AT_FDCWD, MARK, times, 0), 0);
}

START_TEST(a_host_without_a_mark_is_fine)
{
	ck_assert_int_eq(backoff_check(".", HOST, 60), BACKOFF_NONE);
	ck_assert_int_eq(backoff_check("missing", HOST, 60), BACKOFF_NONE);
	backoff_clear(".", HOST);
	ck_assert_int_eq(backoff_check(".", HOST, 60), BACKOFF_NONE);
}
END_TEST

START_TEST(a_mark_is_the_file_of_old)
{
	struct buf text = BUF_INIT;

	ck_assert_int_eq(backoff_mark(".", HOST), 0);
	ck_assert_int_eq(file_read(MARK, 10, &text), 0);
	ck_assert_str_eq(text.data, "x");
	ck_assert_int_eq(backoff_check(".", HOST, 60), BACKOFF_ACTIVE);
	ck_assert_int_eq(backoff_check(".", "tcp_h_3633", 60), BACKOFF_NONE);
	backoff_clear(".", HOST);
	ck_assert_int_ne(access(MARK, F_OK), 0);
	buf_clear(&text);
}
END_TEST

static const struct {
	time_t age;
	int period;
	enum backoff check;
} ages[] = {
	{ 0, 60, BACKOFF_ACTIVE },
	{ 50, 60, BACKOFF_ACTIVE },
	{ 60, 60, BACKOFF_OLD },
	{ 61, 60, BACKOFF_OLD },
	{ 100, 60, BACKOFF_OLD },
	{ 100, 1000, BACKOFF_ACTIVE },
	{ 5, 1, BACKOFF_OLD },
	{ 100000, 60, BACKOFF_OLD },
	/* A clock that was set back makes nobody good again. */
	{ -100, 60, BACKOFF_ACTIVE },
};

START_TEST(a_mark_counts_for_the_period)
{
	ck_assert_int_eq(backoff_mark(".", HOST), 0);
	age_mark(ages[_i].age);
	ck_assert_int_eq(backoff_check(".", HOST, ages[_i].period),
			 ages[_i].check);
}
END_TEST

START_TEST(a_new_failure_makes_the_mark_new)
{
	ck_assert_int_eq(backoff_mark(".", HOST), 0);
	age_mark(100);
	ck_assert_int_eq(backoff_check(".", HOST, 60), BACKOFF_OLD);
	ck_assert_int_eq(backoff_mark(".", HOST), 0);
	ck_assert_int_eq(backoff_check(".", HOST, 60), BACKOFF_ACTIVE);
}
END_TEST

START_TEST(a_mark_that_cannot_be_made_is_an_error)
{
	errno = 0;
	ck_assert_int_eq(backoff_mark("missing", HOST), ERR_SYS);
	ck_assert_int_eq(errno, ENOENT);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, a_host_without_a_mark_is_fine);
	tcase_add_test(tcase, a_mark_is_the_file_of_old);
	tcase_add_loop_test(tcase, a_mark_counts_for_the_period, 0,
			    COUNT_OF(ages));
	tcase_add_test(tcase, a_new_failure_makes_the_mark_new);
	tcase_add_test(tcase, a_mark_that_cannot_be_made_is_an_error);
}

int
main(void)
{
	return unit_run("backoff", add_tests);
}
