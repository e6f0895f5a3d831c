/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/output.h"

#include <string.h>

#include "base/file.h"
#include "words.h"

static const struct {
	const char *line;
	enum attempt_outcome outcome;
	enum reason reason;	/* for ATTEMPT_STAYS */
	enum tmp_way object, depfile;
} commands[] = {
	/* What is not there. */
	{ "gcc -c x.c -MD", ATTEMPT_VERDICT, 0, TMP_REPLACE, TMP_REPLACE },
	{ "gcc -c x.c -o none/x.o", ATTEMPT_OURS, 0, 0, 0 },
	/* What is: full, empty, a device, a folder. */
	{ "gcc -c x.c -o full", ATTEMPT_VERDICT, 0, TMP_REPLACE, 0 },
	{ "gcc -c x.c -o empty", ATTEMPT_VERDICT, 0, TMP_OVERWRITE, 0 },
	{ "gcc -S x.c -o full", ATTEMPT_VERDICT, 0, TMP_OVERWRITE, 0 },
	{ "clang -c x.c -o full", ATTEMPT_VERDICT, 0, TMP_REPLACE, 0 },
	{ "clang -c x.c -o empty", ATTEMPT_STAYS, REASON_OUTPUT, 0, 0 },
	{ "clang -S x.c -o full", ATTEMPT_VERDICT, 0, TMP_REPLACE, 0 },
	{ "clang -S x.c -o empty", ATTEMPT_VERDICT, 0, TMP_REPLACE, 0 },
	{ "gcc -c x.c -o /dev/null", ATTEMPT_VERDICT, 0, TMP_DIRECT, 0 },
	{ "gcc -c x.c -o folder", ATTEMPT_OURS, 0, 0, 0 },
	/* Dependencies. */
	{ "gcc -MD -MF full -c x.c", ATTEMPT_VERDICT, 0, TMP_REPLACE,
	  TMP_OVERWRITE },
	{ "clang -MD -MF empty -c x.c -o full", ATTEMPT_VERDICT, 0,
	  TMP_REPLACE, TMP_OVERWRITE },
	{ "gcc -MD -MF /dev/null -c x.c", ATTEMPT_VERDICT, 0, TMP_REPLACE,
	  TMP_DIRECT },
	/* Links. */
	{ "gcc -c x.c -o to-full", ATTEMPT_STAYS, REASON_OUTPUT, 0, 0 },
	{ "clang -c x.c -o to-full", ATTEMPT_STAYS, REASON_OUTPUT, 0, 0 },
	{ "gcc -c x.c -o to-none", ATTEMPT_STAYS, REASON_OUTPUT, 0, 0 },
	{ "gcc -c x.c -o to-null", ATTEMPT_VERDICT, 0, TMP_DIRECT, 0 },
	{ "gcc -MD -MF to-full -c x.c", ATTEMPT_STAYS, REASON_OUTPUT, 0, 0 },
	/* The source, and twice the same. */
	{ "gcc -c x.c -o x.c", ATTEMPT_STAYS, REASON_BAD_COMMAND, 0, 0 },
	{ "clang -S x.c -o ./x.c", ATTEMPT_STAYS, REASON_BAD_COMMAND, 0, 0 },
	{ "gcc -c x.c -o to-x.c", ATTEMPT_STAYS, REASON_BAD_COMMAND, 0, 0 },
	{ "gcc -c to-x.c -o x.c", ATTEMPT_STAYS, REASON_BAD_COMMAND, 0, 0 },
	{ "gcc -c x.c -o same-x.c", ATTEMPT_STAYS, REASON_BAD_COMMAND, 0, 0 },
	{ "gcc -MD -MF x.c -c x.c", ATTEMPT_STAYS, REASON_BAD_COMMAND, 0, 0 },
	{ "gcc -MD -MF y -c x.c -o y", ATTEMPT_STAYS, REASON_BAD_COMMAND, 0,
	  0 },
};

static void
make_files(void)
{
	ck_assert_int_eq(file_write("x.c", "int x;", 6), 0);
	ck_assert_int_eq(file_write("full", "old", 3), 0);
	ck_assert_int_eq(file_write("empty", "", 0), 0);
	ck_assert_int_eq(mkdir("folder", 0700), 0);
	ck_assert_int_eq(symlink("full", "to-full"), 0);
	ck_assert_int_eq(symlink("none", "to-none"), 0);
	ck_assert_int_eq(symlink("/dev/null", "to-null"), 0);
	ck_assert_int_eq(symlink("x.c", "to-x.c"), 0);
	ck_assert_int_eq(link("x.c", "same-x.c"), 0);
}

START_TEST(outputs_are_written_as_their_compiler_writes_them)
{
	const char *line = commands[_i].line;
	struct attempt attempt = ATTEMPT_INIT;
	struct cmdline cmd = CMDLINE_INIT;
	struct stat st;

	make_files();
	parse_line(&cmd, line,
		   line[0] == 'c' ? FAMILY_CLANG : FAMILY_GCC);
	ck_assert_int_eq(cmd.reason, REASON_NONE);
	attempt.cmd = &cmd;
	ck_assert_int_eq(output_open(&attempt), commands[_i].outcome);
	if (commands[_i].outcome == ATTEMPT_STAYS)
		ck_assert_int_eq(attempt.reason, commands[_i].reason);
	if (commands[_i].outcome == ATTEMPT_VERDICT) {
		ck_assert_int_eq(attempt.object.way, commands[_i].object);
		ck_assert_int_eq(attempt.depfile.way, commands[_i].depfile);
	}
	attempt_clear(&attempt);
	/* Nothing was touched so far. */
	ck_assert_int_eq(stat("full", &st), 0);
	ck_assert_int_eq(st.st_size, 3);
	cmdline_clear(&cmd);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase,
			    outputs_are_written_as_their_compiler_writes_them,
			    0, COUNT_OF(commands));
}

int
main(void)
{
	return unit_run("output", add_tests);
}
