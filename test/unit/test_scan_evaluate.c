/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "scan/evaluate.h"
#include "scan/record.h"
#include "scan/symbol.h"
#include "unit.h"

/*
 * What snippets come to; test/interop/directives.txt has far more of them,
 * which need a compiler.
 */

static struct symbols *symbols;
static struct evaluator *evaluator;
static struct buf seen = BUF_INIT;	/* what the calls were told */
static enum refusal included;		/* what the include call returns */
static int questions;
static struct record *inner;		/* what an include reads, or NULL */

static enum refusal
include(void *arg, const struct include_name *name)
{
	static const char *const kinds[] = { "", "next ", "import " };

	(void)arg;
	buf_addf(&seen, "%s%c%.*s%c;", kinds[name->kind],
		 name->is_angled ? '<' : '"', (int)name->len, name->text,
		 name->is_angled ? '>' : '"');
	return inner == NULL ? included : evaluate_record(evaluator, inner);
}

static enum refusal
has_include(void *arg, const struct include_name *name, int *answer)
{
	(void)arg;
	*answer = name->len >= 3 && memcmp(name->text, "yes", 3) == 0;
	return REFUSAL_NONE;
}

/* Knows __has_attribute and __has_feature; of both, "one" and "big". */
static enum refusal
query(void *arg, const char *function, const char *operand, long long *value)
{
	(void)arg;
	questions++;
	if (strcmp(function, "defined") == 0)
		*value = strcmp(operand, "__has_attribute") == 0 ||
			 strcmp(operand, "__has_feature") == 0 ||
			 strcmp(operand, "__has_include") == 0;
	else if (strcmp(operand, "secret") == 0)
		return REFUSAL_COMPILER;
	else
		*value = strcmp(operand, "one") == 0 ? 1 :
			 strcmp(operand, "x::big") == 0 ? 201603 : 0;
	return REFUSAL_NONE;
}

static void
once(void *arg)
{
	(void)arg;
	buf_add_str(&seen, "once;");
}

static void
system_header(void *arg)
{
	(void)arg;
	buf_add_str(&seen, "system;");
}

static const struct evaluate_calls calls = {
	include, has_include, query, once, system_header
};

static void
set_up(void)
{
	symbols = symbols_new();
	evaluator = evaluator_new(symbols);
	included = REFUSAL_NONE;
	inner = NULL;
	questions = 0;
}

static void
tear_down(void)
{
	evaluator_free(evaluator);
	symbols_free(symbols);
	buf_clear(&seen);
}

static struct record *
record_of(const char *text)
{
	return record_new(symbols, text, strlen(text), RECORD_PLAIN);
}

/* A unit of its own. What it came to is in seen. */
static enum refusal
evaluate_in(const char *text, const struct evaluate_mode *mode)
{
	struct record *record = record_of(text);
	struct record *predefined = record_of("#define PRE 1\n");
	enum refusal refusal;

	buf_reset(&seen);
	evaluate_begin(evaluator, mode, &calls, NULL, predefined);
	refusal = evaluate_record(evaluator, record);
	evaluator_forget(evaluator, predefined);
	record_free(predefined);
	record_free(record);
	return refusal;
}

static const struct evaluate_mode plain = { .max_steps = 100000 };

static enum refusal
evaluate(const char *text)
{
	return evaluate_in(text, &plain);
}

static const struct {
	const char *text;
	const char *seen;
} fine[] = {
	{ "", "" },
	{ "#include \"a.h\"\n#include <b.h>", "\"a.h\";<b.h>;" },
	{ "#include_next <a.h>\n#import \"b.h\"\n",
	  "next <a.h>;import \"b.h\";" },
	{ "#ifdef PRE\n#include \"a\"\n#endif\n", "\"a\";" },
	{ "#undef PRE\n#ifdef PRE\n#include \"a\"\n#endif\n", "" },
	{ "#if PRE + 1 == 2\n#include \"a\"\n#endif\n", "\"a\";" },
	{ "#pragma once\n#pragma GCC system_header\n#pragma GCC poison x\n",
	  "once;system;" },
	{ "#define A(x) <x.h>\n#include A(b)\n", "<b.h>;" },
	{ "#define S(x) #x\n#define T(x) S(x.h)\n#include T(PRE)\n",
	  "\"1.h\";" },
	{ "#if __has_include(<yes>) && !__has_include(\"no\")\n"
	  "#include \"a\"\n#endif\n", "\"a\";" },
	{ "#if __has_attribute(one) && __has_feature( x :: big ) > 201602\n"
	  "#include \"a\"\n#endif\n", "\"a\";" },
	{ "#ifdef __has_warning\n#include \"a\"\n#endif\n", "" },
	{ "#if 0\n#error\n#elif 1\n#include \"a\"\n#else\n#error\n#endif\n",
	  "\"a\";" },
	{ "#pragma push_macro(\"PRE\")\n#undef PRE\n"
	  "#pragma pop_macro(\"PRE\")\n#if PRE\n#include \"a\"\n#endif\n",
	  "\"a\";" },
	/* what gcc had before version 10 */
	{ "#define has(x) __has_include__(x)\n"
	  "#if has(<yes>) && !has(\"no\") && !__has_include_next__(<no>)\n"
	  "#include \"a\"\n#endif\n", "\"a\";" },
	/* what is not evaluated is not asked about */
	{ "#if 0 && __has_attribute(secret)\n#endif\n", "" },
	{ "#if 1 || __has_attribute(secret)\n#endif\n", "" },
	{ "#if 1 ? 1 : __has_attribute(secret)\n#endif\n", "" },
};

START_TEST(test_what_is_reached)
{
	ck_assert_int_eq(evaluate(fine[_i].text), REFUSAL_NONE);
	ck_assert_str_eq(seen.data, fine[_i].seen);
	ck_assert_str_eq(evaluate_culprit(evaluator), "");
}
END_TEST

static const struct {
	const char *text;
	enum refusal refusal;
	const char *culprit;
} refused[] = {
	{ "\n#if\n#endif\n", REFUSAL_CONDITION, "line 2: #if" },
	{ "#if 1 / 0\n#endif", REFUSAL_CONDITION, "line 1: #if 1 / 0" },
	{ "#if 1 << 64\n#endif", REFUSAL_CONDITION, "line 1: #if 1 << 64" },
	{ "#if 0\n#elif 1 1\n#endif", REFUSAL_CONDITION, NULL },
	{ "#if __COUNTER__\n#endif\n", REFUSAL_CONDITION, NULL },
	{ "#if __LINE__\n#endif\n", REFUSAL_CONDITION, NULL },
	{ "#if u8'a'\n#endif\n", REFUSAL_CONDITION, NULL },
	{ "#if true\n#endif\n", REFUSAL_CONDITION, NULL },
	{ "#if #machine(x)\n#endif\n", REFUSAL_CONDITION, NULL },
	{ "#if __has_embed(<a>)\n#endif\n", REFUSAL_CONDITION, NULL },
	{ "#define f(a, ...) __VA_OPT__(1)\n#if f(1)\n#endif\n",
	  REFUSAL_CONDITION, NULL },
	{ "#define C(a) a ## $x\n#if C(1)\n#endif\n", REFUSAL_CONDITION,
	  NULL },
	{ "#include X\n", REFUSAL_COMPUTED, "line 1: #include X" },
	{ "#include __FILE__\n", REFUSAL_COMPUTED, NULL },
	{ "#include \"a\\b\"\n", REFUSAL_COMPUTED, NULL },
	{ "#include <>\n", REFUSAL_COMPUTED, NULL },
	{ "#error no\n", REFUSAL_DIRECTIVE, "line 1: #error" },
	{ "#foo\n", REFUSAL_DIRECTIVE, "line 1" },
	{ "#embed <a>\n", REFUSAL_DIRECTIVE, "line 1: #embed" },
	{ "#define\n", REFUSAL_DIRECTIVE, NULL },
	{ "#define f(x) #y\n", REFUSAL_DIRECTIVE, NULL },
	{ "#define __has_include(x) 0\n", REFUSAL_DIRECTIVE, NULL },
	{ "#define _Pragma(x)\n", REFUSAL_DIRECTIVE, NULL },
	{ "#undef defined\n", REFUSAL_DIRECTIVE, NULL },
	{ "#undef\n", REFUSAL_DIRECTIVE, NULL },
	{ "#if 0\n#elifdef A\n#endif\n", REFUSAL_DIRECTIVE, NULL },
	{ "#if 1\n", REFUSAL_UNBALANCED, NULL },
	{ "#endif\n", REFUSAL_UNBALANCED, NULL },
	{ "/* x", REFUSAL_DIRECTIVE, NULL },
	{ "a\rb\n", REFUSAL_DIRECTIVE, NULL },
	{ "#pragma GCC dependency \"a\"\n", REFUSAL_PRAGMA, NULL },
	{ "#pragma GCC pch_preprocess \"a\"\n", REFUSAL_PRAGMA, NULL },
	{ "#pragma push_macro(A)\n", REFUSAL_PRAGMA, NULL },
	{ "_Pragma(\"pop_macro(\\\"A\\\")\")\n", REFUSAL_PRAGMA, NULL },
	{ "_Pragma(\"once\")\n", REFUSAL_PRAGMA, NULL },
	{ "#define A _Pragma(\"GCC dependency \\\"a\\\"\")\n",
	  REFUSAL_PRAGMA, NULL },
	{ "#pragma clang module import A\n", REFUSAL_MODULE, NULL },
	{ "#pragma include_alias(\"a\", \"b\")\n", REFUSAL_PRAGMA, NULL },
	{ "#if __has_attribute(secret)\n#endif\n", REFUSAL_COMPILER, "" },
	{ "# 1 \"a.h\" 1\n", REFUSAL_DIRECTIVE, NULL },
};

START_TEST(test_what_is_refused)
{
	ck_assert_int_eq(evaluate(refused[_i].text), refused[_i].refusal);
	if (refused[_i].culprit != NULL)
		ck_assert_str_eq(evaluate_culprit(evaluator),
				 refused[_i].culprit);
}
END_TEST

/* What is refused in each mode, and fine without. */
START_TEST(test_modes_refuse_what_they_read_differently)
{
	static const struct evaluate_mode trigraphs = {
		.trigraphs = 1, .max_steps = 1000
	};
	static const struct evaluate_mode modules = {
		.has_module_lines = 1, .max_steps = 1000
	};
	static const struct evaluate_mode c90 = {
		.is_c90 = 1, .max_steps = 1000
	};
	static const struct evaluate_mode assembler = {
		.is_assembler = 1, .max_steps = 1000
	};
	static const struct {
		const struct evaluate_mode *mode;
		const char *text;
		enum refusal refusal;
	} rows[] = {
		{ &trigraphs, "a ?\?/\n", REFUSAL_TRIGRAPH },
		{ &modules, "import a;\n", REFUSAL_MODULE },
		{ &modules, "export module a;\n", REFUSAL_MODULE },
		{ &c90, "#if 1 // a\n#endif\n", REFUSAL_DIRECTIVE },
		{ &c90, "#define A // a\n", REFUSAL_DIRECTIVE },
		{ &c90, "// /*\n", REFUSAL_DIRECTIVE },
		{ &c90, "%:define A\n", REFUSAL_DIRECTIVE },
		{ &assembler, "%:define A\n", REFUSAL_DIRECTIVE },
	};
	size_t i;

	for (i = 0; i < sizeof rows / sizeof *rows; i++) {
		ck_assert_int_eq(evaluate_in(rows[i].text, rows[i].mode),
				 rows[i].refusal);
		ck_assert_int_eq(evaluate(rows[i].text), REFUSAL_NONE);
	}
	ck_assert_int_eq(evaluate_in("#foo\n# 12 x\n", &assembler),
			 REFUSAL_NONE);
	ck_assert_int_eq(evaluate_in("int a; // b\n#endif_ //\n", &c90),
			 REFUSAL_DIRECTIVE);
	ck_assert_int_eq(evaluate_in("int a; // b\n#ifdef A // b\n#endif\n",
				     &c90), REFUSAL_NONE);
}
END_TEST

START_TEST(test_a_call_that_refuses_ends_it)
{
	included = REFUSAL_MISSING;
	ck_assert_int_eq(evaluate("#include \"a\"\n#include \"b\"\n"),
			 REFUSAL_MISSING);
	ck_assert_str_eq(seen.data, "\"a\";");
	ck_assert_str_eq(evaluate_culprit(evaluator), "");
}
END_TEST

START_TEST(test_a_unit_begins_with_what_is_predefined)
{
	struct record *predefined = record_of("#define P 1\n#define Q 2\n");
	struct record *change = record_of("#undef P\n#define Q 3\n"
					  "#define R\n");
	struct record *look = record_of("#if P == 1 && Q == 2 && "
					"!defined R\n#include \"a\"\n"
					"#endif\n");
	int i;

	for (i = 0; i < 3; i++) {
		buf_reset(&seen);
		evaluate_begin(evaluator, &plain, &calls, NULL, predefined);
		evaluate_record(evaluator, look);
		ck_assert_str_eq(seen.data, "\"a\";");
		evaluate_record(evaluator, change);
		evaluate_record(evaluator, look);
		ck_assert_str_eq(seen.data, "\"a\";");
		ck_assert(evaluate_is_defined(evaluator, symbols_intern(
			symbols, "R", 1)));
		ck_assert(!evaluate_is_defined(evaluator, symbols_intern(
			symbols, "P", 1)));
	}
	record_free(predefined);
	record_free(change);
	record_free(look);
}
END_TEST

START_TEST(test_a_compiler_is_asked_once_what_it_has)
{
	struct record *predefined = record_of("");
	struct record *record = record_of(
		"#ifdef __has_feature\n#endif\n#ifdef __has_warning\n"
		"#endif\n#if defined __has_feature\n#endif\n");
	int i;

	for (i = 0; i < 3; i++) {
		evaluate_begin(evaluator, &plain, &calls, NULL, predefined);
		ck_assert_int_eq(evaluate_record(evaluator, record),
				 REFUSAL_NONE);
		ck_assert_int_eq(questions, 2);
	}
	evaluator_forget(evaluator, predefined);
	evaluate_begin(evaluator, &plain, &calls, NULL, predefined);
	evaluate_record(evaluator, record);
	ck_assert_int_eq(questions, 4);
	record_free(predefined);
	record_free(record);
}
END_TEST

START_TEST(test_levels_are_counted_from_the_source_on)
{
	struct record *source = record_of(
		"#if __INCLUDE_LEVEL__ == 0\n#include \"a\"\n#endif\n");

	inner = record_of("#if __INCLUDE_LEVEL__ == 1\n#pragma once\n"
			  "#endif\n");
	evaluate_begin(evaluator, &plain, &calls, NULL, NULL);
	evaluate_record(evaluator, source);
	evaluate_included(evaluator, inner);
	ck_assert_str_eq(seen.data, "\"a\";once;once;");
	record_free(source);
	record_free(inner);
}
END_TEST

START_TEST(test_files_in_one_another_have_an_end)
{
	inner = record_of("#include \"a\"\n");
	evaluate_begin(evaluator, &plain, &calls, NULL, NULL);
	ck_assert_int_eq(evaluate_record(evaluator, inner), REFUSAL_DEPTH);
	ck_assert_uint_eq(seen.len, 200 * strlen("\"a\";"));
	record_free(inner);
}
END_TEST

/* 2^40 tokens, all of them really there or all thrown away. */
START_TEST(test_expansions_have_an_end)
{
	struct buf text = BUF_INIT;
	int i;

	buf_add_str(&text, "#define E(x) 1 x\n#define A0 1 +\n");
	for (i = 1; i <= 40; i++)
		buf_addf(&text, "#define A%d A%d A%d\n", i, i - 1, i - 1);
	buf_add_str(&text, _i == 0 ? "#if A40 1\n" : "#if E(A40) 1\n");
	buf_add_str(&text, "#endif\n");
	ck_assert_int_eq(evaluate(text.data), REFUSAL_STEPS);
	buf_clear(&text);
}
END_TEST

/* Nests what stands between begin and end so many times. */
static enum refusal
nest_times(int times, const char *head, const char *begin, const char *middle,
	   const char *end)
{
	static const struct evaluate_mode patient = { .max_steps = 1 << 24 };
	struct buf text = BUF_INIT;
	enum refusal refusal;
	int i;

	buf_add_str(&text, head);
	for (i = 0; i < times; i++)
		buf_add_str(&text, begin);
	buf_add_str(&text, middle);
	for (i = 0; i < times; i++)
		buf_add_str(&text, end);
	buf_add_str(&text, "\n#endif\n");
	refusal = evaluate_in(text.data, &patient);
	buf_clear(&text);
	return refusal;
}

static enum refusal
nest(const char *head, const char *begin, const char *middle, const char *end)
{
	return nest_times(100000, head, begin, middle, end);
}

START_TEST(test_nesting_has_an_end)
{
	ck_assert_int_eq(nest("#if ", "(", "1", ")"), REFUSAL_CONDITION);
	ck_assert_int_eq(nest("#if ", "- ", "1", ""), REFUSAL_CONDITION);
	ck_assert_int_eq(nest("#if ", "1 ? ", "1", ": 1"),
			 REFUSAL_CONDITION);
	ck_assert_int_eq(nest("#if ", "1 ? 1 : ", "1", ""),
			 REFUSAL_CONDITION);
	ck_assert_int_ne(nest("#define f(x) x\n#if ", "f(", "1", ")"),
			 REFUSAL_NONE);
	/* by its depth, and not by how much work it is */
	ck_assert_int_eq(nest_times(1000, "#define f(x) x\n#if ", "f(", "1",
				    ")"), REFUSAL_NONE);
	ck_assert_int_eq(nest_times(2000, "#define f(x) x\n#if ", "f(", "1",
				    ")"), REFUSAL_STEPS);
	ck_assert_int_eq(nest("#if 1\n", "#if 1\n", "", "#endif\n"),
			 REFUSAL_NONE);
	ck_assert_int_eq(nest("#if 1", "|| 1 && 1", "", ""), REFUSAL_NONE);
}
END_TEST

/* gcc's rules, in C and in C++. */
START_TEST(test_names_of_operators)
{
	static const struct evaluate_mode cxx = {
		.is_cxx = 1, .max_steps = 1000
	};

	ck_assert_int_eq(evaluate_in("#if true and not false\n"
				     "#include \"a\"\n#endif\n", &cxx),
			 REFUSAL_NONE);
	ck_assert_str_eq(seen.data, "\"a\";");
	ck_assert_int_eq(evaluate_in("#define and &&\n", &cxx),
			 REFUSAL_DIRECTIVE);
	ck_assert_int_eq(evaluate("#define and &&\n#if 1 and 1\n"
				  "#include \"a\"\n#endif\n"), REFUSAL_NONE);
	ck_assert_str_eq(seen.data, "\"a\";");
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, test_what_is_reached, 0, COUNT_OF(fine));
	tcase_add_loop_test(tcase, test_what_is_refused, 0,
			    COUNT_OF(refused));
	tcase_add_test(tcase, test_modes_refuse_what_they_read_differently);
	tcase_add_test(tcase, test_a_call_that_refuses_ends_it);
	tcase_add_test(tcase, test_a_unit_begins_with_what_is_predefined);
	tcase_add_test(tcase, test_a_compiler_is_asked_once_what_it_has);
	tcase_add_test(tcase, test_levels_are_counted_from_the_source_on);
	tcase_add_test(tcase, test_files_in_one_another_have_an_end);
	tcase_add_loop_test(tcase, test_expansions_have_an_end, 0, 2);
	tcase_add_test(tcase, test_nesting_has_an_end);
	tcase_add_test(tcase, test_names_of_operators);
}

int
main(void)
{
	return unit_run("scan_evaluate", add_tests);
}
