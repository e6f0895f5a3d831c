/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/lang.h"

#include <string.h>

#include "unit.h"

static const struct {
	const char *path;
	const char *lang;	/* NULL: none */
	int is_classic;
} files[] = {
	{ "x.c", "c", 1 },
	{ "a.b/x.c", "c", 1 },
	{ "x.i", "cpp-output", 1 },
	{ "x.cc", "c++", 1 },
	{ "x.cp", "c++", 1 },
	{ "x.cxx", "c++", 1 },
	{ "x.cpp", "c++", 1 },
	{ "x.CPP", "c++", 0 },
	{ "x.c++", "c++", 1 },
	{ "x.C", "c++", 1 },
	{ "x.ii", "c++-cpp-output", 1 },
	{ "x.m", "objective-c", 1 },
	{ "x.mi", "objective-c-cpp-output", 1 },
	{ "x.mm", "objective-c++", 1 },
	{ "x.M", "objective-c++", 1 },
	{ "x.mii", "objective-c++-cpp-output", 1 },
	{ "x.h", "c-header", 0 },
	{ "x.hpp", "c++-header", 0 },
	{ "x.tcc", "c++-header", 0 },
	{ "x.s", "assembler", 0 },
	{ "x.S", "assembler-with-cpp", 0 },
	{ "x.sx", "assembler-with-cpp", 0 },
	{ "x.f90", "f95", 0 },
	{ "x.adb", "ada", 0 },
	{ "x.d", "d", 0 },
	{ "x.go", "go", 0 },
	{ "x.cu", "cuda", 0 },
	{ "x.hip", "hip", 0 },
	{ "x.cppm", "c++-module", 0 },
	{ "x.ixx", "c++-module", 0 },
	{ "x.o", NULL, 0 },
	{ "x.CXX", NULL, 0 },
	{ "x.Cc", NULL, 0 },
	{ "x.c.", NULL, 0 },
	{ "x", NULL, 0 },
	{ "", NULL, 0 },
	{ ".c", NULL, 0 },
	{ "dir/.c", NULL, 0 },
	{ "a.c/x", NULL, 0 },
};

START_TEST(a_suffix_tells_the_language)
{
	const struct lang *lang = lang_by_file(files[_i].path);

	if (files[_i].lang == NULL) {
		ck_assert_ptr_null(lang);
	} else {
		ck_assert_ptr_nonnull(lang);
		ck_assert_str_eq(lang->name, files[_i].lang);
	}
	ck_assert_int_eq(lang_suffix_is_classic(files[_i].path),
			 files[_i].is_classic);
}
END_TEST

START_TEST(only_the_c_family_is_distributed)
{
	static const char *const names[] = {
		"c", "cpp-output", "c++", "c++-cpp-output",
		"objective-c", "objective-c-cpp-output", "objc-cpp-output",
		"objective-c++", "objective-c++-cpp-output",
	};
	const struct lang *table;
	size_t i, count, distributed = 0;

	table = lang_table(&count);
	for (i = 0; i < count; i++)
		distributed += table[i].is_distributed != 0;
	ck_assert_uint_eq(distributed, COUNT_OF(names));
	for (i = 0; i < (size_t)COUNT_OF(names); i++)
		ck_assert_int_eq(lang_by_name(names[i])->is_distributed, 1);
}
END_TEST

START_TEST(the_table_is_sorted_and_every_form_leads_to_itself)
{
	const struct lang *table, *form;
	size_t i, count;

	table = lang_table(&count);
	for (i = 0; i < count; i++) {
		if (i > 0)
			ck_assert_str_lt(table[i - 1].name, table[i].name);
		ck_assert_ptr_eq(lang_by_name(table[i].name), &table[i]);
		if (!table[i].is_distributed) {
			ck_assert_int_ne(table[i].local, REASON_NONE);
			continue;
		}
		ck_assert_int_eq(table[i].local, REASON_NONE);
		form = lang_by_name(table[i].preprocessed);
		ck_assert_int_eq(form->is_preprocessed, 1);
		ck_assert_str_eq(form->suffix, table[i].suffix);
	}
}
END_TEST

START_TEST(the_suffix_of_a_form_is_classic_and_means_that_form)
{
	const struct lang *table, *found;
	char path[32];
	size_t i, count;

	table = lang_table(&count);
	for (i = 0; i < count; i++) {
		if (!table[i].is_distributed)
			continue;
		snprintf(path, sizeof path, "x%s", table[i].suffix);
		found = lang_by_file(path);
		ck_assert_str_eq(found->name, table[i].preprocessed);
		ck_assert_int_eq(lang_suffix_is_classic(path), 1);
	}
}
END_TEST

START_TEST(a_cxx_compiler_takes_c_for_cxx)
{
	ck_assert_str_eq(lang_by_file_in_cxx("x.c")->name, "c++");
	ck_assert_str_eq(lang_by_file_in_cxx("x.h")->name, "c++-header");
	ck_assert_str_eq(lang_by_file_in_cxx("x.i")->name,
			 "c++-cpp-output");
	ck_assert_str_eq(lang_by_file_in_cxx("x.m")->name, "objective-c");
	ck_assert_ptr_null(lang_by_file_in_cxx("x.o"));
}
END_TEST

START_TEST(none_and_unknown_names_are_no_language)
{
	ck_assert_ptr_null(lang_by_name("none"));
	ck_assert_ptr_null(lang_by_name(""));
	ck_assert_ptr_null(lang_by_name("C"));
	ck_assert_ptr_null(lang_by_name("zzz"));
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, a_suffix_tells_the_language, 0,
			    COUNT_OF(files));
	tcase_add_test(tcase, only_the_c_family_is_distributed);
	tcase_add_test(tcase,
		       the_table_is_sorted_and_every_form_leads_to_itself);
	tcase_add_test(tcase,
		       the_suffix_of_a_form_is_classic_and_means_that_form);
	tcase_add_test(tcase, a_cxx_compiler_takes_c_for_cxx);
	tcase_add_test(tcase, none_and_unknown_names_are_no_language);
}

int
main(void)
{
	return unit_run("lang", add_tests);
}
