/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/clock.h"

#include <poll.h>

#include "unit.h"

START_TEST(the_clock_never_moves_back)
{
	int64_t before = clock_us(), now;
	int i;

	for (i = 0; i < 10000; i++) {
		now = clock_us();
		ck_assert_int_ge(now, before);
		before = now;
	}
}
END_TEST

START_TEST(both_units_are_one_clock)
{
	int64_t before = clock_us(), ms = clock_ms(), after = clock_us();

	ck_assert_int_ge(ms, before / 1000);
	ck_assert_int_le(ms, after / 1000);
}
END_TEST

START_TEST(never_stays_never)
{
	ck_assert_int_eq(clock_after(-1), CLOCK_NEVER);
	ck_assert_int_eq(clock_left(CLOCK_NEVER), -1);
}
END_TEST

START_TEST(what_has_passed_leaves_nothing)
{
	ck_assert_int_eq(clock_left(clock_after(0)), 0);
	ck_assert_int_eq(clock_left(clock_ms() - 100000), 0);
	ck_assert_int_eq(clock_left(0), 0);
}
END_TEST

START_TEST(what_is_left_is_no_more_than_was_asked_for)
{
	int left = clock_left(clock_after(60000));

	ck_assert_int_le(left, 60000);
	ck_assert_int_gt(left, 1000);
}
END_TEST

START_TEST(a_far_deadline_does_not_overflow)
{
	ck_assert_int_eq(clock_left(CLOCK_NEVER - 1), INT_MAX);
	ck_assert_int_eq(clock_left(clock_ms() + INT_MAX + 100000LL), INT_MAX);
}
END_TEST

START_TEST(a_wait_for_what_is_left_passes_the_deadline)
{
	int64_t deadline = clock_after(3);

	poll(NULL, 0, clock_left(deadline));
	ck_assert_int_eq(clock_left(deadline), 0);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_test(tcase, the_clock_never_moves_back);
	tcase_add_test(tcase, both_units_are_one_clock);
	tcase_add_test(tcase, never_stays_never);
	tcase_add_test(tcase, what_has_passed_leaves_nothing);
	tcase_add_test(tcase, what_is_left_is_no_more_than_was_asked_for);
	tcase_add_test(tcase, a_far_deadline_does_not_overflow);
	tcase_add_loop_test(tcase, a_wait_for_what_is_left_passes_the_deadline,
			    0, 20);
}

int
main(void)
{
	return unit_run("clock", add_tests);
}
