/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/usercode.h"

#include <string.h>

#include "base/err.h"
#include "compiler/linemark.h"
#include "unit.h"

static const struct {
	const char *line;
	int r;
	size_t number;
	const char *name;
	unsigned flags;
} marks[] = {
	{ "# 1 \"x.c\"", 0, 1, "\"x.c\"", 0 },
	{ "# 0 \"<built-in>\"", 0, 0, "\"<built-in>\"", 0 },
	{ "# 12 \"a b/x.h\" 1 3 4", 0, 12, "\"a b/x.h\"",
	  LINEMARK_ENTERS | LINEMARK_SYSTEM | LINEMARK_C },
	{ "# 12 \"x\\\"1 2.h\" 2", 0, 12, "\"x\\\"1 2.h\"",
	  LINEMARK_RETURNS },
	{ "# 12 \"x.h\"     ", 0, 12, "\"x.h\"", 0 },
	{ "# 12", ERR_SYNTAX, 0, NULL, 0 },
	{ "# 12 \"", ERR_SYNTAX, 0, NULL, 0 },
	{ "# 12 \"x.c", ERR_SYNTAX, 0, NULL, 0 },
	{ "# 12 \"x.c\\\"", ERR_SYNTAX, 0, NULL, 0 },
	{ "# x \"x.c\"", ERR_SYNTAX, 0, NULL, 0 },
	{ "#pragma once", ERR_SYNTAX, 0, NULL, 0 },
	{ "#", ERR_SYNTAX, 0, NULL, 0 },
	{ "", ERR_SYNTAX, 0, NULL, 0 },
};

START_TEST(marks_are_read_and_other_lines_are_not)
{
	const char *line = marks[_i].line;
	struct linemark mark;

	ck_assert_int_eq(linemark_read(line, line + strlen(line), &mark),
			 marks[_i].r);
	if (marks[_i].r < 0)
		return;
	ck_assert_uint_eq(mark.line, marks[_i].number);
	ck_assert_uint_eq(mark.flags, marks[_i].flags);
	ck_assert_uint_eq(mark.name_len, strlen(marks[_i].name));
	ck_assert_int_eq(memcmp(mark.name, marks[_i].name, mark.name_len), 0);
}
END_TEST

#define HEAD "# 0 \"x.c\"\n# 1 \"/s.h\" 1 3 4\nint s;\n" \
	"# 9 \"/s.h\" 3 4\nint t;\n# 2 \"x.c\" 2\n"

static const struct {
	const char *text, *unmarked;
} texts[] = {
	{ HEAD "int x;\n", HEAD "int x;\n" },
	/* in the middle of a line of the user's */
	{ HEAD "x =\n# 3 \"x.c\" 3 4\n   0\n# 3 \"x.c\"\n  ;\n",
	  HEAD "x =\n# 3 \"x.c\"    \n   0\n# 3 \"x.c\"\n  ;\n" },
	{ HEAD "x =\n# 3 \"x.c\" 3\n   0\n# 3 \"x.c\"\n  ;\n",
	  HEAD "x =\n# 3 \"x.c\"  \n   0\n# 3 \"x.c\"\n  ;\n" },
	{ HEAD "# 3 \"x.c\" 3 4\n0\n# 3 \"x.c\" 3\n0\n# 3 \"x.c\"\n",
	  HEAD "# 3 \"x.c\"    \n0\n# 3 \"x.c\"  \n0\n# 3 \"x.c\"\n" },
	/* a header that says it is one of the system's */
	{ HEAD "# 1 \"u.h\" 1\n       \n# 2 \"u.h\" 3\n\n"
	       "# 2 \"u.h\" 3\nint u;\n# 8 \"u.h\" 3\nint v;\n"
	       "# 3 \"x.c\" 2\n# 3 \"x.c\" 3 4\n0\n# 3 \"x.c\"\n",
	  HEAD "# 1 \"u.h\" 1\n       \n# 2 \"u.h\" 3\n\n"
	       "# 2 \"u.h\" 3\nint u;\n# 8 \"u.h\" 3\nint v;\n"
	       "# 3 \"x.c\" 2\n# 3 \"x.c\"    \n0\n# 3 \"x.c\"\n" },
	{ "# 1 \"x.c\"\n# 1 \"x.c\" 3", "# 1 \"x.c\"\n# 1 \"x.c\"  " },
	{ "", "" },
};

START_TEST(marks_of_macros_become_blank_and_others_stay)
{
	size_t size = strlen(texts[_i].text);
	/* From the heap, so that a look past its end is seen. */
	char *text = malloc(size + 1);

	memcpy(text, texts[_i].text, size);
	usercode_unmark(text, size);
	ck_assert_uint_eq(size, strlen(texts[_i].unmarked));
	ck_assert_int_eq(memcmp(text, texts[_i].unmarked, size), 0);
	free(text);
}
END_TEST

static const struct {
	const char *text;
	int has;
} lines[] = {
	{ "# 1 \"x.c\"\n#one\n", 1 },
	{ "# 1 \"x.c\"\n#two more", 1 },
	{ "# 1 \"x.c\"\n #one\n#on\n", 0 },
	{ "# 1 \"/s.h\" 1 3\n#one\n", 0 },
	{ "# 1 \"/s.h\" 1 3\n#one\n# 2 \"x.c\" 2\n#two\n", 1 },
	{ "# 1 \"x.c\"\n# 1 \"x.c\" 3 4\n0\n# 1 \"x.c\"\n#one\n", 1 },
	{ "# 1 \"u.h\" 1\n\n# 2 \"u.h\" 3\n\n# 2 \"u.h\" 3\n#one\n", 0 },
	{ "", 0 },
};

START_TEST(lines_of_the_users_own_are_found)
{
	static const char *const words[] = { "#one", "#two", NULL };

	ck_assert_int_eq(usercode_has(lines[_i].text, strlen(lines[_i].text),
				      words), lines[_i].has);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, marks_are_read_and_other_lines_are_not, 0,
			    COUNT_OF(marks));
	tcase_add_loop_test(tcase, marks_of_macros_become_blank_and_others_stay,
			    0, COUNT_OF(texts));
	tcase_add_loop_test(tcase, lines_of_the_users_own_are_found, 0,
			    COUNT_OF(lines));
}

int
main(void)
{
	return unit_run("usercode", add_tests);
}
