/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/utf8.h"

#include "unit.h"

static const struct {
	const char *text;
	size_t len;
} cases[] = {
	{ "a", 1 },
	{ "\xc3\xa9", 2 },
	{ "\xe2\x82\xac.", 3 },
	{ "\xf0\x9f\x98\x80", 4 },
	/* cut short */
	{ "\xc3", 0 },
	{ "\xe2\x82", 0 },
	{ "\xe2\x82.", 0 },
	/* no beginning, overlong, a surrogate, above the last character */
	{ "\x80", 0 },
	{ "\xff", 0 },
	{ "\xc0\xaf", 0 },
	{ "\xe0\x80\x80", 0 },
	{ "\xed\xa0\x80", 0 },
	{ "\xf0\x80\x80\x80", 0 },
	{ "\xf4\x90\x80\x80", 0 },
};

START_TEST(sequences_are_measured_and_others_are_none)
{
	ck_assert_uint_eq(utf8_length(cases[_i].text), cases[_i].len);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, sequences_are_measured_and_others_are_none,
			    0, COUNT_OF(cases));
}

int
main(void)
{
	return unit_run("utf8", add_tests);
}
