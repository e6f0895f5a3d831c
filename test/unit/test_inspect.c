/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/inspect.h"

#include <string.h>
#include <unistd.h>

#include "base/tmp.h"
#include "base/file.h"
#include "words.h"

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
	tcase_add_loop_test(tcase,
			    commands_that_take_precompiled_headers_are_told,
			    0, COUNT_OF(commands));
}

int
main(void)
{
	return unit_run("inspect", add_tests);
}
