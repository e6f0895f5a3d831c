/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/directives.h"

#include <string.h>

#include "base/file.h"
#include "compiler/probe.h"
#include "words.h"

static const struct {
	const char *line;
	enum family family;
	int suffice;
} commands[] = {
	{ "gcc -c x.c", FAMILY_GCC, 1 },
	{ "gcc -O0 -g -c x.c", FAMILY_GCC, 1 },
	{ "gcc -O2 -O0 -c x.c", FAMILY_GCC, 1 },
	{ "g++ -std=c++17 -S x.cc", FAMILY_GCC, 1 },
	{ "gcc -DA=1 -U B -Idir -isystem dir -include y.h -c x.c",
	  FAMILY_GCC, 1 },
	{ "gcc -MD -MF x.d -MT y -c x.c", FAMILY_GCC, 1 },
	{ "gcc -pthread -Wall -fPIC -c x.c", FAMILY_GCC, 1 },
	{ "gcc -O -c x.c", FAMILY_GCC, 0 },
	{ "gcc -O0 -O2 -c x.c", FAMILY_GCC, 0 },
	{ "gcc -Og -c x.c", FAMILY_GCC, 0 },
	{ "gcc --optimize -c x.c", FAMILY_GCC, 0 },
	{ "gcc --optimize=1 -c x.c", FAMILY_GCC, 0 },
	{ "gcc --optimize=0 -c x.c", FAMILY_GCC, 1 },
	{ "gcc -fopenmp -c x.c", FAMILY_GCC, 0 },
	{ "gcc -fopenmp-simd -c x.c", FAMILY_GCC, 0 },
	{ "gcc -fopenacc -c x.c", FAMILY_GCC, 0 },
	{ "gcc -Wunused-macros -c x.c", FAMILY_GCC, 0 },
	{ "gcc -trigraphs -c x.c", FAMILY_GCC, 0 },
	{ "gcc -finput-charset=latin1 -c x.c", FAMILY_GCC, 0 },
	{ "gcc -imacros y.h -c x.c", FAMILY_GCC, 0 },
	{ "gcc -c x.i", FAMILY_GCC, 0 },
	{ "gcc -c x.m", FAMILY_GCC, 0 },
	{ "clang -c x.c", FAMILY_CLANG, 0 },
};

static struct probe probe = PROBE_INIT;

static void
tear_down(void)
{
	probe_clear(&probe);
	unit_leave_dir();
}

/* A compiler that says no more than its version. */
static void
open_compiler(const char *version)
{
	char text[100];

	snprintf(text, sizeof text, "#!/bin/sh\necho %s\n", version);
	ck_assert_int_eq(mkdir("bin", 0755), 0);
	ck_assert_int_eq(file_write("bin/gcc", text, strlen(text)), 0);
	ck_assert_int_eq(chmod("bin/gcc", 0755), 0);
	probe_open(&probe, "gcc", "bin", NULL, ".");
	ck_assert_int_eq(probe.is_script, 1);
	probe.is_script = 0;
}

START_TEST(macros_wait_where_nothing_is_optimized)
{
	struct cmdline cmd = CMDLINE_INIT;

	open_compiler("12");
	parse_line(&cmd, commands[_i].line, commands[_i].family);
	ck_assert_int_eq(directives_suffice(&cmd, &probe),
			 commands[_i].suffice);
	cmdline_clear(&cmd);
}
END_TEST

static const struct {
	const char *version;
	int suffice;
} versions[] = {
	{ "12.2.0", 1 }, { "13", 1 }, { "11.4.0", 0 }, { "4.8", 0 },
	{ "", 0 }, { "gcc", 0 }, { "99999999999999999999", 0 },
};

START_TEST(a_compiler_that_is_too_old_does_not_do_it)
{
	struct cmdline cmd = CMDLINE_INIT;

	open_compiler(versions[_i].version);
	parse_line(&cmd, "gcc -c x.c", FAMILY_GCC);
	ck_assert_int_eq(directives_suffice(&cmd, &probe),
			 versions[_i].suffice);
	cmdline_clear(&cmd);
}
END_TEST

START_TEST(a_script_is_not_trusted_with_it)
{
	struct cmdline cmd = CMDLINE_INIT;

	open_compiler("12");
	probe.is_script = 1;
	parse_line(&cmd, "gcc -c x.c", FAMILY_GCC);
	ck_assert_int_eq(directives_suffice(&cmd, &probe), 0);
	cmdline_clear(&cmd);
}
END_TEST

static const struct {
	const char *line;
	const char *first;	/* of the words; NULL: there are none */
} needs[] = {
	{ "gcc -c x.c", "define " },
	{ "g++ -c x.cc", "#" },
	{ "gcc -DX -UY -D Z=1 -DV='\"1.2\"' -c x.c", "define " },
	{ "gcc '-DX(a)=a' -c x.c", NULL },
	{ "gcc -D X=a+b -c x.c", NULL },
	{ "gcc '-DX=a b' -c x.c", NULL },
	{ "gcc --define-macro=X() -c x.c", NULL },
	{ "gcc -include y.h -c x.c", NULL },
};

START_TEST(macros_are_there_where_somebody_makes_them)
{
	struct cmdline cmd = CMDLINE_INIT;
	const char *const *words;

	parse_line(&cmd, needs[_i].line, FAMILY_GCC);
	words = directives_needed(&cmd);
	ck_assert_int_eq(words == NULL, needs[_i].first == NULL);
	if (words != NULL)
		ck_assert_str_eq(words[0], needs[_i].first);
	cmdline_clear(&cmd);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, unit_enter_dir, tear_down);
	tcase_add_loop_test(tcase, macros_wait_where_nothing_is_optimized, 0,
			    COUNT_OF(commands));
	tcase_add_test(tcase, a_script_is_not_trusted_with_it);
	tcase_add_loop_test(tcase, macros_are_there_where_somebody_makes_them,
			    0, COUNT_OF(needs));
	tcase_add_loop_test(tcase, a_compiler_that_is_too_old_does_not_do_it,
			    0, COUNT_OF(versions));
}

int
main(void)
{
	return unit_run("directives", add_tests);
}
