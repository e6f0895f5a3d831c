/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/source.h"

#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/tmp.h"
#include "words.h"

/* A file with text in it. */
static int
file_of(const char *text)
{
	int fd = tmp_open(".");

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(fd_write_all(fd, text, strlen(text)), 0);
	return fd;
}

#define C "gcc -c x.c"
#define USER "# 1 \"x.c\"\n"
#define SYSTEM USER "# 1 \"/s.h\" 1 3 4\n"

static const struct {
	const char *line;
	const char *text;
	enum reason expected;
} sources[] = {
	{ C, "int x;", REASON_NONE },
	{ C, "x.include = y.include(z);", REASON_NONE },
	{ C, "asm(\".incbin \\\"f\\\"\");", REASON_READS_FILE },
	{ C, "asm(\".incbin\\t\\\"f\\\"\");", REASON_READS_FILE },
	{ C, "asm(\".include \" \"f\");", REASON_READS_FILE },
	{ C, "asm(R\"(.incbin \"f\")\");", REASON_READS_FILE },
	{ C, "x.include(1); asm(\".include \\\"f\\\"\");",
	  REASON_READS_FILE },
	{ C, "int c = __builtin_COLUMN();", REASON_COLUMNS },
	{ C, "auto l = __builtin_source_location ();", REASON_COLUMNS },
	{ C, "asm(\".incbin\" \" \\\"f\\\"\");", REASON_READS_FILE },
	{ C, "const char *word = \".incbin\", *other = \"\";", REASON_NONE },
	{ C, "x.include", REASON_NONE },
	{ C, "# 1 \"x.c\"\n#pragma GCC pch_preprocess \"y.h.gch\"\n",
	  REASON_PCH },
	{ C, "\"#pragma GCC pch_preprocess \"", REASON_NONE },
	{ C, ".incbin", REASON_NONE },
	{ C, "int l = __builtin_LINE();", REASON_NONE },
	{ "clang -c x.c", "int l = __builtin_LINE();", REASON_COLUMNS },
	{ "clang -c x.c", "int __builtin_LINES;", REASON_NONE },
	/* raw strings of several lines, where lines are told */
	{ "clang++ -g -c x.cc", "s = R\"(a\nb)\";", REASON_COLUMNS },
	{ "clang++ -g -c x.cc", "s = u8R\"d(a)\" \nb)d\";", REASON_COLUMNS },
	{ "clang++ -g -c x.cc", "s = R\"(a)\";\n", REASON_NONE },
	{ "clang++ -g -c x.cc", "s = \"R\", \"(\n)\";\n", REASON_NONE },
	{ "clang++ -g -c x.cc", "R\"", REASON_NONE },
	{ "clang++ -c x.cc", "s = R\"(a\nb)\";", REASON_NONE },
	{ "g++ -g -c x.cc", "s = R\"(a\nb)\";", REASON_NONE },
	/* pragmas that gcc's preprocessor does not heed */
	{ C, USER "#pragma GCC target(\"avx2\")\n", REASON_PRAGMA },
	{ C, USER "#pragma GCC optimize \"O2\"\n", REASON_PRAGMA },
	{ C, SYSTEM "#pragma GCC target(\"avx2\")\n", REASON_NONE },
	{ C, SYSTEM "#pragma GCC target(\"avx2\")\n# 3 \"x.c\" 2\n"
	     "#pragma GCC target(\"avx2\")\n", REASON_PRAGMA },
	{ C, SYSTEM "#pragma GCC target(\"avx2\")\n# 3 \"x.c\" 2\n"
	     "#pragma GCC optimize(\"O2\")\n", REASON_PRAGMA },
	{ "g++ -c x.cc", USER "#pragma GCC target(\"avx2\")\n", REASON_NONE },
	{ "clang -c x.c", USER "#pragma GCC target(\"avx2\")\n",
	  REASON_NONE },
	{ C, "#pragma GCC diagnostic error \"-Wundef\"\n", REASON_PRAGMA },
	{ "g++ -c x.cc", "#pragma GCC diagnostic error \"-Wundef\"\n",
	  REASON_NONE },
	{ C, "#pragma GCC diagnostic warning \"-Wcpp\"\n", REASON_PRAGMA },
	{ C, "#pragma GCC diagnostic ignored \"-Wundef\"\n", REASON_NONE },
	{ C, "#pragma GCC diagnostic error \"-Wshadow\"\n", REASON_NONE },
	{ C, "#pragma GCC diagnostic push\n", REASON_NONE },
	{ C, "#pragma GCC diagnostic", REASON_NONE },
};

START_TEST(sources_that_other_machines_see_differently_are_told)
{
	struct cmdline cmd = CMDLINE_INIT;
	int fd = file_of(sources[_i].text);

	parse_line(&cmd, sources[_i].line,
		   strncmp(sources[_i].line, "clang", 5) == 0 ? FAMILY_CLANG :
								FAMILY_GCC);
	ck_assert_int_eq(source_inspect(&cmd, fd, 0), sources[_i].expected);
	cmdline_clear(&cmd);
	close(fd);
}
END_TEST

START_TEST(a_pragma_about_messages_matters_where_there_are_some)
{
	struct cmdline cmd = CMDLINE_INIT;
	int fd = file_of("#pragma GCC diagnostic ignored \"-Wcpp\"\n");
	int without = file_of("#pragma GCC poison x\n");

	parse_line(&cmd, C, FAMILY_GCC);
	ck_assert_int_eq(source_inspect(&cmd, fd, 1), REASON_PRAGMA);
	ck_assert_int_eq(source_inspect(&cmd, without, 1), REASON_NONE);
	cmdline_clear(&cmd);
	close(fd);
	close(without);
}
END_TEST

static const struct {
	const char *line;
	const char *object;
	int shows;
} objects[] = {
	{ "clang++ -c x.cc", "name [F = (lambda at x.cc:3:45)]", 1 },
	{ "clang++ -c x.cc", "(unnamed struct at x.cc:3:45)", 1 },
	{ "clang++ -S x.cc", "(anonymous class)", 1 },
	{ "clang++ -c x.cc", "(lambda)", 0 },
	{ "clang++ -g -c x.cc", "(lambda at x.cc:3:45)", 0 },
	{ "clang -c x.c", "(lambda at x.cc:3:45)", 0 },
	{ "g++ -c x.cc", "(lambda at x.cc:3:45)", 0 },
};

START_TEST(objects_with_positions_in_names_are_told)
{
	struct cmdline cmd = CMDLINE_INIT;
	int fd = file_of(objects[_i].object);

	parse_line(&cmd, objects[_i].line,
		   *objects[_i].line == 'c' ? FAMILY_CLANG : FAMILY_GCC);
	ck_assert_int_eq(source_shows_in_object(&cmd, fd), objects[_i].shows);
	cmdline_clear(&cmd);
	close(fd);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(
		tcase, sources_that_other_machines_see_differently_are_told,
		0, COUNT_OF(sources));
	tcase_add_test(tcase,
		       a_pragma_about_messages_matters_where_there_are_some);
	tcase_add_loop_test(tcase, objects_with_positions_in_names_are_told,
			    0, COUNT_OF(objects));
}

int
main(void)
{
	return unit_run("source", add_tests);
}
