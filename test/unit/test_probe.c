/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/probe.h"

#include <fcntl.h>

#include "base/args.h"
#include "base/clock.h"
#include "base/err.h"
#include "compiler/ask.h"
#include "compilers.h"
#include "words.h"

static void
enter(void)
{
	unit_enter_dir();
	ck_assert_int_eq(mkdir("bin", 0755), 0);
}

static void
expect_target(const char *name, const char *expected)
{
	struct probe probe = PROBE_INIT;
	char *target;

	open_probe(&probe, name);
	target = probe_target(&probe);
	ck_assert_pstr_eq(target, expected);
	free(target);
	probe_clear(&probe);
}

START_TEST(a_compiler_is_asked_once)
{
	make_compiler("bin/gcc", "echo a-b-c");
	expect_target("gcc", "a-b-c");
	ck_assert_int_eq(runs(), 1);
	expect_target("gcc", "a-b-c");
	ck_assert_int_eq(runs(), 0);
}
END_TEST

START_TEST(a_compiler_that_was_replaced_is_asked_again)
{
	struct timespec times[2] = { { 1000000000, 1 }, { 1000000000, 1 } };

	make_compiler("bin/gcc", "echo a-b-c");
	ck_assert_int_eq(utimensat(AT_FDCWD, "bin/gcc", times, 0), 0);
	expect_target("gcc", "a-b-c");
	times[1].tv_nsec = 2;
	ck_assert_int_eq(utimensat(AT_FDCWD, "bin/gcc", times, 0), 0);
	expect_target("gcc", "a-b-c");
	ck_assert_int_eq(runs(), 2);
	make_compiler("bin/new", "echo d-e-f");
	ck_assert_int_eq(utimensat(AT_FDCWD, "bin/new", times, 0), 0);
	ck_assert_int_eq(rename("bin/new", "bin/gcc"), 0);
	expect_target("gcc", "d-e-f");
}
END_TEST

START_TEST(one_program_may_answer_each_of_its_names_otherwise)
{
	make_compiler("bin/tool", "case $0 in *x-gcc) echo x-y ;; "
		      "*) echo v-w ;; esac");
	make_link("tool", "bin/x-gcc");
	make_link("tool", "bin/gcc");
	expect_target("x-gcc", "x-y");
	expect_target("gcc", "v-w");
}
END_TEST

static const char *const dead[] = {
	"exit 1", "echo a-b-c; exit 1", "echo", "echo 'a-b c'", "echo ab",
	"printf a-b", "echo a-b; echo c-d", "kill -9 $$", "echo ../a-b",
	"yes a-b", "echo a-b >&2",
};

START_TEST(what_is_no_target_is_unknown)
{
	make_compiler("bin/gcc", dead[_i]);
	expect_target("gcc", NULL);
	ck_assert_int_eq(runs(), 1);
	expect_target("gcc", NULL);
	ck_assert_int_eq(runs(), 0);
}
END_TEST

START_TEST(a_compiler_that_hangs_is_given_up)
{
	int64_t start = clock_ms();

	make_compiler("bin/gcc", "[ -e pid ] && echo a-b-c && exit; "
		      "echo $$ >pid; sleep 1000 & exec >&- 2>&-; wait");
	expect_target("gcc", NULL);
	ck_assert_int_lt(clock_ms() - start, ASK_MS + 5000);
	/* It may have been a busy machine: that is nothing to remember. */
	expect_target("gcc", "a-b-c");
}
END_TEST

/* What a script answers may hang on more than its file. */
START_TEST(a_compiler_can_be_asked_afresh)
{
	struct probe probe = PROBE_INIT;
	char *target;

	make_compiler("bin/gcc", "cat answer");
	ck_assert_int_eq(file_write("answer", "a-b-c\n", 6), 0);
	expect_target("gcc", "a-b-c");
	ck_assert_int_eq(file_write("answer", "d-e-f\n", 6), 0);
	expect_target("gcc", "a-b-c");
	open_probe(&probe, "gcc");
	probe.afresh = 1;
	target = probe_target(&probe);
	ck_assert_pstr_eq(target, "d-e-f");
	free(target);
	expect_target("gcc", "d-e-f");
	/* No answer takes the place of a good one. */
	ck_assert_int_eq(unlink("answer"), 0);
	ck_assert_ptr_null(probe_target(&probe));
	probe_clear(&probe);
	expect_target("gcc", "d-e-f");
}
END_TEST

START_TEST(nobody_is_asked_where_nobody_is)
{
	expect_target("gcc", NULL);
	expect_target("./gcc", NULL);
	make_link("gone", "bin/gcc");
	expect_target("gcc", NULL);
}
END_TEST

START_TEST(clang_is_asked_for_all_of_its_target)
{
	make_compiler("bin/clang-14",
		      "[ $1 = -print-target-triple ] && echo a-b-c-d");
	make_link("clang-14", "bin/cc");
	expect_target("cc", "a-b-c-d");
	make_compiler("bin/clang-3",
		      "[ $1 = -dumpmachine ] && echo a-b-c");
	expect_target("clang-3", "a-b-c");
}
END_TEST

START_TEST(without_a_place_to_keep_it_each_answer_is_asked_for)
{
	struct probe probe = PROBE_INIT;
	int i;

	make_compiler("bin/gcc", "echo a-b-c");
	probe_open(&probe, "gcc", "bin", NULL, unit_dir);
	for (i = 0; i < 2; i++)
		free(probe_target(&probe));
	ck_assert_int_eq(runs(), 2);
	probe_clear(&probe);
}
END_TEST

/* For its object, the compiler below copies what the test has prepared. */
static void
expect_object(const char *line, const char *expected)
{
	struct probe probe = PROBE_INIT;
	struct args args = ARGS_INIT;
	char **argv = buildargv(line), *object;

	args_append_argv(&args, argv);
	freeargv(argv);
	open_probe(&probe, args.v[0]);
	object = probe_object(&probe, &args);
	ck_assert_pstr_eq(object, expected);
	free(object);
	args_clear(&args);
	probe_clear(&probe);
}

START_TEST(the_kind_of_an_object_is_learnt_from_one)
{
	static const char big[20] = "\177ELF\1\2\1\0\0\0\0\0\0\0\0\0\0\1\0\24";
	static const char little[20] =
		"\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\1\0\76";

	make_compiler("bin/gcc",
		      "from=little; for word; do case $word in -m32) "
		      "from=big ;; -mno) from=runs ;; esac; last=$word; done; "
		      "cat $from >$last");
	ck_assert_int_eq(file_write("big", big, sizeof big), 0);
	ck_assert_int_eq(file_write("little", little, sizeof little), 0);
	expect_object("gcc -O2 -c x.c", "64-bit little-endian machine 62");
	ck_assert_int_eq(runs(), 1);
	expect_object("gcc -m32 -c x.c", "32-bit big-endian machine 20");
	ck_assert_int_eq(runs(), 1);
	expect_object("gcc -O1 -Dx -c y.c", "64-bit little-endian machine 62");
	expect_object("gcc -c -o -m32 y.c", "64-bit little-endian machine 62");
	ck_assert_int_eq(runs(), 0);
	expect_object("gcc -mno -c x.c", NULL);
}
END_TEST

START_TEST(words_about_the_machine_are_told_from_others)
{
	struct args out = ARGS_INIT, args = ARGS_INIT;
	char **argv = buildargv("clang -c -m32 -o -m64 --target=a-b -g "
				"-target c-d -march=native -I -mx -EB x.c");

	args_append_argv(&args, argv);
	freeargv(argv);
	probe_machine_words(&args, &out);
	expect_words(&out, "-m32 --target=a-b -target c-d -march=native -EB");
	args_clear(&out);
	args_clear(&args);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter, unit_leave_dir);
	tcase_add_test(tcase, a_compiler_is_asked_once);
	tcase_add_test(tcase, a_compiler_that_was_replaced_is_asked_again);
	tcase_add_test(tcase,
		       one_program_may_answer_each_of_its_names_otherwise);
	tcase_add_loop_test(tcase, what_is_no_target_is_unknown, 0,
			    COUNT_OF(dead));
	tcase_add_test(tcase, a_compiler_that_hangs_is_given_up);
	tcase_add_test(tcase, a_compiler_can_be_asked_afresh);
	tcase_add_test(tcase, nobody_is_asked_where_nobody_is);
	tcase_add_test(tcase, clang_is_asked_for_all_of_its_target);
	tcase_add_test(tcase,
		       without_a_place_to_keep_it_each_answer_is_asked_for);
	tcase_add_test(tcase, the_kind_of_an_object_is_learnt_from_one);
	tcase_add_test(tcase, words_about_the_machine_are_told_from_others);
}

int
main(void)
{
	return unit_run("probe", add_tests);
}
