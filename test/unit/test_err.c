/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/err.h"

#include <errno.h>
#include <string.h>

#include "unit.h"

START_TEST(a_failed_call_has_the_text_of_errno)
{
	errno = ENOENT;
	ck_assert_str_eq(err_text(ERR_SYS), strerror(ENOENT));
	errno = EACCES;
	ck_assert_str_eq(err_text(ERR_SYS), strerror(EACCES));
}
END_TEST

START_TEST(every_error_has_a_text_of_its_own)
{
	int i;

	ck_assert_str_ne(err_text(-_i), "unknown error");
	for (i = -ERR_EOF; i < _i; i++)
		ck_assert_str_ne(err_text(-_i), err_text(-i));
}
END_TEST

START_TEST(a_text_fits_behind_a_colon)
{
	const char *text = err_text(-_i);

	ck_assert_int_ge(text[0], 'a');
	ck_assert_int_le(text[0], 'z');
	ck_assert_int_ne(text[strlen(text) - 1], '.');
}
END_TEST

static const int strangers[] = { 0, 1, 1000, ERR_NO_RESOLVER - 1, -1000,
				 INT_MIN, INT_MAX };

START_TEST(what_is_no_error_is_unknown)
{
	ck_assert_str_eq(err_text(strangers[_i]), "unknown error");
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_test(tcase, a_failed_call_has_the_text_of_errno);
	tcase_add_loop_test(tcase, every_error_has_a_text_of_its_own, -ERR_EOF,
			    -ERR_NO_RESOLVER + 1);
	tcase_add_loop_test(tcase, a_text_fits_behind_a_colon, -ERR_EOF,
			    -ERR_NO_RESOLVER + 1);
	tcase_add_loop_test(tcase, what_is_no_error_is_unknown, 0,
			    COUNT_OF(strangers));
}

int
main(void)
{
	return unit_run("err", add_tests);
}
