/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/fallthrough.h"

#include <string.h>

#include "base/buf.h"
#include "compiler/cmdline.h"
#include "words.h"

static const struct {
	const char *source;
	const char *found;	/* line and text of each */
} sources[] = {
	{ "a;\n/* fall through */\ncase 1:", "3 /* fall through */;" },
	{ "a; // FALLTHRU\n\n\n  default:", "4 // FALLTHRU;" },
	{ "a; /* Falls thru. */ /* more */ // x\ncase 1:",
	  "2 /* Falls thru. */;" },
	{ "/*fallthrough*/\n/* a\n b */ case 1:", "3 /*fallthrough*/;" },
	{ "/*fall*/\ncase 1:\n/*fall*/\ncase 2:", "2 /*fall*/;4 /*fall*/;" },
	{ "// fall\r\ncase 1:\r\n", "2 // fall;" },
	{ "x = R\"(\")\"; //fall\ncase 1:", "2 //fall;" },
	{ "x = u8R\"d()\")d\"; //fall\ncase 1:", "2 //fall;" },
	{ "x = 1'000'000; //fall\ncase 1:", "2 //fall;" },
	{ "#error don't\n//fall\ncase 1:", "3 //fall;" },
	{ "x = \"\\\"/*\"; //fall\ncase 1:", "2 //fall;" },
	/* not right before a label that begins a line */
	{ "/* fall through */ case 1:", "" },
	{ "/* fall through */\nx; case 1:", "" },
	{ "/* fall through */\nCASE(1)", "" },
	{ "/* fall through */\ncases:", "" },
	{ "/* fall through */\ndefault_x:", "" },
	{ "/* fall through */\n#endif\ncase 1:", "" },
	{ "/* fall through */\n;\ncase 1:", "" },
	{ "/* fall through */ \\\ncase 1:", "" },
	{ "/* fall through */", "" },
	/* not on one line, not a comment, not about it */
	{ "/* fall\nthrough */\ncase 1:", "" },
	{ "// fall \\\n through\ncase 1:", "" },
	{ "// fall \\\r\n through\ncase 1:", "" },
	{ "/* fall through\ncase 1:", "" },
	{ "x = \"/* fall */\";\ncase 1:", "" },
	{ "x = R\"x(/* fall */\n)x\";\ncase 1:", "" },
	{ "/* go on */\ncase 1:", "" },
	/* lines that are from elsewhere */
	{ "/*fall*/\ncase 1:\n#line 7\n/*fall*/\ncase 2:", "" },
	{ "/*fall*/\ncase 1:\n # 7 \"y\"\n", "" },
	{ "/*fall*/\ncase 1:\n#linear\n", "2 /*fall*/;" },
	{ "", "" },
	{ "'", "" },
	{ "\"\\", "" },
	{ "/", "" },
	{ "//", "" },
	{ "R\"", "" },
};

START_TEST(comments_before_labels_are_found)
{
	struct fallthroughs found = FALLTHROUGHS_INIT;
	struct buf text = BUF_INIT;
	/* From the heap, so that a look past its end is seen. */
	const char *source = sources[_i].source;
	size_t size = strlen(source), i;
	char *copy = malloc(size + 1);

	memcpy(copy, source, size);
	fallthrough_find(&found, copy, size);
	for (i = 0; i < found.count; i++) {
		ck_assert_uint_eq(found.v[i].at, FALLTHROUGH_NOWHERE);
		buf_addf(&text, "%zu %.*s;", found.v[i].line,
			 (int)found.v[i].len, found.v[i].text);
	}
	ck_assert_str_eq(text.data, sources[_i].found);
	fallthrough_clear(&found);
	buf_clear(&text);
	free(copy);
}
END_TEST

#define HEAD "# 0 \"x.c\"\n# 0 \"<built-in>\"\n# 1 \"x.c\"\n"

static const struct {
	const char *source;
	const char *text;	/* the same preprocessed */
	const char *whole;	/* with the comments in it */
} places[] = {
	{ "a;\n/*fall*/\ncase 1:\n", HEAD "a;\n\ncase 1:\n",
	  HEAD "a;\n/*fall*/\ncase 1:\n" },
	{ "a; //fall\n  case 1:\nb; //fall\ndefault:\n",
	  HEAD "a;\n  case 1:\nb;\ndefault:\n",
	  HEAD "a;//fall\n  case 1:\nb;//fall\ndefault:\n" },
	{ "#include \"y.h\"\n//fall\n\tcase 1:\n",
	  HEAD "# 1 \"y.h\" 1\n\n\ncase 7:\n# 2 \"x.c\" 2\n\n        case 1:\n",
	  HEAD "# 1 \"y.h\" 1\n\n\ncase 7:\n# 2 \"x.c\" 2\n"
	       "//fall\n        case 1:\n" },
	/* the label is not there, or another one is */
	{ "#if 0\n//fall\ncase 1:\n#endif\ncase 2:\n", HEAD "\n\n\n\ncase 2:\n",
	  HEAD "\n\n\n\ncase 2:\n" },
	{ "#if 0\n//fall\ncase 1:\n#endif\n//fall\ncase 2:\n",
	  HEAD "\n\n\n\n\ncase 2:\n", HEAD "\n\n\n\n//fall\ncase 2:\n" },
	/* its line comes right behind a marker: there is no place */
	{ "//fall\ncase 1:\n", "# 1 \"x.c\"\n# 2 \"x.c\"\ncase 1:\n",
	  "# 1 \"x.c\"\n# 2 \"x.c\"\ncase 1:\n" },
	/* names that only begin alike, and names with quotes */
	{ "//fall\ncase 1:\n", "# 1 \"x.c\"\n# 1 \"x.cc\"\n\ncase 1:\n",
	  "# 1 \"x.c\"\n# 1 \"x.cc\"\n\ncase 1:\n" },
	{ "//fall\ncase 1:\n", "# 1 \"\\\"\"\n\ncase 1:\n",
	  "# 1 \"\\\"\"\n//fall\ncase 1:\n" },
	/* what no preprocessor writes */
	{ "//fall\ncase 1:\n", "\ncase 1:\n", "\ncase 1:\n" },
	{ "//fall\ncase 1:\n", "# 1 \"x.c", "# 1 \"x.c" },
	{ "//fall\ncase 1:\n", "# 1 \"x.c\n\ncase 1:\n", "# 1 \"x.c\n\ncase 1:\n" },
	{ "//fall\ncase 1:\n", "", "" },
};

START_TEST(comments_go_to_the_end_of_the_line_before)
{
	struct fallthroughs found = FALLTHROUGHS_INIT;
	struct buf whole = BUF_INIT;
	const char *source = places[_i].source, *text = places[_i].text;
	size_t size = strlen(text), from = 0, i;
	char *copy = malloc(size + 1);

	memcpy(copy, text, size);
	fallthrough_find(&found, source, strlen(source));
	ck_assert_uint_gt(found.count, 0);
	fallthrough_place(&found, copy, size);
	for (i = 0; i < found.count; i++) {
		if (found.v[i].at == FALLTHROUGH_NOWHERE)
			continue;
		ck_assert_uint_ge(found.v[i].at, from);
		buf_add(&whole, copy + from, found.v[i].at - from);
		buf_add(&whole, found.v[i].text, found.v[i].len);
		from = found.v[i].at;
	}
	buf_add(&whole, copy + from, size - from);
	ck_assert_str_eq(whole.data, places[_i].whole);
	fallthrough_clear(&found);
	buf_clear(&whole);
	free(copy);
}
END_TEST

static const struct {
	const char *line;
	enum family family;
	int matters;
} commands[] = {
	{ "gcc -c x.c", FAMILY_GCC, 0 },
	{ "gcc -Wall -c x.c", FAMILY_GCC, 0 },
	{ "gcc -Wextra -c x.c", FAMILY_GCC, 1 },
	{ "gcc -W -c x.c", FAMILY_GCC, 1 },
	{ "gcc -Wimplicit-fallthrough -c x.c", FAMILY_GCC, 1 },
	{ "gcc -Wimplicit-fallthrough=5 -c x.c", FAMILY_GCC, 1 },
	{ "gcc -Werror=implicit-fallthrough -c x.c", FAMILY_GCC, 1 },
	{ "clang -Wextra -c x.c", FAMILY_CLANG, 0 },
};

START_TEST(commands_that_may_warn_of_it_are_known)
{
	struct cmdline cmd = CMDLINE_INIT;

	parse_line(&cmd, commands[_i].line, commands[_i].family);
	ck_assert_int_eq(fallthrough_matters(&cmd), commands[_i].matters);
	cmdline_clear(&cmd);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, comments_before_labels_are_found, 0,
			    COUNT_OF(sources));
	tcase_add_loop_test(tcase, comments_go_to_the_end_of_the_line_before,
			    0, COUNT_OF(places));
	tcase_add_loop_test(tcase, commands_that_may_warn_of_it_are_known, 0,
			    COUNT_OF(commands));
}

int
main(void)
{
	return unit_run("fallthrough", add_tests);
}
