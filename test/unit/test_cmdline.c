/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/cmdline.h"

#include <string.h>

#include "base/file.h"
#include "compiler/lang.h"
#include "by_option.h"
#include "by_reason.h"
#include "words.h"

static enum family
family_of(const char *line)
{
	return strncmp(line, "clang", 5) == 0 ? FAMILY_CLANG : FAMILY_GCC;
}

static void
expect_judged(const struct judged *expected)
{
	struct cmdline cmd = CMDLINE_INIT;

	parse_line(&cmd, expected->line, family_of(expected->line));
	ck_assert_msg(cmd.reason == expected->reason, "%s: %s",
		      expected->line, reason_name(cmd.reason));
	ck_assert_pstr_eq(cmd.culprit, expected->culprit);
	cmdline_clear(&cmd);
}

START_TEST(a_command_stays_for_its_reason)
{
	expect_judged(&by_reason[_i]);
}
END_TEST

START_TEST(every_family_of_options_is_understood)
{
	expect_judged(&by_option[_i]);
}
END_TEST

static const struct {
	const char *line;
	const char *input, *lang, *output, *depfile, *deptarget;
} goes[] = {
	{ "gcc -c x.c", "x.c", "c", "x.o", NULL, NULL },
	{ "gcc -S a/x.c", "a/x.c", "c", "x.s", NULL, NULL },
	{ "gcc -c -S x.c", "x.c", "c", "x.s", NULL, NULL },
	{ "gcc --compile x.c --output=y", "x.c", "c", "y", NULL, NULL },
	{ "gcc -c x..c", "x..c", "c", "x..o", NULL, NULL },
	{ "gcc -c a.b/c.d.cc -O2", "a.b/c.d.cc", "c++", "c.d.o", NULL, NULL },
	{ "gcc -x c -c foo -MD", "foo", "c", "foo.o", "foo.d", NULL },
	{ "gcc -openmp -c x.c", "x.c", "c", "penmp", NULL, NULL },
	{ "gcc -c x.c -ofoo", "x.c", "c", "foo", NULL, NULL },
	{ "gcc -frandom-seed=y.c -c x.c", "x.c", "c", "x.o", NULL, NULL },
	{ "gcc -fdebug-prefix-map=/a=/b.c -c x.c", "x.c", "c", "x.o", NULL,
	  NULL },
	{ "gcc -include y.c -D Y.c -I z.c -c x.c", "x.c", "c", "x.o", NULL,
	  NULL },
	{ "gcc -xc++ -c x.c", "x.c", "c++", "x.o", NULL, NULL },
	{ "gcc -x c++ -c x.c", "x.c", "c++", "x.o", NULL, NULL },
	{ "gcc -x c++ -x none -c x.c", "x.c", "c", "x.o", NULL, NULL },
	{ "gcc -c x.c -x c++", "x.c", "c", "x.o", NULL, NULL },
	{ "g++ -c x.c", "x.c", "c++", "x.o", NULL, NULL },
	{ "a-b-g++-12 -c x.c", "x.c", "c++", "x.o", NULL, NULL },
	{ "gcc -c x.mm", "x.mm", "objective-c++", "x.o", NULL, NULL },
	{ "gcc -Wp,-D_FORTIFY_SOURCE=2,-UX -c x.c", "x.c", "c", "x.o", NULL,
	  NULL },
	{ "gcc -grecord-gcc-switches -c x.c", "x.c", "c", "x.o", NULL, NULL },
	{ "gcc -Wa,--noexecstack -pipe -c x.c", "x.c", "c", "x.o", NULL,
	  NULL },
	{ "gcc -fuse-ld=gold -Wl,-z -lm -c x.c", "x.c", "c", "x.o", NULL,
	  NULL },
	{ "gcc -c x.c -o /dev/null", "x.c", "c", "/dev/null", NULL, NULL },
	/* dependencies */
	{ "gcc -MD -c a/x.c", "a/x.c", "c", "x.o", "x.d", NULL },
	{ "gcc -MMD -c x.c -o b/y.o", "x.c", "c", "b/y.o", "b/y.d",
	  "b/y.o" },
	{ "gcc -MD -c x.c -o a.b/y", "x.c", "c", "a.b/y", "a.b/y.d",
	  "a.b/y" },
	{ "gcc -MD -c x.c -oa.b.o", "x.c", "c", "a.b.o", "a.b.d", "a.b.o" },
	{ "gcc -MD -c x.c -o .o", "x.c", "c", ".o", ".d", ".o" },
	{ "gcc -MD -c x.c -o y.", "x.c", "c", "y.", "y.d", "y." },
	{ "gcc -MD -MF f -c x.c", "x.c", "c", "x.o", "f", NULL },
	{ "gcc -MD -MFf -c x.c -o y", "x.c", "c", "y", "f", "y" },
	{ "gcc -MD -MF f -MF g -c x.c", "x.c", "c", "x.o", "g", NULL },
	{ "gcc -MD -MT t -c x.c -o y", "x.c", "c", "y", "y.d", NULL },
	{ "gcc -MD -MQt -MP -c x.c -o y", "x.c", "c", "y", "y.d", NULL },
	{ "gcc -Wp,-MD,f -c x.c -o y", "x.c", "c", "y", "f", NULL },
	{ "gcc -Wp,-MMD,f,-MT,t,-MP -c x.c", "x.c", "c", "x.o", "f", NULL },
	{ "gcc -Wp,-MD,f,-MF,g -c x.c", "x.c", "c", "x.o", "g", NULL },
	{ "gcc -Wp,-MD,f -MT t -MP -c x.c -o y", "x.c", "c", "y", "f", NULL },
	{ "gcc -Wp,-MD,f -MP -c x.c -o y", "x.c", "c", "y", "f", NULL },
	{ "gcc -Wp,-MD,f,-MT,t -MP -c x.c -o y", "x.c", "c", "y", "f", NULL },
	{ "gcc -Wp,-Idir,-include,z,-isystem,s,-D,A -c x.c", "x.c", "c", "x.o",
	  NULL, NULL },
	{ "gcc --for-assembler=--noexecstack -c x.c", "x.c", "c", "x.o", NULL,
	  NULL },
	{ "gcc --for-assembler --noexecstack -c x.c", "x.c", "c", "x.o", NULL,
	  NULL },
	{ "clang -Wp,-MD,f -MT t -c x.c -o y", "x.c", "c", "y", "f", NULL },
	{ "clang -Wp,-MD,f -c x.c -o y", "x.c", "c", "y", "f", "y" },
	{ "clang -Wp,-MMD -c x.c -o y.o", "x.c", "c", "y.o", "y.d", "y.o" },
	{ "gcc -MD -c x.i -o y", "x.i", "cpp-output", "y", NULL, NULL },
};

START_TEST(a_command_that_goes_is_understood)
{
	struct cmdline cmd = CMDLINE_INIT;

	parse_line(&cmd, goes[_i].line, family_of(goes[_i].line));
	ck_assert_msg(cmd.reason == REASON_NONE, "%s: %s", goes[_i].line,
		      reason_name(cmd.reason));
	ck_assert_ptr_null(cmd.culprit);
	ck_assert_str_eq(cmdline_input(&cmd), goes[_i].input);
	ck_assert_str_eq(cmd.lang->name, goes[_i].lang);
	ck_assert_str_eq(cmd.output, goes[_i].output);
	ck_assert_pstr_eq(cmd.depfile, goes[_i].depfile);
	ck_assert_pstr_eq(cmd.deptarget, goes[_i].deptarget);
	cmdline_clear(&cmd);
}
END_TEST

START_TEST(a_cleared_command_can_be_parsed_into_again)
{
	struct cmdline cmd = CMDLINE_INIT;

	parse_line(&cmd, "gcc -MD -c x.c -o y.o", FAMILY_GCC);
	ck_assert_int_eq(cmd.has_output, 1);
	cmdline_clear(&cmd);
	parse_line(&cmd, "gcc -S z.c", FAMILY_GCC);
	ck_assert_int_eq(cmd.reason, REASON_NONE);
	ck_assert_int_eq(cmd.has_output, 0);
	ck_assert_int_eq(cmd.to_assembly, 1);
	ck_assert_str_eq(cmd.output, "z.s");
	ck_assert_ptr_null(cmd.depfile);
	cmdline_clear(&cmd);
}
END_TEST

static void
write_file(const char *name, const char *text)
{
	ck_assert_int_eq(file_write(name, text, strlen(text)), 0);
}

START_TEST(response_files_are_expanded)
{
	struct cmdline cmd = CMDLINE_INIT;

	write_file("outer", "-O2 @inner\n'-D A b'");
	write_file("inner", "-c\nx.c");
	parse_line(&cmd, "gcc @outer -o y", FAMILY_GCC);
	ck_assert_int_eq(cmd.reason, REASON_NONE);
	expect_words(&cmd.args, "gcc -O2 -c x.c '-D A b' -o y");
	ck_assert_str_eq(cmdline_input(&cmd), "x.c");
	cmdline_clear(&cmd);
}
END_TEST

static const struct {
	const char *line;
	enum reason reason;
} foreign[] = {
	{ "gcc -c x.c -o x.o", REASON_NONE },
	{ "gcc -S ../any/path/x.cc", REASON_NONE },
	{ "gcc -c conftest.c", REASON_NONE },
	{ "gcc -c x.c -iquote d -isysroot e --sysroot=f -Fg", REASON_NONE },
	{ "gcc -c x.c -includey.h -Aa=b -C -P -MD -MFy", REASON_NONE },
	{ "gcc -c x.c -x c", REASON_NONE },
	{ "gcc -x c++ -c x.c", REASON_NONE },
	{ "g++ -x c -c x.c", REASON_NONE },
	{ "gcc -c x.c -gsplit-dwarf -fstack-usage -save-temps", REASON_NONE },
	{ "gcc -c x.c -flto -v -fverbose-asm --coverage", REASON_NONE },
	{ "gcc -c x.c -Wl,--x -lfoo -fuse-ld=/tmp/y", REASON_NONE },
	{ "gcc -c x.c -Wa,--noexecstack -Wp,-DX", REASON_NONE },
	{ "clang -c x.c -fdebug-compilation-dir=/x -undef", REASON_NONE },
	{ "", REASON_BAD_COMMAND },
	{ "'' -c x.c", REASON_BAD_COMMAND },
	{ "-c x.c", REASON_BAD_COMMAND },
	{ "gcc -c x.c @/etc/hostname", REASON_BAD_COMMAND },
	{ "gcc -c @x.c", REASON_BAD_COMMAND },
	{ "gcc -c x.c -o", REASON_BAD_COMMAND },
	{ "gcc x.c", REASON_NOT_COMPILE },
	{ "gcc -E x.c", REASON_PREPROCESS },
	{ "gcc -c", REASON_NO_INPUT },
	{ "gcc -c x.c y.c", REASON_MANY_INPUTS },
	{ "gcc -c x.c /etc/passwd", REASON_MANY_INPUTS },
	{ "gcc -c -", REASON_STDIN },
	{ "gcc -c x.f90", REASON_LANGUAGE },
	{ "gcc -x cuda -c x.c", REASON_LANGUAGE },
	{ "gcc -x zz -c x.c", REASON_LANGUAGE },
	{ "gcc -c x.S", REASON_ASSEMBLER },
	{ "gcc -c x.h", REASON_PCH },
	{ "gcc -wrapper sh -c x.c", REASON_LOADS_CODE },
	{ "gcc -B/tmp -c x.c", REASON_LOADS_CODE },
	{ "gcc -specs=/x -c x.c", REASON_LOADS_CODE },
	{ "gcc -fplugin=/x -c x.c", REASON_LOADS_CODE },
	{ "clang -fpass-plugin=/x -c x.c", REASON_LOADS_CODE },
	{ "clang -Xclang -load -Xclang /x -c x.c", REASON_LOADS_CODE },
	{ "clang -mllvm -load=/x -c x.c", REASON_LOADS_CODE },
	{ "clang -target ../x -c x.c", REASON_LOADS_CODE },
	{ "gcc -fcompare-debug=-fplugin=/x -c x.c", REASON_EXTRA_OUTPUT },
	{ "gcc -aux-info /x -c x.c", REASON_EXTRA_OUTPUT },
	{ "gcc -fdump-tree-all=/x -c x.c", REASON_EXTRA_OUTPUT },
	{ "gcc -fopt-info=/x -c x.c", REASON_EXTRA_OUTPUT },
	{ "gcc -dumpdir /x -c x.c", REASON_EXTRA_OUTPUT },
	{ "gcc -Wa,-alh=/x -c x.c", REASON_ASSEMBLER },
	{ "gcc -Xassembler -I/x -c x.c", REASON_ASSEMBLER },
	{ "gcc -fprofile-use=/x -c x.c", REASON_PROFILE },
	{ "gcc -fmodule-mapper=|sh -c x.c", REASON_MODULES },
	{ "clang -fsanitize-blacklist=/x -c x.c", REASON_READS_FILE },
	{ "clang --config /x -c x.c", REASON_READS_FILE },
	{ "gcc -march=native -c x.c", REASON_NATIVE },
	{ "gcc --nonsense -c x.c", REASON_UNKNOWN_OPTION },
};

START_TEST(a_server_refuses_what_reaches_outside_the_job)
{
	struct cmdline cmd = CMDLINE_INIT;

	parse_foreign_line(&cmd, foreign[_i].line);
	ck_assert_msg(cmd.reason == foreign[_i].reason, "%s: %s",
		      foreign[_i].line, reason_name(cmd.reason));
	ck_assert_ptr_null(cmd.depfile);
	ck_assert_ptr_null(cmd.deptarget);
	cmdline_clear(&cmd);
}
END_TEST

START_TEST(a_server_opens_no_response_file)
{
	struct cmdline cmd = CMDLINE_INIT;

	write_file("words", "-O2");
	parse_foreign_line(&cmd, "gcc -c x.c @words");
	ck_assert_int_eq(cmd.reason, REASON_BAD_COMMAND);
	ck_assert_str_eq(cmd.culprit, "@words");
	expect_words(&cmd.args, "gcc -c x.c @words");
	cmdline_clear(&cmd);
}
END_TEST

/* culprit NULL: it stays, sources or not; or it goes either way. */
static const struct judged by_sources[] = {
	{ "gcc -g3 -c x.c", REASON_MACROS, "-g3" },
	{ "clang -fdebug-macro -c x.c", REASON_MACROS, "-fdebug-macro" },
	{ "gcc -g -c x.c -trigraphs", REASON_RECORD, "-trigraphs" },
	{ "gcc -fsanitize=undefined -c x.c -MD", REASON_COLUMNS,
	  "-fsanitize=undefined" },
	{ "clang -Wdocumentation -c x.c", REASON_PREPROCESSOR,
	  "-Wdocumentation" },
	{ "gcc -Wdocumentation -c x.c", REASON_NONE, NULL },
	{ "gcc -g3 -fprofile-arcs -c x.c", REASON_PROFILE, NULL },
	{ "gcc -g3 -march=native -c x.c", REASON_NATIVE, NULL },
	{ "gcc -g3 -c x.i", REASON_MACROS, NULL },
	{ "gcc -g3 x.c", REASON_NOT_COMPILE, NULL },
	{ "gcc -g3 -c x.c y.c", REASON_MANY_INPUTS, NULL },
	{ "gcc -g3 -c x.c -MP", REASON_BAD_COMMAND, NULL },
};

START_TEST(some_commands_can_go_only_with_their_sources)
{
	const struct judged *judged = &by_sources[_i];
	struct cmdline cmd = CMDLINE_INIT;

	parse_line(&cmd, judged->line, strncmp(judged->line, "clang", 5) == 0 ?
					       FAMILY_CLANG : FAMILY_GCC);
	ck_assert_str_eq(reason_name(cmd.reason), reason_name(judged->reason));
	ck_assert_int_eq(cmd.needs_sources, judged->culprit != NULL);
	if (judged->culprit != NULL) {
		ck_assert_str_eq(cmd.culprit, judged->culprit);
		ck_assert_str_eq(cmd.output, "x.o");
	}
	cmdline_clear(&cmd);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase,
			    some_commands_can_go_only_with_their_sources, 0,
			    COUNT_OF(by_sources));
	tcase_add_loop_test(tcase, a_command_stays_for_its_reason, 0,
			    COUNT_OF(by_reason));
	tcase_add_loop_test(tcase, every_family_of_options_is_understood, 0,
			    COUNT_OF(by_option));
	tcase_add_loop_test(tcase, a_command_that_goes_is_understood, 0,
			    COUNT_OF(goes));
	tcase_add_test(tcase, a_cleared_command_can_be_parsed_into_again);
	tcase_add_test(tcase, response_files_are_expanded);
	tcase_add_loop_test(tcase,
			    a_server_refuses_what_reaches_outside_the_job, 0,
			    COUNT_OF(foreign));
	tcase_add_test(tcase, a_server_opens_no_response_file);
}

int
main(void)
{
	return unit_run("cmdline", add_tests);
}
