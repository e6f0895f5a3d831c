/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <check.h>
#include <string.h>

#include "scan/record.h"
#include "scan/symbol.h"
#include "unit.h"

static struct symbols *symbols;

static void
set_up(void)
{
	symbols = symbols_new();
}

static void
tear_down(void)
{
	symbols_free(symbols);
}

static unsigned
marks_of(const char *text, unsigned dialect)
{
	struct record *record = record_new(symbols, text, strlen(text),
					   dialect);
	unsigned marks = record_marks(record);

	record_free(record);
	return marks;
}

static const struct {
	const char *text;
	unsigned marks;
} marked[] = {
	{ "", 0 },
	{ "#pragma once\n", RECORD_ONCE },
	{ "#import <a>\n", RECORD_ONCE },
	{ "#if 0\n#import <a>\n#endif\n", RECORD_ONCE },
	{ "asm(\".incbin \\\"a\\\"\");\n", RECORD_INCBIN },
	{ "\t.incbin \"a\"\n", RECORD_INCBIN },
	{ "#define A .incbin\n", RECORD_INCBIN },
	{ ".inc\\\nbin \"a\"\n", RECORD_INCBIN },
	{ "// .incbin\n/* .incbin\n.incbin */ incbins\n", 0 },
	{ ".include \"a\"\n", RECORD_ASM_INCLUDE },
	{ "asm(\".include a\");\n", RECORD_ASM_INCLUDE },
	{ "a.b include \"#include\"\n", 0 },
	{ "int a = __COUNTER__;\n", RECORD_COUNTER },
	{ "#define A __COUNTER__\n", RECORD_COUNTER },
	{ "\"__COUNTER__\" __COUNTER '__DATE__' __DATE __DATE__x\n", 0 },
	{ "__DA\\\nTE__\n", RECORD_DATE },
	{ "__TIME__", RECORD_DATE },
	{ "__TIMESTAMP__", RECORD_TIMESTAMP },
	{ "a ?\?= b", RECORD_TRIGRAPH },
	{ "a ?\?/", RECORD_TRIGRAPH },
	{ "a ??\?-", RECORD_TRIGRAPH },
	{ "\"?\?=\"", RECORD_TRIGRAPH },
	{ "#define A ?\?(", RECORD_TRIGRAPH },
	{ "#include <a?\?)>", RECORD_TRIGRAPH },
	{ "// ?\?/", RECORD_TRIGRAPH },
	{ "/* (what?\?) */ // ?\?!", 0 },
	{ "a ?\?x ?=", 0 },
	{ "#pragma push_macro(\"A\")\n", RECORD_MACRO_STACK },
	{ "_Pragma(\"pop_macro(\\\"A\\\")\")\n", RECORD_MACRO_STACK },
	{ "#pragma GCC dependency \"a\"\n", RECORD_DEPENDENCY },
	{ "import a;\n", RECORD_MODULE },
	{ "  export module a;\n", RECORD_MODULE },
	{ "a import;\nimportant;\nmodule_a b;\n", 0 },
	{ "#embed <a>\n", RECORD_EMBED },
	{ "#pragma GCC pch_preprocess \"a\"\n", RECORD_PCH },
	{ "#pragma GCC system_header\n", RECORD_SYSTEM },
	{ "#pragma clang system_header\n", RECORD_SYSTEM },
	{ "#pragma GCC poison a b\n", RECORD_POISON },
	{ "a = R\"(\";\n", RECORD_DIALECT },
	{ "a = 1'0;\n", RECORD_DIALECT },
	{ "a = 1 '0';\nR \"a\" xR\"a\" L\"b\"", 0 },
	{ "#if A // b\n#endif\n", RECORD_SLASHES },
	{ "// /* a\n", RECORD_SLASHES },
	{ "#ifdef A // b\n#endif // c\n#undef a // d\n", 0 },
};

START_TEST(test_marks)
{
	ck_assert_uint_eq(marks_of(marked[_i].text, RECORD_PLAIN),
			  marked[_i].marks);
}
END_TEST

/* Each has __COUNTER__ where only one way of reading sees it. */
START_TEST(test_dialects)
{
	static const char raw[] = "R\"( \" __COUNTER__ )\"";
	static const char separated[] = "1'0 __COUNTER__ '";

	ck_assert_uint_eq(marks_of(raw, RECORD_PLAIN),
			  RECORD_DIALECT | RECORD_COUNTER);
	ck_assert_uint_eq(marks_of(raw, RECORD_SEPARATORS),
			  RECORD_DIALECT | RECORD_COUNTER);
	ck_assert_uint_eq(marks_of(raw, RECORD_RAW_STRINGS), RECORD_DIALECT);
	ck_assert_uint_eq(marks_of(separated, RECORD_PLAIN), RECORD_DIALECT);
	ck_assert_uint_eq(marks_of(separated, RECORD_SEPARATORS),
			  RECORD_DIALECT | RECORD_COUNTER);
}
END_TEST

static const struct {
	const char *text;
	const char *guard;	/* "" for none */
} guarded[] = {
	{ "#ifndef A\n#endif\n", "A" },
	{ "/* c */\n\n#ifndef A\na\n#define A\n#if 1\n#else\n#endif\n"
	  "#endif // c\n\n/* d */", "A" },
	{ "#if !defined A\n#endif", "A" },
	{ "#if !defined(A)\n#endif", "A" },
	{ "  # if ! defined ( A ) /* c */\n#endif", "A" },
	{ "", "" },
	{ "#ifdef A\n#endif\n", "" },
	{ "#if defined(A)\n#endif\n", "" },
	{ "#if !defined(A) || 1\n#endif\n", "" },
	{ "#if !A\n#endif\n", "" },
	{ "a\n#ifndef A\n#endif\n", "" },
	{ "#define B\n#ifndef A\n#endif\n", "" },
	{ "#pragma foo\n#ifndef A\n#endif\n", "" },
	{ "#\n#ifndef A\n#endif\n", "" },
	{ "#ifndef A\n#endif\na\n", "" },
	{ "#ifndef A\n#endif\n#undef A\n", "" },
	{ "#ifndef A\n#endif\n#ifndef B\n#endif\n", "" },
	{ "#ifndef A\n#else\n#endif\n", "" },
	{ "#ifndef A\n#elif B\n#endif\n", "" },
	{ "#ifndef A\n", "" },
	{ "#ifndef A\n#endif\n\"x\"\n", "" },
};

START_TEST(test_guards)
{
	const char *text = guarded[_i].text, *guard = guarded[_i].guard;
	struct record *record = record_new(symbols, text, strlen(text), 0);

	ck_assert_uint_eq(record_guard(record), *guard == '\0' ? 0 :
			  symbols_intern(symbols, guard, strlen(guard)));
	record_free(record);
}
END_TEST

START_TEST(test_a_record_says_how_large_it_is)
{
	struct record *small = record_new(symbols, "", 0, 0);
	struct record *large = record_new(symbols, "#define A b\n", 12, 0);

	ck_assert_uint_gt(record_size(small), 0);
	ck_assert_uint_gt(record_size(large), record_size(small));
	record_free(small);
	record_free(large);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, test_marks, 0, COUNT_OF(marked));
	tcase_add_test(tcase, test_dialects);
	tcase_add_loop_test(tcase, test_guards, 0, COUNT_OF(guarded));
	tcase_add_test(tcase, test_a_record_says_how_large_it_is);
}

int
main(void)
{
	return unit_run("scan_record", add_tests);
}
