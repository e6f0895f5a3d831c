/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/masquerade.h"

#include "base/args.h"
#include "base/file.h"
#include "unit.h"

static const struct {
	const char *argv0;
	int is_on;
} names[] = {
	{ "distcc", 0 },
	{ "/usr/bin/distcc", 0 },
	{ "./distcc-4", 0 },
	{ "/opt/my-distcc", 0 },
	{ "gcc", 1 },
	{ "/usr/lib/distcc/gcc", 1 },
	{ "/usr/lib/distcc/x86_64-linux-gnu-g++-12", 1 },
	{ "c++", 1 },
};

START_TEST(the_last_part_of_the_name_decides)
{
	ck_assert_int_eq(masquerade_is_on(names[_i].argv0), names[_i].is_on);
}
END_TEST

static const struct {
	const char *argv[5], *command;
} calls[] = {
	{ { "distcc", "gcc", "-c", "x.c" }, "gcc -c x.c" },
	{ { "/usr/bin/distcc", "/opt/gcc", "-c" }, "/opt/gcc -c" },
	{ { "distcc", "-c", "x.c" }, "cc -c x.c" },
	{ { "distcc", "x.c", "-c" }, "cc x.c -c" },
	{ { "distcc", "d/x.cpp" }, "cc d/x.cpp" },
	{ { "distcc", "x.i" }, "cc x.i" },
	{ { "distcc", "x.o", "-o", "x" }, "cc x.o -o x" },
	{ { "distcc", "clang++", "x.o" }, "clang++ x.o" },
	{ { "distcc", "gcc" }, "gcc" },
	{ { "gcc", "-c", "x.c" }, "gcc -c x.c" },
	{ { "/usr/lib/distcc/g++", "x.c" }, "g++ x.c" },
	{ { "/usr/lib/distcc/g++" }, "g++" },
	{ { "gcc", "gcc" }, "gcc gcc" },
};

START_TEST(a_call_gives_the_compilers_command)
{
	struct args argv = ARGS_INIT, command = ARGS_INIT;
	char *text;
	int i;

	for (i = 0; calls[_i].argv[i] != NULL; i++)
		args_push(&argv, calls[_i].argv[i]);
	masquerade_command(argv.v, &command);
	text = args_text(&command);
	ck_assert_str_eq(text, calls[_i].command);
	free(text);
	args_clear(&argv);
	args_clear(&command);
}
END_TEST

static void
make_program(const char *path)
{
	ck_assert_int_eq(file_write(path, "", 0), 0);
	ck_assert_int_eq(chmod(path, 0755), 0);
}

/* masq holds the links; alias leads to it; real and more have compilers. */
static void
make_dirs(void)
{
	ck_assert_int_eq(path_make_dirs("masq/sub", 0755), 0);
	ck_assert_int_eq(path_make_dirs("real", 0755), 0);
	ck_assert_int_eq(path_make_dirs("more", 0755), 0);
	make_program("distcc");
	make_program("real/gcc");
	make_program("more/gcc");
	ck_assert_int_eq(symlink("../distcc", "masq/gcc"), 0);
	ck_assert_int_eq(symlink("masq", "alias"), 0);
}

static const struct {
	const char *argv0, *path, *rest;
} trims[] = {
	{ "masq/gcc", "masq:real", "real" },
	{ "masq/gcc", "more:masq:real", "real" },
	{ "masq/gcc", "masq:real:more", "real:more" },
	/* The same directory under other names. */
	{ "masq/gcc", "masq/:real", "real" },
	{ "masq/gcc", ".//masq//:real", "real" },
	{ "masq/gcc", "./masq:real", "real" },
	{ "masq/gcc", "real/../masq:real", "real" },
	{ "masq/gcc", "masq/sub/..:real", "real" },
	{ "masq/gcc", "alias:real", "real" },
	{ "alias/gcc", "masq:real", "real" },
	{ "./masq//gcc", "masq:real", "real" },
	{ "masq/../masq/gcc", "masq:real", "real" },
	/* Behind the last of several. */
	{ "masq/gcc", "masq:real:masq:more", "more" },
	{ "masq/gcc", "masq:alias:real", "real" },
	{ "masq/gcc", "alias:real:./masq/:more", "more" },
	/* Nothing to find, or nothing behind it. */
	{ "masq/gcc", "real:more", NULL },
	{ "masq/gcc", "real:masq", NULL },
	{ "masq/gcc", "real:masq:", NULL },
	{ "masq/gcc", "", NULL },
	{ "missing/gcc", "masq:real", NULL },
	/* Without a directory, PATH says which one it was. */
	{ "gcc", "masq:real", "real" },
	{ "gcc", "missing:masq/:real", "real" },
	{ "gcc", "alias:masq:real", "real" },
	{ "gcc", "missing", NULL },
	{ "gcc", "more:masq:real", "real" },
	/* What is no link to us was not how we were called. */
	{ "more/gcc", "more:masq:real", NULL },
	/* An empty part is the working directory. */
	{ "./distcc", ":real", "real" },
	{ "./distcc", "masq::real", "real" },
};

START_TEST(path_is_cut_behind_our_directory)
{
	char *rest;

	make_dirs();
	rest = masquerade_trim_path(trims[_i].argv0, trims[_i].path);
	ck_assert_pstr_eq(rest, trims[_i].rest);
	free(rest);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, the_last_part_of_the_name_decides, 0,
			    COUNT_OF(names));
	tcase_add_loop_test(tcase, a_call_gives_the_compilers_command, 0,
			    COUNT_OF(calls));
	tcase_add_loop_test(tcase, path_is_cut_behind_our_directory, 0,
			    COUNT_OF(trims));
}

int
main(void)
{
	return unit_run("masquerade", add_tests);
}
