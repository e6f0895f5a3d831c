/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/inspect.h"

#include <string.h>
#include <unistd.h>

#include "base/tmp.h"
#include "base/file.h"
#include "words.h"

static const struct {
	const char *text;
	enum reason expected;
} sources[] = {
	{ "int x;", REASON_NONE },
	{ "x.include = y.include(z);", REASON_NONE },
	{ "asm(\".incbin \\\"f\\\"\");", REASON_READS_FILE },
	{ "asm(\".incbin\\t\\\"f\\\"\");", REASON_READS_FILE },
	{ "asm(\".include \" \"f\");", REASON_READS_FILE },
	{ "asm(R\"(.incbin \"f\")\");", REASON_READS_FILE },
	{ "x.include(1); asm(\".include \\\"f\\\"\");",
	  REASON_READS_FILE },
	{ "int c = __builtin_COLUMN();", REASON_COLUMNS },
	{ "auto l = __builtin_source_location ();", REASON_COLUMNS },
	{ "asm(\".incbin\" \" \\\"f\\\"\");", REASON_READS_FILE },
	{ "const char *word = \".incbin\", *other = \"\";", REASON_NONE },
	{ "x.include", REASON_NONE },
	{ "# 1 \"x.c\"\n#pragma GCC pch_preprocess \"y.h.gch\"\n",
	  REASON_PCH },
	{ "\"#pragma GCC pch_preprocess \"", REASON_NONE },
	{ ".incbin", REASON_NONE },
};

START_TEST(sources_that_other_machines_see_differently_are_told)
{
	const char *text = sources[_i].text;
	int fd = tmp_open(".");

	ck_assert_int_eq(write(fd, text, strlen(text)),
			 (ssize_t)strlen(text));
	ck_assert_int_eq(inspect_source(fd), sources[_i].expected);
	close(fd);
}
END_TEST

static const struct {
	const char *line;
	enum reason expected;
} commands[] = {
	{ "gcc -c x.c", REASON_NONE },
	{ "gcc -include no.h -c x.c", REASON_NONE },
	{ "gcc -include no.h -include yes.h -c x.c", REASON_PCH },
	{ "gcc -includeyes.h -c x.c", REASON_PCH },
	{ "gcc --include=yes.h -c x.c", REASON_PCH },
	{ "clang -include also.h -c x.c", REASON_PCH },
	{ "gcc -imacros yes.h -D -include -I yes.h -c x.c", REASON_NONE },
};

START_TEST(commands_that_take_precompiled_headers_are_told)
{
	struct cmdline cmd = CMDLINE_INIT;

	ck_assert_int_eq(file_write("yes.h.gch", "", 0), 0);
	ck_assert_int_eq(file_write("also.h.pch", "", 0), 0);
	parse_line(&cmd, commands[_i].line, FAMILY_GCC);
	ck_assert_int_eq(inspect_headers(&cmd), commands[_i].expected);
	cmdline_clear(&cmd);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(
		tcase, sources_that_other_machines_see_differently_are_told,
		0, COUNT_OF(sources));
	tcase_add_loop_test(tcase,
			    commands_that_take_precompiled_headers_are_told,
			    0, COUNT_OF(commands));
}

int
main(void)
{
	return unit_run("inspect", add_tests);
}
