/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/native.h"

#include <string.h>

#include "base/args.h"
#include "base/buf.h"
#include "base/err.h"
#include "compilers.h"
#include "words.h"

static void
enter(void)
{
	unit_enter_dir();
	ck_assert_int_eq(mkdir("bin", 0755), 0);
}

static void
read_words(const char *line, struct args *args)
{
	char **argv = buildargv(line);

	args_append_argv(args, argv);
	freeargv(argv);
}

static const struct {
	const char *from, *to;
} replaced[] = {
	{ "gcc -march=native -c x.c", "gcc -mA -mB -c x.c" },
	{ "gcc -c -march=native x.c -mtune=native", "gcc -c -mA -mB x.c" },
	{ "gcc -I -march=native -mcpu=native", "gcc -I -march=native -mA -mB" },
	{ "gcc -c x.c", "gcc -c x.c" },
	{ "-march=native x.c", "-march=native x.c" },
};

START_TEST(explicit_options_take_the_place_of_the_first)
{
	struct args from = ARGS_INIT, explicit = ARGS_INIT, out = ARGS_INIT;

	read_words(replaced[_i].from, &from);
	read_words("-mA -mB", &explicit);
	native_replace(&from, &explicit, &out);
	expect_words(&out, replaced[_i].to);
	args_clear(&from);
	args_clear(&explicit);
	args_clear(&out);
}
END_TEST

/*
 * A gcc that puts what native means before, or, like those of some
 * processors, at the place of the option.
 */
#define GCC(native, before, after) \
	"b= a=; for word; do case $word in -m*=native) " native " ;; " \
	"-m*) a=\"$a $word\" ;; --param=*) a=\"$a $word\" ;; esac; done; " \
	"echo \"noise /cc1 -mX\" >&2; " \
	"echo \" /lib/cc1 -quiet" before " /dev/null -o -" after "\" >&2"

static const struct {
	const char *script, *line, *explicit;
	int is_ordered;
} gccs[] = {
	{ GCC("a=\"$a -mcpu=x -mz\"", "", "$a"), "gcc -march=native",
	  "-mcpu=x -mz", 1 },
	{ GCC("a=\"$a -mcpu=x -mz\"", "", "$a"), "gcc -my -march=native -mz",
	  "-mcpu=x -mz", 1 },
	{ GCC("b=' -mcpu=x'", "$b", "$a"), "gcc -march=native -mz",
	  "-mcpu=x", 0 },
	{ GCC("b=' -mcpu=x --param \"p=1\"'", "$b", "$a"),
	  "gcc -march=native -mz", "-mcpu=x --param=p=1", 0 },
	{ GCC("b=\" -mcpu=x\"", "", "$a"), "gcc -march=native", NULL, 0 },
	{ GCC("b=' -mcpu=x -odd'", "$b", "$a"), "gcc -march=native", NULL, 0 },
	{ GCC("a=\"$a -mcpu=x\"", "", "$a"), "gcc -mcpu=native", "-mcpu=x", 1 },
	{ GCC("a=\"$a -mtune=x\"", "", "$a"), "gcc -mcpu=native", NULL, 0 },
	{ GCC("a=\"$a -mtune=x\"", "", "$a"), "gcc -mtune=native",
	  "-mtune=x", 1 },
	{ "exit 1", "gcc -march=native", NULL, 0 },
	{ "echo ' \"/lib/cc1\" unended \"' >&2", "gcc -march=native", NULL, 0 },
};

START_TEST(gcc_says_what_it_is_to_be_told)
{
	struct probe probe = PROBE_INIT;
	struct args words = ARGS_INIT, explicit = ARGS_INIT;
	int is_ordered = -1;
	int r;

	make_compiler("bin/gcc", gccs[_i].script);
	open_probe(&probe, "gcc");
	read_words(gccs[_i].line, &words);
	r = native_ask_gcc(&probe, &words, &explicit, &is_ordered);
	ck_assert_int_eq(r, gccs[_i].explicit == NULL ? ERR_MISSING : 0);
	if (r == 0) {
		expect_words(&explicit, gccs[_i].explicit);
		ck_assert_int_eq(is_ordered, gccs[_i].is_ordered);
	}
	args_clear(&explicit);
	args_clear(&words);
	probe_clear(&probe);
}
END_TEST

START_TEST(a_script_is_not_trusted_to_be_the_same_tomorrow)
{
	struct probe probe = PROBE_INIT;
	struct args words = ARGS_INIT, out = ARGS_INIT;

	make_compiler("bin/gcc", gccs[0].script);
	open_probe(&probe, "gcc");
	read_words(gccs[0].line, &words);
	ck_assert_int_eq(native_expand(&probe, &words, FAMILY_GCC, &out),
			 ERR_MISSING);
	ck_assert_uint_eq(out.count, 0);
	ck_assert_int_eq(runs(), 0);
	args_clear(&words);
	probe_clear(&probe);
}
END_TEST

#define PROCESSOR(number, mhz) \
	"processor\t: " number "\nvendor_id\t: V\nmodel name\t: M 1\n" \
	"cpu MHz\t\t: " mhz "\nflags\t\t: a b c\n\n"

/* The same kind of processor, and what is another one. */
static const struct {
	const char *info;
	int is_same;
} processors[] = {
	{ PROCESSOR("0", "800.000"), 1 },
	{ PROCESSOR("0", "3400.123"), 1 },
	{ PROCESSOR("0", "800.000") PROCESSOR("1", "3400.0"), 1 },
	{ PROCESSOR("0", "800.000") "processor\t: 1\nvendor_id\t: V\n", 1 },
	{ PROCESSOR("0", "800.000") "processor\t: 1\nvendor_id\t: Vend", 1 },
	{ PROCESSOR("0", "800.000") "vendor_id\t: W\n", 0 },
	{ "vendor_id\t: V\nmodel name\t: M 1\nflags\t\t: a b\n", 0 },
	{ "cpu MHz\t\t: 800\n", 0 },
	{ "", 0 },
};

START_TEST(a_processor_is_known_by_its_kind)
{
	struct buf one = BUF_INIT, other = BUF_INIT;

	native_add_processor(processors[0].info, &one);
	ck_assert_uint_gt(one.len, 0);
	native_add_processor(processors[_i].info, &other);
	ck_assert_int_eq(strcmp(one.data, other.data) == 0,
			 processors[_i].is_same);
	buf_clear(&one);
	buf_clear(&other);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, a_processor_is_known_by_its_kind, 0,
			    COUNT_OF(processors));
	tcase_add_checked_fixture(tcase, enter, unit_leave_dir);
	tcase_add_loop_test(tcase, explicit_options_take_the_place_of_the_first,
			    0, COUNT_OF(replaced));
	tcase_add_loop_test(tcase, gcc_says_what_it_is_to_be_told, 0,
			    COUNT_OF(gccs));
	tcase_add_test(tcase, a_script_is_not_trusted_to_be_the_same_tomorrow);
}

int
main(void)
{
	return unit_run("native", add_tests);
}
