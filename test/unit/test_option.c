/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/option.h"

#include <string.h>

#include "unit.h"

/* One word for each part of the table. */
static const char *const parts[] = { "-c", "-fPIC", "--param" };

START_TEST(the_table_is_sorted_and_sane)
{
	const unsigned what = OPTION_CPP | OPTION_LINK | OPTION_CODE |
		OPTION_READS | OPTION_WRITES | OPTION_EXECUTES |
		OPTION_OUTPUT | OPTION_LANGUAGE | OPTION_DEPS |
		OPTION_ACTION | OPTION_STOPS;
	const unsigned doubtful = OPTION_READS | OPTION_WRITES |
		OPTION_EXECUTES | OPTION_HOST | OPTION_STOPS |
		OPTION_BYPRODUCT;
	const struct option *table;
	size_t i, count;

	table = option_table(parts[_i], &count);
	ck_assert_uint_gt(count, 100);
	for (i = 0; i < count; i++) {
		if (i > 0)
			ck_assert_str_lt(table[i - 1].name, table[i].name);
		ck_assert_int_eq(option_is(table[i].name), 1);
		ck_assert_uint_ne(table[i].form, 0);
		ck_assert_msg((table[i].traits & what) != 0, "%s concerns "
			      "nothing", table[i].name);
		ck_assert_int_lt(table[i].local, REASON_COUNT);
		/* What never reaches a server's compiler needs no judge. */
		if (option_stays(&table[i]))
			ck_assert_uint_eq(table[i].traits & doubtful, 0);
		if ((table[i].traits & doubtful) != 0)
			ck_assert_msg(table[i].local != REASON_NONE,
				      "%s is not local", table[i].name);
	}
}
END_TEST

START_TEST(every_option_of_the_table_is_found_by_its_name)
{
	const struct option *table;
	struct option_use use;
	size_t i, count;

	table = option_table(parts[_i], &count);
	for (i = 0; i < count; i++) {
		use = option_find(table[i].name, "next");
		/* What its argument makes of it may be called otherwise. */
		if ((table[i].traits & OPTION_JUDGED) == 0)
			ck_assert_str_eq(use.option->name, table[i].name);
		if ((table[i].form & OPTION_SEPARATE) != 0) {
			ck_assert_str_eq(use.value, "next");
			ck_assert_uint_eq(use.words, 2);
		} else {
			ck_assert_uint_eq(use.words, 1);
		}
	}
}
END_TEST

static const struct {
	const char *word;
	const char *name;	/* of the option that it is; NULL: none */
	const char *value;
	size_t words;
} words[] = {
	{ "-c", "-c", NULL, 1 },
	{ "-cc", NULL, NULL, 1 },
	{ "-o", "-o", "next", 2 },
	{ "-openmp", "-o", "penmp", 1 },
	{ "-I", "-I", "next", 2 },
	{ "-Idir", "-I", "dir", 1 },
	{ "-std=c11", "-std=", "c11", 1 },
	{ "-std=", "-std=", "", 1 },
	{ "-MD", "-MD", NULL, 1 },
	{ "-MDx", NULL, NULL, 1 },
	{ "-MFx", "-MF", "x", 1 },
	{ "-MM", "-MM", NULL, 1 },
	{ "-include", "-include", "next", 2 },
	{ "-includex.h", "-include", "x.h", 1 },
	{ "-include-pch", "-include-pch", "next", 2 },
	{ "-isystem", "-isystem", "next", 2 },
	{ "-g", "-g", NULL, 1 },
	{ "-g2", "-g", "2", 1 },
	{ "-g3", "-g", "3", 1 },
	{ "--debug=3", "-g", "3", 1 },
	{ "-gsplit-dwarf", "-gsplit-dwarf", NULL, 1 },
	{ "-gsplit-dwarf=single", "-gsplit-dwarf", "=single", 1 },
	{ "-gsplit", "-g", "split", 1 },
	{ "-fplugin=x.so", "-fplugin", "=x.so", 1 },
	{ "-fplug", "-f", "plug", 1 },
	{ "-fprofile-use=x", "-fprofile-use", "=x", 1 },
	{ "-fprofile-us", "-fprofile", "-us", 1 },
	{ "-frandom-seed=x.c", "-f", "random-seed=x.c", 1 },
	{ "-march=native", "-march=native", NULL, 1 },
	{ "-march=nativ", "-m", "arch=nativ", 1 },
	{ "-mllvm", "-mllvm", "next", 2 },
	{ "--param", "--param", "next", 2 },
	{ "--param=a=b", "--param=", "a=b", 1 },
	{ "--sysroot", "--sysroot", "next", 2 },
	{ "--sysroot=/x", "--sysroot=", "/x", 1 },
	{ "-xc++", "-x", "c++", 1 },
	{ "-x", "-x", "next", 2 },
	{ "-dumpversion", "-dumpversion", NULL, 1 },
	{ "-dumpversio", "-d", "umpversio", 1 },
	{ "--", NULL, NULL, 1 },
	{ "--nonsense", NULL, NULL, 1 },
	{ "-", NULL, NULL, 1 },
	{ "-\377", NULL, NULL, 1 },
	{ "-y", NULL, NULL, 1 },
};

START_TEST(the_longest_name_that_fits_wins)
{
	struct option_use use = option_find(words[_i].word, "next");

	if (words[_i].name == NULL) {
		ck_assert_ptr_null(use.option);
		return;
	}
	ck_assert_ptr_nonnull(use.option);
	ck_assert_str_eq(use.option->name, words[_i].name);
	if (words[_i].value == NULL || *words[_i].value != '\0')
		ck_assert_pstr_eq(use.value != NULL && *use.value == '\0' ?
				  NULL : use.value, words[_i].value);
	ck_assert_uint_eq(use.words, words[_i].words);
	ck_assert_int_eq(use.lacks_value, 0);
}
END_TEST

START_TEST(an_option_at_the_end_lacks_its_value)
{
	struct option_use use = option_find("-o", NULL);

	ck_assert_int_eq(use.lacks_value, 1);
	ck_assert_uint_eq(use.words, 1);
	ck_assert_ptr_null(use.value);
	ck_assert_int_eq(option_find("-g", NULL).lacks_value, 0);
	ck_assert_int_eq(option_find("-ox", NULL).lacks_value, 0);
}
END_TEST

static const struct {
	const char *word;
	enum reason local;
} judged[] = {
	{ "-Wa,--noexecstack", REASON_NONE },
	{ "-Wa,-march=armv7-a,-mfpu=neon", REASON_NONE },
	{ "-Wa,-mrelax-relocations=no", REASON_NONE },
	{ "-Wa,--32", REASON_NONE },
	{ "-Wa,--gdwarf-5", REASON_PATHS },
	{ "-Wa,-g", REASON_PATHS },
	{ "-Wa,--noexecstack,--gen-debug", REASON_PATHS },
	{ "-Wa,-gdwarf-4,-alh=x", REASON_ASSEMBLER },
	{ "-Wa,--compress-debug-sections=zlib", REASON_NONE },
	{ "-Wa,--fatal-warnings,--noexecstack", REASON_NONE },
	{ "-Wa,--noexecstackx", REASON_ASSEMBLER },
	{ "-Wa,--noexecstack,-alh=x", REASON_ASSEMBLER },
	{ "-Wa,-a", REASON_ASSEMBLER },
	{ "-Wa,--MD,x.d", REASON_ASSEMBLER },
	{ "-Wa,-Idir", REASON_ASSEMBLER },
	{ "-Wa,other.s", REASON_ASSEMBLER },
	{ "-Wa,@file", REASON_ASSEMBLER },
	{ "-Wa,", REASON_ASSEMBLER },
	{ "-Wa,--32,", REASON_ASSEMBLER },
	{ "--for-assembler=--noexecstack", REASON_NONE },
	{ "--for-assembler=--noexecstack,-a", REASON_ASSEMBLER },
	{ "--for-assembler=-g", REASON_PATHS },
	{ "-fopt-info", REASON_NONE },
	{ "-fopt-info-vec-missed", REASON_NONE },
	{ "-fopt-info-vec=report.txt", REASON_EXTRA_OUTPUT },
	{ "-fopt-info=x", REASON_EXTRA_OUTPUT },
	{ "-g2", REASON_NONE },
	{ "-g3", REASON_MACROS },
	{ "-g03", REASON_MACROS },
	{ "-g0x3", REASON_MACROS },
	{ "-g0X3", REASON_MACROS },
	{ "-g10", REASON_MACROS },
	{ "-g3x", REASON_NONE },
	{ "-ggdb", REASON_NONE },
	{ "-ggdb3", REASON_MACROS },
	{ "-ggdb03", REASON_MACROS },
	{ "-gstabs+3", REASON_MACROS },
	{ "-gdwarf-4", REASON_NONE },
	{ "-gdwarf-3", REASON_NONE },
	{ "-gdwarf64", REASON_NONE },
	{ "-gz=zlib", REASON_NONE },
	{ "-gvariable-location-views=incompat5", REASON_NONE },
	{ "--debug=2", REASON_NONE },
	{ "--debug=3", REASON_MACROS },
	{ "--debug=gdb3", REASON_MACROS },
	{ "--debug=dwarf-4", REASON_NONE },
	{ "--target=x86_64-linux-gnu", REASON_NONE },
	{ "--target=/tmp/evil", REASON_LOADS_CODE },
};

START_TEST(the_argument_of_some_options_decides)
{
	struct option_use use = option_find(judged[_i].word, NULL);

	ck_assert_ptr_nonnull(use.option);
	ck_assert_int_eq(use.option->local, judged[_i].local);
	if (judged[_i].local != REASON_NONE &&
	    judged[_i].local != REASON_PATHS &&
	    judged[_i].local != REASON_MACROS)
		ck_assert_uint_ne(use.option->traits & (OPTION_WRITES |
				  OPTION_EXECUTES), 0);
}
END_TEST

START_TEST(debug_information_is_asked_for_by_level)
{
	static const char *const with[] = {
		"-g", "-g1", "-g2", "-g3", "-ggdb", "-ggdb2", "-gdwarf-4",
		"-gdwarf64", "-gline-tables-only", "--debug", "--debug=2",
		"--debug=0",
	};
	static const char *const without[] = {
		"-g0", "-g00", "-g0x0", "-ggdb0", "-O2", "-fdebug-macro",
	};
	struct option_use use;
	int i;

	for (i = 0; i < COUNT_OF(with); i++) {
		use = option_find(with[i], NULL);
		ck_assert_msg(option_is_debug(&use), "%s", with[i]);
	}
	for (i = 0; i < COUNT_OF(without); i++) {
		use = option_find(without[i], NULL);
		ck_assert_msg(!option_is_debug(&use), "%s", without[i]);
	}
}
END_TEST

START_TEST(what_only_the_preprocessor_or_linker_needs_stays)
{
	static const char *const stay[] = {
		"-Dx", "-Ux", "-Ix", "-Lx", "-lx", "-iquotex", "-isysroot",
		"--sysroot=x", "-includex", "-nostdinc", "-Wl,x", "-Xlinker",
		"-stdlib=x", "-H", "-rdynamic", "-Wp,-Dx",
		"-finput-charset=latin1",
	};
	static const char *const go[] = {
		"-O2", "-g", "-fPIC", "-m32", "-Wall", "-std=c11", "-pthread",
		"-pipe", "-w", "--param=x", "-ansi", "-pg", "-c", "-o",
		/* What gcc's debug information names. */
		"-fuse-ld=x", "-fuse-linker-plugin", "-fworking-directory",
		"-fno-directives-only", "-finput-charset=Utf-8",
		"-finput-charset=utf8",
	};
	int i;

	for (i = 0; i < COUNT_OF(stay); i++)
		ck_assert_msg(option_stays(option_find(stay[i], "x").option),
			      "%s goes", stay[i]);
	for (i = 0; i < COUNT_OF(go); i++)
		ck_assert_msg(!option_stays(option_find(go[i], "x").option),
			      "%s stays", go[i]);
}
END_TEST

START_TEST(a_word_of_any_length_is_looked_up)
{
	static char word[100000];
	struct option_use use;

	memset(word, 'f', sizeof word - 1);
	word[0] = '-';
	use = option_find(word, NULL);
	ck_assert_str_eq(use.option->name, "-f");
	ck_assert_uint_eq(strlen(use.value), sizeof word - 3);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, the_table_is_sorted_and_sane, 0,
			    COUNT_OF(parts));
	tcase_add_loop_test(tcase,
			    every_option_of_the_table_is_found_by_its_name, 0,
			    COUNT_OF(parts));
	tcase_add_loop_test(tcase, the_longest_name_that_fits_wins, 0,
			    COUNT_OF(words));
	tcase_add_test(tcase, an_option_at_the_end_lacks_its_value);
	tcase_add_loop_test(tcase, the_argument_of_some_options_decides, 0,
			    COUNT_OF(judged));
	tcase_add_test(tcase, debug_information_is_asked_for_by_level);
	tcase_add_test(tcase,
		       what_only_the_preprocessor_or_linker_needs_stays);
	tcase_add_test(tcase, a_word_of_any_length_is_looked_up);
}

int
main(void)
{
	return unit_run("option", add_tests);
}
