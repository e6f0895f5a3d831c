/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/rewrite.h"

#include <string.h>

#include "compiler/lang.h"
#include "words.h"

static enum family
family_of(const char *line)
{
	return strncmp(line, "clang", 5) == 0 ? FAMILY_CLANG : FAMILY_GCC;
}

static void
parse_fit(struct cmdline *cmd, const char *line)
{
	parse_line(cmd, line, family_of(line));
	ck_assert_msg(cmd->reason == REASON_NONE, "%s: %s", line,
		      reason_name(cmd->reason));
}

static const struct {
	const char *from, *to;
} preprocessed[] = {
	{ "gcc -c x.c", "gcc -E -fpch-preprocess x.c" },
	{ "gcc -S x.c -O2 -o y.s", "gcc -E -fpch-preprocess x.c -O2" },
	{ "gcc -c -S --compile x.c -oy", "gcc -E -fpch-preprocess x.c" },
	{ "gcc -x c -c y.inc -I a -Ib -DX -lm",
	  "gcc -E -fpch-preprocess -x c y.inc -I a -Ib -DX -lm" },
	{ "gcc -include -c -c x.c -D -o", "gcc -E -fpch-preprocess -include -c x.c -D -o" },
	{ "gcc -MD -c x.c", "gcc -E -fpch-preprocess -MD x.c -MF DEP" },
	{ "gcc -MD -c x.c -o y", "gcc -E -fpch-preprocess -MD x.c -MF DEP -MQ y" },
	{ "gcc -MMD -MP -MF f -c x.c -o y",
	  "gcc -E -fpch-preprocess -MMD -MP x.c -MF DEP -MQ y" },
	{ "gcc -MD -MT t -MQu -MFf -c x.c -o y",
	  "gcc -E -fpch-preprocess -MD -MT t -MQu x.c -MF DEP" },
	{ "gcc -Wp,-MD,f -c x.c -o y", "gcc -E -fpch-preprocess -MD x.c -MF DEP" },
	{ "gcc -Wp,-DA,-MMD,f,-MP,-MT,t -c x.c",
	  "gcc -E -fpch-preprocess -Wp,-DA -MMD -MP -MT t x.c -MF DEP" },
	{ "gcc -Wp,-DA,-UB -c x.c", "gcc -E -fpch-preprocess -Wp,-DA -Wp,-UB x.c" },
	{ "gcc -Wp,-Ia,-include,b,-MD,f,-D,C -c x.c",
	  "gcc -E -fpch-preprocess -Wp,-Ia -Wp,-include,b -MD -Wp,-D,C x.c "
	  "-MF DEP" },
	{ "gcc -Wp,-MD,f -MT t -MP -c x.c -o y",
	  "gcc -E -fpch-preprocess -MD -MT t -MP x.c -MF DEP" },
	{ "clang -Wp,-MMD -c x.c", "clang -E -MMD x.c -MF DEP" },
	{ "clang -Wp,-MD,f -c x.c -o y", "clang -E -MD x.c -MF DEP -MQ y" },
};

START_TEST(preprocessing_keeps_all_but_the_result)
{
	struct cmdline cmd = CMDLINE_INIT;
	struct args out = ARGS_INIT;

	parse_fit(&cmd, preprocessed[_i].from);
	args_push(&out, "left over");
	rewrite_to_preprocess(&cmd, "DEP", &out);
	expect_words(&out, preprocessed[_i].to);
	args_clear(&out);
	cmdline_clear(&cmd);
}
END_TEST

static const struct {
	const char *from, *to;
} sent[] = {
	{ "gcc -c x.c", "CC x.c -c -o x.o" },
	{ "gcc -c a/x.c -o b/x.o", "CC a/x.c -c -o b/x.o" },
	{ "gcc -S -c x.c -oy", "CC x.c -S -o y" },
	{ "gcc -DA -D B -Ia -I b -iquote c -isystem d -c x.c -L. -lm -Wl,e",
	  "CC x.c -c -o x.o" },
	{ "gcc -isysroot a --sysroot=b --sysroot c -c x.c -nostdinc",
	  "CC x.c -c -o x.o" },
	{ "gcc -MD -MFf -MT t -MP -Wall -c x.c", "CC x.c -c -Wall -o x.o" },
	{ "gcc -Wp,-MD,f -Wp,-DX -c x.c", "CC x.c -c -o x.o" },
	{ "gcc -fuse-ld=gold -finput-charset=utf-8 -trigraphs -c x.c",
	  "CC x.c -c -fuse-ld=gold -finput-charset=utf-8 -o x.o" },
	{ "gcc -O2 -g -fPIC -m32 -std=c11 --param a=1 -pthread -c x.c",
	  "CC x.c -c -O2 -g -fPIC -m32 -std=c11 --param a=1 -pthread "
	  "-o x.o" },
	{ "gcc -frandom-seed=y.c -c x.c",
	  "CC x.c -c -frandom-seed=y.c -o x.o" },
	{ "gcc --for-assembler=--noexecstack -Wp,-Ia,-include,b -c x.c",
	  "CC x.c -c --for-assembler=--noexecstack -o x.o" },
	{ "gcc -x c -c y.inc", "CC y.i -c -o y.o" },
	{ "gcc -xc++ -c y.c", "CC y.ii -c -o y.o" },
	{ "gcc -x c -c y.c", "CC y.c -c -o y.o" },
	{ "gcc -x c -c y", "CC y.i -c -o y.o" },
	{ "gcc -c x.CPP", "CC x.ii -c -o x.o" },
	{ "g++ -c x.c", "CC x.ii -c -o x.o" },
	{ "g++ -c x.cc", "CC x.cc -c -o x.o" },
	{ "gcc -c x.mm", "CC x.mm -c -o x.o" },
	{ "clang -c x.c", "CC x.c -c -undef -Qunused-arguments -o x.o" },
	{ "clang -enable-trivial-auto-var-init-zero-knowing-it-will-be-"
	  "removed-from-clang -c x.i",
	  "CC x.i -c -enable-trivial-auto-var-init-zero-knowing-it-will-be-"
	  "removed-from-clang -undef -o x.o" },
	{ "clang -c x.i", "CC x.i -c -undef -o x.o" },
	{ "clang -fuse-ld=lld -finput-charset=utf-8 -H -c x.c",
	  "CC x.c -c -undef -Qunused-arguments -o x.o" },
	{ "clang -g -fdebug-compilation-dir=/d -c x.c",
	  "CC x.c -c -g -fdebug-compilation-dir=/d -undef "
	  "-Qunused-arguments -o x.o" },
	{ "clang --debug -fdebug-compilation-dir /d -c x.c",
	  "CC x.c -c --debug -fdebug-compilation-dir /d -undef "
	  "-Qunused-arguments -o x.o" },
	{ "clang -gdwarf-4 -ffile-compilation-dir=. -c x.c",
	  "CC x.c -c -gdwarf-4 -ffile-compilation-dir=. -undef "
	  "-Qunused-arguments -o x.o" },
};

START_TEST(what_is_sent_needs_no_file_of_this_machine)
{
	struct cmdline cmd = CMDLINE_INIT;
	struct args out = ARGS_INIT;

	parse_fit(&cmd, sent[_i].from);
	rewrite_to_send(&cmd, "CC", NULL, &out);
	expect_words(&out, sent[_i].to);
	args_clear(&out);
	cmdline_clear(&cmd);
}
END_TEST

START_TEST(what_is_sent_is_accepted_and_means_the_same)
{
	struct cmdline cmd = CMDLINE_INIT, foreign = CMDLINE_INIT;
	struct args out = ARGS_INIT;

	parse_fit(&cmd, sent[_i].from);
	rewrite_to_send(&cmd, cmd.args.v[0], NULL, &out);
	cmdline_parse_foreign(&foreign, out.v);
	ck_assert_int_eq(foreign.reason, REASON_NONE);
	ck_assert_str_eq(foreign.lang->preprocessed, cmd.lang->preprocessed);
	ck_assert_str_eq(foreign.output, cmd.output);
	ck_assert_int_eq(foreign.to_assembly, cmd.to_assembly);
	args_clear(&out);
	cmdline_clear(&foreign);
	cmdline_clear(&cmd);
}
END_TEST

START_TEST(clang_is_told_the_folder_and_the_target)
{
	struct cmdline cmd = CMDLINE_INIT;
	struct args out = ARGS_INIT;
	char option[PATH_MAX + 64];

	snprintf(option, sizeof option, "-fdebug-compilation-dir=%s",
		 getpwd());
	parse_fit(&cmd, "clang -g -c x.c");
	rewrite_to_send(&cmd, "clang", "a-b-c", &out);
	ck_assert_str_eq(out.v[out.count - 3], option);
	cmdline_clear(&cmd);
	/* What looks like the option, but is another one's argument. */
	parse_fit(&cmd, "clang -g -I -fdebug-compilation-dir=/d -c x.c");
	rewrite_to_send(&cmd, "clang", "a-b-c", &out);
	ck_assert_str_eq(out.v[out.count - 3], option);
	cmdline_clear(&cmd);
	parse_fit(&cmd, "clang -D -g -I --target=a -c x.c");
	rewrite_to_send(&cmd, "clang", "a-b-c", &out);
	expect_words(&out, "clang x.c -c --target=a-b-c "
		     "-undef -Qunused-arguments -o x.o");
	cmdline_clear(&cmd);
	parse_fit(&cmd, "clang -g0 -c x.c");
	rewrite_to_send(&cmd, "clang", "a-b-c", &out);
	expect_words(&out, "clang x.c -c -g0 --target=a-b-c "
		     "-undef -Qunused-arguments -o x.o");
	cmdline_clear(&cmd);
	parse_fit(&cmd, "clang -target a -c x.c");
	rewrite_to_send(&cmd, "clang", "a-b-c", &out);
	expect_words(&out, "clang x.c -c -target a -undef "
		     "-Qunused-arguments -o x.o");
	args_clear(&out);
	cmdline_clear(&cmd);
}
END_TEST

static const struct {
	const char *from, *to;
} pumped[] = {
	{ "gcc -c x.c", "CC x.c -MD -c -o x.o" },
	{ "gcc -S a/x.c", "CC a/x.c -MD -S -o x.s" },
	{ "gcc -O2 -oy -DA -D B -Ia -I b -c -g -include c x.c -lm -Wl,e",
	  "CC -O2 -DA -D B -Ia -I b -g -include c x.c -lm -Wl,e -MD "
	  "-c -o y" },
	/* Each of these has its sources, and need not stay. */
	{ "gcc -g3 -c x.c", "CC -g3 x.c -MD -c -o x.o" },
	{ "gcc -g -trigraphs -H -c x.c",
	  "CC -g -trigraphs -H x.c -MD -c -o x.o" },
	{ "gcc -fsanitize=address -c x.c",
	  "CC -fsanitize=address x.c -MD -c -o x.o" },
	{ "clang -Wdocumentation -c x.c",
	  "CC -Wdocumentation x.c --target=T -MD -c -o x.o" },
	/* the target of a compile here, whatever the server's object is */
	{ "gcc -MD -c a/x.y.c", "CC -MD a/x.y.c -MQ x.y.o -c -o x.y.o" },
	{ "gcc -MMD -MP -MF f -c x.c -o b/y",
	  "CC -MMD -MP x.c -MQ b/y -c -o b/y" },
	{ "gcc -MD -MT t -MQu -MQ v -MFf -c x.c -o y",
	  "CC -MD -MTt -MQu -MQ v x.c -c -o y" },
	{ "gcc -Wp,-MD,f -c x.c -o y", "CC -MD x.c -MQ x.o -c -o y" },
	{ "gcc -Wp,-DA,-MMD,f,-MP,-MT,t -c x.c -UA",
	  "CC -MMD -MP -MT t x.c -UA -DA -c -o x.o" },
	{ "gcc -Wp,-Ia,-include,b -Ic -c x.c",
	  "CC -Ic x.c -Ia -include b -MD -c -o x.o" },
	{ "clang -Wp,-MMD -c x.c",
	  "CC -MMD x.c --target=T -MQ x.o -c -o x.o" },
	/* Old servers read a language only in a word of its own. */
	{ "gcc -xc++ -c y.c -xnone", "CC -x c++ y.c -x none -MD -c -o y.o" },
	{ "gcc --language=c --write-dependencies --compile --output=z y.h",
	  "CC --language=c -MD y.h -MQ z -c -o z" },
	{ "clang -target a -c x.c", "CC -target a x.c -MD -c -o x.o" },
};

START_TEST(what_is_sent_with_its_sources_is_as_it_was)
{
	struct cmdline cmd = CMDLINE_INIT;
	struct args out = ARGS_INIT;

	parse_line(&cmd, pumped[_i].from, family_of(pumped[_i].from));
	ck_assert(cmd.reason == REASON_NONE || cmd.needs_sources);
	rewrite_to_pump(&cmd, "CC", "T", &out);
	expect_words(&out, pumped[_i].to);
	args_clear(&out);
	cmdline_clear(&cmd);
}
END_TEST

static const struct {
	const char *from, *source, *to;
} served[] = {
	{ "gcc x.c -c -O2 -o x.o", "s.i", "CC -c -O2 -o OBJ s.i" },
	{ "gcc -S ../x.cc", "s.ii", "CC -S -o OBJ s.ii" },
	{ "gcc -c x.c -iquote a -isysroot b --sysroot=c -Fd -includee -C -P",
	  "s.i", "CC -c -o OBJ s.i" },
	{ "gcc -MD -MFf -MT t -c x.c -D X -lm -fuse-ld=x", "s.i",
	  "CC -c -fuse-ld=x -o OBJ s.i" },
	{ "gcc -x c++ -c x.c -o y", "s.ii", "CC -c -o OBJ s.ii" },
	{ "gcc -x c++ -c x.c -o y", "s.tmp",
	  "CC -c -o OBJ -x c++-cpp-output s.tmp" },
	{ "gcc -xc -c x.foo", "s.i", "CC -c -o OBJ s.i" },
	/* Others send it, and clang would say once more that it is unused. */
	{ "clang -c x.c -fuse-ld=lld -O2", "s.i", "CC -c -O2 -o OBJ s.i" },
	{ "clang -c x.c -fdebug-compilation-dir=/d -undef", "s.i",
	  "CC -c -fdebug-compilation-dir=/d -undef -o OBJ s.i" },
};

START_TEST(what_is_served_works_on_the_servers_files)
{
	struct cmdline cmd = CMDLINE_INIT;
	struct args out = ARGS_INIT;

	parse_foreign_line(&cmd, served[_i].from);
	ck_assert_int_eq(cmd.reason, REASON_NONE);
	cmd.family = family_of(served[_i].from);
	rewrite_to_serve(&cmd, "CC", served[_i].source, "OBJ", &out);
	expect_words(&out, served[_i].to);
	args_clear(&out);
	cmdline_clear(&cmd);
}
END_TEST

START_TEST(a_cxx_compiler_is_told_that_its_source_is_c)
{
	struct cmdline cmd = CMDLINE_INIT;
	struct args out = ARGS_INIT;

	parse_foreign_line(&cmd, "g++ -x c -c x.c");
	rewrite_to_serve(&cmd, "/usr/bin/g++", "s.i", "OBJ", &out);
	expect_words(&out, "/usr/bin/g++ -c -o OBJ -x cpp-output s.i");
	args_clear(&out);
	cmdline_clear(&cmd);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, preprocessing_keeps_all_but_the_result, 0,
			    COUNT_OF(preprocessed));
	tcase_add_loop_test(tcase, what_is_sent_needs_no_file_of_this_machine,
			    0, COUNT_OF(sent));
	tcase_add_loop_test(tcase,
			    what_is_sent_is_accepted_and_means_the_same, 0,
			    COUNT_OF(sent));
	tcase_add_test(tcase, clang_is_told_the_folder_and_the_target);
	tcase_add_loop_test(tcase, what_is_sent_with_its_sources_is_as_it_was,
			    0, COUNT_OF(pumped));
	tcase_add_loop_test(tcase, what_is_served_works_on_the_servers_files,
			    0, COUNT_OF(served));
	tcase_add_test(tcase, a_cxx_compiler_is_told_that_its_source_is_c);
}

int
main(void)
{
	return unit_run("rewrite", add_tests);
}
