/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/marks.h"

#include <string.h>
#include <unistd.h>

#include "base/tmp.h"
#include "words.h"

static int
open_text(const char *text)
{
	int fd = tmp_open(".");

	ck_assert_int_eq(write(fd, text, strlen(text)),
			 (ssize_t)strlen(text));
	return fd;
}

static enum reason
settle(const char *line, enum family family, int fd)
{
	struct cmdline cmd = CMDLINE_INIT;
	enum reason reason;

	parse_line(&cmd, line, family);
	ck_assert_int_eq(cmd.reason, REASON_NONE);
	reason = marks_settle(&cmd, fd);
	cmdline_clear(&cmd);
	return reason;
}

#define SOURCE "# 1 \"x.c\"\n"
#define FOLDER "# 1 \"/folder//\"\n"

static const struct {
	const char *line, *text;
	enum reason expected;
} given[] = {
	{ "gcc -c x.i", SOURCE "int x;\n", REASON_NONE },
	{ "gcc -c x.i", "# 0 \"x.c\"\n", REASON_NONE },
	{ "gcc -c x.i", "# 12 \"x.c\" 1 3\n", REASON_NONE },
	{ "gcc -c x~.i", "", REASON_PATHS },
	{ "gcc -c x~.i", "int x;\n" SOURCE, REASON_PATHS },
	{ "gcc -c x~.i", "\n" SOURCE, REASON_PATHS },
	{ "gcc -c x~.i", "# 1\n", REASON_PATHS },
	{ "gcc -c x~.i", "# 1 x\n", REASON_PATHS },
	{ "gcc -c x~.i", "# 1 \"x.c\"", REASON_PATHS },
	{ "gcc -c x~.i", "#pragma once\n", REASON_PATHS },
	{ "gcc -c x~.i", "#line 1 \"x.c\"\n", REASON_PATHS },
	{ "gcc -g -c x.i", SOURCE FOLDER "int x;\n", REASON_NONE },
	{ "gcc -g0 -c x.i", SOURCE, REASON_NONE },
	{ "gcc -g -c x.i", SOURCE, REASON_PATHS },
	{ "gcc -g -c x.i", SOURCE "int x;\n" FOLDER, REASON_PATHS },
	{ "gcc -g -c x.i", SOURCE "const char *u = \"http://\"\n;\n",
	  REASON_PATHS },
	{ "gcc -g -c x.i", "# 1 \"x//\"\n", REASON_PATHS },
	{ "gcc -c x.c", "int x;\n", REASON_NONE },
	{ "gcc -g -c ./x.c", "int x;\n", REASON_NONE },
	{ "clang -c x.i", "int x;\n", REASON_NONE },
	{ "gcc -c x.i", "int x;\n", REASON_NONE },
	{ "gcc -c x-1_a+.b.ii", "", REASON_NONE },
	{ "gcc -g -c x.i", "int x;\n", REASON_PATHS },
	{ "gcc -c sub/x.i", "int x;\n", REASON_PATHS },
	{ "gcc -c ./x.i", "int x;\n", REASON_PATHS },
	{ "gcc -c .x.i", "int x;\n", REASON_PATHS },
	{ "gcc -c 'x y.i'", "int x;\n", REASON_PATHS },
	{ "clang -c ./x.i", SOURCE, REASON_NONE },
	{ "clang -g -c x.i", SOURCE, REASON_NONE },
	{ "clang -g -c ./x.i", SOURCE, REASON_PATHS },
	{ "clang -g -c .//x.i", SOURCE, REASON_PATHS },
};

START_TEST(a_preprocessed_source_goes_if_it_tells_its_name)
{
	int fd = open_text(given[_i].text);

	ck_assert_int_eq(settle(given[_i].line,
				strncmp(given[_i].line, "clang", 5) == 0 ?
					FAMILY_CLANG : FAMILY_GCC, fd),
			 given[_i].expected);
	close(fd);
}
END_TEST

static const struct {
	const char *options, *input;
	const char *name;	/* NULL: it stays */
} named[] = {
	{ "", "x.c", "x.c" },
	{ "", "./x.c", "x.c" },
	{ "", ".//x.c", "x.c" },
	{ "", "././x.c", "x.c" },
	{ "", "sub/x.c", "sub/x.c" },
	{ "", "sub//x.c", "sub/x.c" },
	{ "", "./sub//x.c", "sub/x.c" },
	{ "", "sub/./x.c", "sub/./x.c" },
	{ "", "sub/../x.c", "sub/../x.c" },
	{ "-Isub -I sub/", "sub/x.c", "sub/x.c" },
	{ "-I. -isystem ./", "x.c", "x.c" },
	{ "-Isub", "./sub/x.c", "sub/x.c" },
	{ "-Isub", "sub/../sub/x.c", "sub/x.c" },
	{ "-Ilink", "sub/x.c", NULL },
	{ "-isystem sub/../sub", "sub/x.c", NULL },
	{ "-Isub/.. -I.", "x.c", NULL },
	{ "-iquote gone -DA=sub -include sub", "x.c", "x.c" },
	{ "", "gone/x.c", NULL },
	{ "", "//x.c", NULL },
};

static char *
clang_line(const char *options, const char *input)
{
	return concat("clang -g ", options, " -c ", input, (char *)NULL);
}

START_TEST(clang_finds_the_name_that_it_would_give)
{
	char *line = clang_line(named[_i].options, named[_i].input);
	char *mark = concat("# 1 \"", named[_i].input, "\"\nint x;\n",
			    (char *)NULL);
	char *name = concat("# 1 \"", named[_i].name, (char *)NULL);
	char text[256] = "";
	int fd = open_text(mark);
	size_t len = strlen(name);

	ck_assert_int_eq(mkdir("sub", 0755), 0);
	ck_assert_int_eq(symlink("sub", "link"), 0);
	ck_assert_int_eq(settle(line, FAMILY_CLANG, fd),
			 named[_i].name == NULL ? REASON_PATHS : REASON_NONE);
	ck_assert_int_eq(pread(fd, text, sizeof text - 1, 0),
			 (ssize_t)strlen(mark));
	if (named[_i].name != NULL) {
		ck_assert_int_eq(strncmp(text, name, len), 0);
		ck_assert_int_eq(text[len], '"');
		len += 1 + strspn(text + len + 1, " ");
		ck_assert_str_eq(text + len, "\nint x;\n");
	} else {
		ck_assert_str_eq(text, mark);
	}
	close(fd);
	free(name);
	free(mark);
	free(line);
}
END_TEST

START_TEST(without_debug_information_nobody_asks_for_the_name)
{
	int fd = open_text("# 1 \"./x.c\"\n");
	char text[16] = "";

	ck_assert_int_eq(settle("clang -c ./x.c", FAMILY_CLANG, fd),
			 REASON_NONE);
	ck_assert_int_gt(pread(fd, text, sizeof text - 1, 0), 0);
	ck_assert_str_eq(text, "# 1 \"./x.c\"\n");
	close(fd);
}
END_TEST

START_TEST(a_mark_that_is_not_as_expected_stays)
{
	int fd = open_text("# 1 \"./x\\\".c\"\n");

	ck_assert_int_eq(settle("clang -g -c './x\".c'", FAMILY_CLANG, fd),
			 REASON_PATHS);
	close(fd);
}
END_TEST

START_TEST(clang_cannot_be_told_a_folder_that_is_gone)
{
	int fd = open_text("# 1 \"/x.c\"\n");

	ck_assert_int_eq(mkdir("sub", 0755), 0);
	ck_assert_int_eq(chdir("sub"), 0);
	ck_assert_int_eq(rmdir("../sub"), 0);
	ck_assert_int_eq(settle("clang -g -c /x.c", FAMILY_CLANG, fd),
			 REASON_PATHS);
	ck_assert_int_eq(settle("clang -c /x.c", FAMILY_CLANG, fd),
			 REASON_NONE);
	ck_assert_int_eq(settle("gcc -g -c /x.c", FAMILY_GCC, fd),
			 REASON_NONE);
	close(fd);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase,
			    a_preprocessed_source_goes_if_it_tells_its_name, 0,
			    COUNT_OF(given));
	tcase_add_loop_test(tcase, clang_finds_the_name_that_it_would_give, 0,
			    COUNT_OF(named));
	tcase_add_test(tcase,
		       without_debug_information_nobody_asks_for_the_name);
	tcase_add_test(tcase, a_mark_that_is_not_as_expected_stays);
	tcase_add_test(tcase, clang_cannot_be_told_a_folder_that_is_gone);
}

int
main(void)
{
	return unit_run("marks", add_tests);
}
