/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TEST_UNIT_H
#define TEST_UNIT_H

#include <check.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"

/* What every check program needs: a main, and a directory of its own. */

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof *(table)))

/*
 * Where the running test may make files; it is the working directory too.
 * Empty outside of a test with unit_enter_dir as its fixture.
 */
static char unit_dir[PATH_MAX];

static inline void
unit_enter_dir(void)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(unit_dir, sizeof unit_dir, "%s/unit-XXXXXX",
		 tmp == NULL || *tmp == '\0' ? "/tmp" : tmp);
	ck_assert_ptr_nonnull(mkdtemp(unit_dir));
	ck_assert_int_eq(chdir(unit_dir), 0);
}

static inline void
unit_leave_dir(void)
{
	ck_assert_int_eq(chdir("/"), 0);
	ck_assert_int_eq(path_remove_tree(unit_dir), 0);
	unit_dir[0] = '\0';
}

/* Gives every test of tcase an empty directory, which vanishes after it. */
static inline void
unit_in_dir(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, unit_enter_dir, unit_leave_dir);
}

/* Runs what add puts in; the exit status says whether all passed. */
static inline int
unit_run(const char *name, void (*add)(TCase *tcase))
{
	Suite *suite = suite_create(name);
	TCase *tcase = tcase_create(name);
	SRunner *runner;
	int failed;

	tcase_set_timeout(tcase, 60);
	add(tcase);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
