/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/reason.h"

#include <string.h>

#include "unit.h"

START_TEST(every_reason_has_a_name_for_scripts)
{
	const char *name = reason_name(_i);

	ck_assert_ptr_nonnull(name);
	ck_assert_uint_gt(strlen(name), 0);
	ck_assert_uint_eq(strspn(name, "abcdefghijklmnopqrstuvwxyz_"),
			  strlen(name));
}
END_TEST

START_TEST(every_reason_has_a_text_without_full_stop)
{
	const char *text = reason_text(_i);

	ck_assert_ptr_nonnull(text);
	ck_assert_ptr_nonnull(strchr(text, ' '));
	ck_assert_int_ne(text[strlen(text) - 1], '.');
}
END_TEST

START_TEST(every_reason_has_an_advice_without_full_stop)
{
	const char *advice = reason_advice(_i);

	ck_assert_ptr_nonnull(advice);
	ck_assert_ptr_nonnull(strchr(advice, ' '));
	ck_assert_int_ne(advice[strlen(advice) - 1], '.');
}
END_TEST

START_TEST(every_reason_is_found_by_its_name)
{
	ck_assert_int_eq((int)reason_find(reason_name(_i)), _i);
}
END_TEST

START_TEST(what_the_job_is_is_no_trouble)
{
	ck_assert_int_eq(reason_is_trouble(REASON_NOT_COMPILE), 0);
	ck_assert_int_eq(reason_is_trouble(REASON_ERRORS), 0);
	ck_assert_int_ne(reason_is_trouble(REASON_HOSTS_FAILED), 0);
	ck_assert_int_eq((int)reason_find("unknown"), REASON_COUNT);
}
END_TEST

START_TEST(no_two_reasons_share_a_name_or_a_text)
{
	int other;

	for (other = 0; other < _i; other++) {
		ck_assert_str_ne(reason_name(_i), reason_name(other));
		ck_assert_str_ne(reason_text(_i), reason_text(other));
		ck_assert_str_ne(reason_advice(_i), reason_advice(other));
	}
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, every_reason_has_a_name_for_scripts, 0,
			    REASON_COUNT);
	tcase_add_loop_test(tcase, every_reason_has_a_text_without_full_stop,
			    0, REASON_COUNT);
	tcase_add_loop_test(tcase,
			    every_reason_has_an_advice_without_full_stop, 0,
			    REASON_COUNT);
	tcase_add_loop_test(tcase, every_reason_is_found_by_its_name, 0,
			    REASON_COUNT);
	tcase_add_test(tcase, what_the_job_is_is_no_trouble);
	tcase_add_loop_test(tcase, no_two_reasons_share_a_name_or_a_text, 0,
			    REASON_COUNT);
}

int
main(void)
{
	return unit_run("reason", add_tests);
}
