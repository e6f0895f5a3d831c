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

/* Where all of a program's tests have theirs, also those that fail. */
static char unit_top_dir[PATH_MAX - 32];

static inline void
unit_enter_dir(void)
{
	snprintf(unit_dir, sizeof unit_dir, "%s/test-XXXXXX", unit_top_dir);
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
	const char *tmp = getenv("TMPDIR");
	SRunner *runner;
	int failed;

	snprintf(unit_top_dir, sizeof unit_top_dir, "%s/unit-XXXXXX",
		 tmp == NULL || *tmp == '\0' ? "/tmp" : tmp);
	if (mkdtemp(unit_top_dir) == NULL) {
		perror(unit_top_dir);
		return EXIT_FAILURE;
	}
	tcase_set_timeout(tcase, 60);
	add(tcase);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	if (path_remove_tree(unit_top_dir) < 0) {
		perror(unit_top_dir);
		failed++;
	}
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
