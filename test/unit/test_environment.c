/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/environment.h"

#include <string.h>

#include "unit.h"

START_TEST(the_table_is_sorted_and_says_who_reads_what)
{
	size_t count, i;
	const struct environment_entry *table = environment_table(&count);

	for (i = 0; i < count; i++) {
		ck_assert_uint_ne(table[i].families, 0);
		ck_assert_ptr_null(strchr(table[i].name, '='));
		if (i > 0)
			ck_assert_msg(strcmp(table[i - 1].name,
					     table[i].name) < 0,
				      "%s", table[i].name);
	}
}
END_TEST

static const struct {
	const char *variable, *gcc, *clang;
} cases[] = {
	{ "GCC_COMPARE_DEBUG=-O0", "GCC_COMPARE_DEBUG", NULL },
	{ "GCC_COMPARE_DEBUG=", "GCC_COMPARE_DEBUG", NULL },
	{ "GCC_COMPARE_DEBUGS=1", NULL, NULL },
	{ "COMPILER_PATH=/x", "COMPILER_PATH", "COMPILER_PATH" },
	{ "CCC_OVERRIDE_OPTIONS=+-O0", NULL, "CCC_OVERRIDE_OPTIONS" },
	{ "CC_PRINT_HEADERS_FILE=/x", NULL, "CC_PRINT_HEADERS_FILE" },
	{ "CC=gcc", NULL, NULL },
	{ "CPATH=/x", NULL, NULL },
	{ "SOURCE_DATE_EPOCH=1", NULL, NULL },
	{ "LANG=C", NULL, NULL },
	{ "X=GCC_COMPARE_DEBUG", NULL, NULL },
	{ "NIX_CFLAGS_COMPILE_x86_64=-O", "NIX_CFLAGS_COMPILE_x86_64",
	  "NIX_CFLAGS_COMPILE_x86_64" },
	{ "", NULL, NULL },
	{ "=", NULL, NULL },
};

static void
expect_culprit(char *variable, enum family family, const char *expected)
{
	char harmless[] = "PATH=/bin";
	char *envp[] = { harmless, variable, harmless, NULL };
	char *culprit = environment_culprit(envp, family);

	ck_assert_pstr_eq(culprit, expected);
	free(culprit);
}

START_TEST(what_changes_the_compilers_work_is_named)
{
	char *variable = strdup(cases[_i].variable);

	expect_culprit(variable, FAMILY_GCC, cases[_i].gcc);
	expect_culprit(variable, FAMILY_CLANG, cases[_i].clang);
	free(variable);
}
END_TEST

static const struct {
	const char *variable;
	int leads;
} leading[] = {
	{ "CPATH=/x", 1 }, { "CPATH", 1 }, { "CPATHS=/x", 0 },
	{ "C_INCLUDE_PATH=/x", 1 }, { "CPLUS_INCLUDE_PATH=/x", 1 },
	{ "OBJC_INCLUDE_PATH=", 1 }, { "OBJCPLUS_INCLUDE_PATH=", 1 },
	{ "SOURCE_DATE_EPOCH=1", 1 }, { "LC_ALL=C", 1 },
	{ "GCC_EXEC_PREFIX=/x", 1 }, { "COMPILER_PATH=/x", 1 },
	{ "SDKROOT=/x", 1 }, { "CCC_OVERRIDE_OPTIONS=x", 1 },
	{ "NIX_CFLAGS_COMPILE_x86_64=-I/x", 1 },
	{ "PATH=/bin", 0 }, { "CC=gcc", 0 }, { "X=CPATH", 0 }, { "", 0 },
};

START_TEST(what_may_lead_to_other_files_is_known)
{
	ck_assert_int_eq(environment_leads_to_files(leading[_i].variable),
			 leading[_i].leads);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_test(tcase, the_table_is_sorted_and_says_who_reads_what);
	tcase_add_loop_test(tcase, what_changes_the_compilers_work_is_named, 0,
			    COUNT_OF(cases));
	tcase_add_loop_test(tcase, what_may_lead_to_other_files_is_known, 0,
			    COUNT_OF(leading));
}

int
main(void)
{
	return unit_run("environment", add_tests);
}
