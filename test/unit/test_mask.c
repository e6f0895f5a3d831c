/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/mask.h"

#include <string.h>

#include "unit.h"

static const struct {
	const char *text;
	const char *masked;
} texts[] = {
	{ "", "" },
	{ "plain ~ text", "plain ~ text" },
	{ "\033[31m\a\tx\n\177", "?[31m??x??" },
	{ "gr\303\274n \342\202\254 \360\237\230\200",
	  "gr\303\274n \342\202\254 \360\237\230\200" },
	{ "\302\233" "31m", "??31m" },
	{ "\302\237\302\240", "??\302\240" },
	{ "\233" "31m", "?31m" },
	{ "gr\374n", "gr\374n" },
	{ "\342\200\256x\342\201\246\342\200\216\342\200\217",
	  "???x?????????" },
	{ "\342\200\254\342\200\257", "???\342\200\257" },
	/* cut off, overlong, beyond the end */
	{ "\342\200", "\342?" },
	{ "\303", "\303" },
	{ "\300\233", "\300?" },
	{ "\302" "a", "\302" "a" },
	{ "\360\237\230", "\360??" },
};

START_TEST(what_a_terminal_may_obey_is_masked)
{
	char *text = strdup(texts[_i].text);

	mask_controls(text);
	ck_assert_str_eq(text, texts[_i].masked);
	free(text);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, what_a_terminal_may_obey_is_masked, 0,
			    COUNT_OF(texts));
}

int
main(void)
{
	return unit_run("mask", add_tests);
}
