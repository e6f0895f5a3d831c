/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/census.h"

#include <string.h>

#include "unit.h"

/* What the numbers are is the machine's affair; they have to be possible. */
START_TEST(a_machine_has_processes)
{
	struct census census;

	census_take(&census);
	if (access("/proc/self/stat", R_OK) < 0) {
		ck_assert_int_eq(census.max_rss_kb, -1);
		return;
	}
	ck_assert_int_ge(census.running, 1);
	ck_assert_int_ge(census.blocked, 0);
	ck_assert_int_gt(census.max_rss_kb, 0);
	ck_assert_uint_gt(strlen(census.max_rss_name), 0);
	ck_assert_int_ge(census_sectors(), -1);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_test(tcase, a_machine_has_processes);
}

int
main(void)
{
	return unit_run("census", add_tests);
}
