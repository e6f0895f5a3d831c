/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/response.h"

#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/buf.h"
#include "base/file.h"
#include "unit.h"
#include "words.h"

static void
write_file(const char *name, const char *text)
{
	ck_assert_int_eq(file_write(name, text, strlen(text)), 0);
}

static void
assert_expands(const char *line, const char *expected)
{
	char **argv = buildargv(line);
	struct args args = ARGS_INIT;

	response_expand(&args, argv);
	expect_words(&args, expected);
	args_clear(&args);
	freeargv(argv);
}

static const struct {
	const char *line, *words;
} lines[] = {
	{ "gcc -c x.c", "gcc -c x.c" },
	{ "gcc @outer -o y", "gcc -O2 -c x.c '-D A b' -o y" },
	{ "gcc @inner @inner", "gcc -c x.c -c x.c" },
	{ "gcc @blank -c", "gcc -c" },
	{ "gcc @missing @inner", "gcc @missing -c x.c" },
	/* The first word is the compiler. */
	{ "@inner -c", "@inner -c" },
	/* What would end the process, or cannot be read twice. */
	{ "gcc @itself @inner", "gcc @itself @inner" },
	{ "gcc @twice", "gcc @twice" },
	{ "gcc @inner @folder", "gcc @inner @folder" },
	{ "gcc @to-folder", "gcc @to-folder" },
	{ "gcc @pipe @inner", "gcc @pipe @inner" },
	{ "gcc @to-pipe", "gcc @to-pipe" },
};

START_TEST(words_come_out_as_from_gcc_or_as_they_were)
{
	write_file("outer", "-O2 @inner\n'-D A b'");
	write_file("inner", "-c\nx.c");
	write_file("blank", " \n\t");
	write_file("itself", "-Wall @itself");
	write_file("twice", "@twice @twice -c");
	write_file("to-folder", "-c @folder");
	write_file("to-pipe", "@pipe");
	ck_assert_int_eq(mkdir("folder", 0700), 0);
	ck_assert_int_eq(mkfifo("pipe", 0600), 0);
	assert_expands(lines[_i].line, lines[_i].words);
}
END_TEST

START_TEST(as_many_files_are_read_as_gcc_reads)
{
	const int most = 1999;
	struct args args = ARGS_INIT;
	struct buf text = BUF_INIT;
	char gcc[] = "gcc", all[] = "@all", one[] = "@one";
	char *argv[] = { gcc, all, NULL, NULL };
	int i;

	write_file("one", "-O");
	for (i = 1; i < most; i++)
		buf_add_str(&text, "@one ");
	write_file("all", text.data);
	response_expand(&args, argv);
	ck_assert_uint_eq(args.count, most);
	args_clear(&args);
	argv[2] = one;
	response_expand(&args, argv);
	expect_words(&args, "gcc @all @one");
	args_clear(&args);
	buf_clear(&text);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, words_come_out_as_from_gcc_or_as_they_were,
			    0, COUNT_OF(lines));
	tcase_add_test(tcase, as_many_files_are_read_as_gcc_reads);
}

int
main(void)
{
	return unit_run("response", add_tests);
}
