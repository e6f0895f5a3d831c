/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/rooted.h"

#include <string.h>

#include "compiler/cmdline.h"
#include "unit.h"
#include "words.h"

#define HEAD "cc -ffile-prefix-map=/R= "
#define TAIL " -MF D -MQ x.o -o O"
#define QUIET_TAIL " -MMD" TAIL

static void
parse(struct cmdline *cmd, const char *words, const char *cwd,
      enum family family)
{
	char **argv = buildargv(words);

	cmdline_parse_pumped(cmd, argv);
	cmd->family = family;
	ck_assert_int_eq(cmd->reason, REASON_NONE);
	rooted_judge(cmd, cwd);
	freeargv(argv);
}

static const struct {
	const char *words, *expected;
} rewrites[] = {
	{ "gcc -c x.c -o x.o", HEAD "-c x.c" QUIET_TAIL },
	{ "gcc -c x.c", HEAD "-c x.c" QUIET_TAIL },
	{ "gcc -c d/x.c -ox.o", HEAD "-c d/x.c" QUIET_TAIL },
	{ "gcc -c /w/x.c -o x.o", HEAD "-c /R/w/x.c" QUIET_TAIL },
	{ "gcc -S x.c -o x.o", HEAD "-S x.c" QUIET_TAIL },
	{ "gcc -DA=/b -I/i -I j -I /k -iquote/l -isystem /m -include /n.h "
	  "-imacros/o.h -idirafter /p --include=/q -c x.c -o x.o",
	  HEAD "-DA=/b -I/R/i -I j -I /R/k -iquote/R/l -isystem /R/m "
	  "-include /R/n.h -imacros/R/o.h -idirafter /R/p --include=/R/q "
	  "-c x.c" QUIET_TAIL },
	{ "gcc -iprefix /p/ -iwithprefix /q --sysroot=/s -isysroot /t -c x.c "
	  "-o x.o", HEAD "-iprefix /R/p/ -iwithprefix /q --sysroot=/s "
	  "-isysroot /t -c x.c" QUIET_TAIL },
	/* dependencies */
	{ "gcc -MD -c x.c -o x.o", HEAD "-MD -c x.c" TAIL },
	{ "gcc -MMD -MF f -c x.c -o x.o", HEAD "-MMD -c x.c" TAIL },
	{ "gcc -MD -MFf -MP -c x.c -o x.o", HEAD "-MD -MP -c x.c" TAIL },
	{ "gcc -MD -MT t -MQ u -c x.c -o x.o",
	  HEAD "-MD -MT t -MQ u -c x.c -MF D -o O" },
	{ "gcc -Wp,-MD,f -c d/x.c -o o/y.o", HEAD "-MD -c d/x.c" TAIL },
	{ "gcc -Wp,-MMD,f,-MT,t -c x.c -o x.o",
	  HEAD "-MMD -MT t -c x.c -MF D -o O" },
	{ "gcc -Wp,-DA,-UB -c x.c -o x.o",
	  HEAD "-Wp,-DA -Wp,-UB -c x.c" QUIET_TAIL },
	/* maps: the system's, ours, the client's */
	{ "gcc -fdebug-prefix-map=/w=. -ffile-prefix-map=.=b -c x.c -o x.o",
	  "cc -fdebug-prefix-map=/w=. -ffile-prefix-map=.=b "
	  "-ffile-prefix-map=/R= -fdebug-prefix-map=/R/w=. -c x.c"
	  QUIET_TAIL },
	{ "gcc -x c++ -c x.c -o x.o", HEAD "-x c++ -c x.c" QUIET_TAIL },
	{ "gcc -c x.S -o x.o", HEAD "-c x.S" QUIET_TAIL },
};

START_TEST(commands_are_written_anew)
{
	const struct rooted rooted = { "cc", "/R", "O", "D", 1 };
	struct cmdline cmd = CMDLINE_INIT;
	struct args out = ARGS_INIT;

	parse(&cmd, rewrites[_i].words, "/w", FAMILY_GCC);
	ck_assert_int_eq(cmd.reason, REASON_NONE);
	rooted_rewrite(&cmd, &rooted, &out);
	expect_words(&out, rewrites[_i].expected);
	args_clear(&out);
	cmdline_clear(&cmd);
}
END_TEST

START_TEST(an_old_compiler_maps_debug_information_only)
{
	const struct rooted rooted = { "cc", "/R", "O", "D", 0 };
	struct cmdline cmd = CMDLINE_INIT;
	struct args out = ARGS_INIT;

	parse(&cmd, "gcc -c x.c -o x.o", "/w", FAMILY_GCC);
	rooted_rewrite(&cmd, &rooted, &out);
	ck_assert_str_eq(out.v[1], "-fdebug-prefix-map=/R=");
	args_clear(&out);
	cmdline_clear(&cmd);
}
END_TEST

static const struct {
	const char *words;
	enum family family;
	enum reason reason;
} judgements[] = {
	{ "cc -c x.c -o x.o -I..", FAMILY_GCC, REASON_NONE },
	{ "cc -c x.c -o x.o -I../../a/..", FAMILY_GCC, REASON_NONE },
	{ "cc -c x.c -o x.o -I../../..", FAMILY_GCC, REASON_READS_FILE },
	{ "cc -c x.c -o x.o -I a/../../../..", FAMILY_GCC,
	  REASON_READS_FILE },
	{ "cc -c x.c -o x.o -I/a/../..", FAMILY_GCC, REASON_READS_FILE },
	{ "cc -c x.c -o x.o -I./././..", FAMILY_GCC, REASON_NONE },
	{ "cc -c x.c -o x.o -include ../../../etc/passwd", FAMILY_GCC,
	  REASON_READS_FILE },
	{ "cc -c ../../../x.c -o x.o", FAMILY_GCC, REASON_READS_FILE },
	{ "cc -c /../x.c -o x.o", FAMILY_GCC, REASON_READS_FILE },
	{ "cc -c x.i -o x.o", FAMILY_GCC, REASON_LANGUAGE },
	{ "cc -c x.c -o x.o -flto", FAMILY_GCC, REASON_LTO },
	{ "cc -c x.c -o x.o -fno-lto", FAMILY_GCC, REASON_NONE },
	{ "cc -c x.c -o x.o -g -gz", FAMILY_GCC, REASON_PATHS },
	{ "cc -c x.c -o x.o -g -gz=zlib", FAMILY_GCC, REASON_PATHS },
	{ "cc -c x.c -o x.o -g -gz=none", FAMILY_GCC, REASON_NONE },
	{ "cc -c x.c -o x.o -Xpreprocessor -DA", FAMILY_GCC,
	  REASON_PREPROCESSOR },
	{ "cc -c x.c -o x.o -Wp,-o,y", FAMILY_GCC, REASON_PREPROCESSOR },
	{ "cc -c x.c -o x.o -MF f", FAMILY_GCC, REASON_BAD_COMMAND },
	{ "cc -c x.c -o x.o -MD -MF -", FAMILY_GCC, REASON_STDIN },
	{ "cc -c x.c -o x.o -ivfsoverlay v", FAMILY_CLANG,
	  REASON_READS_FILE },
	{ "cc -c x.c -o x.o -ffile-prefix-map=/w=.", FAMILY_CLANG,
	  REASON_PATHS },
	{ "cc -c x.c -o x.o -ffile-prefix-map=w=.", FAMILY_CLANG,
	  REASON_NONE },
	{ "cc -c /w/x.c -o x.o -gdwarf-4 -g3", FAMILY_GCC, REASON_MACROS },
	{ "cc -c /w/x.c -o x.o -gdwarf-4 -g3", FAMILY_CLANG, REASON_NONE },
	{ "cc -c x.c -o x.o -gdwarf-4 -g3", FAMILY_GCC, REASON_NONE },
};

START_TEST(what_cannot_be_served_is_told)
{
	struct cmdline cmd = CMDLINE_INIT;

	parse(&cmd, judgements[_i].words, "/w/d", judgements[_i].family);
	ck_assert_int_eq(cmd.reason, judgements[_i].reason);
	cmdline_clear(&cmd);
}
END_TEST

static const struct {
	const char *words;
	int names_system, needs_line;
} traits[] = {
	{ "gcc -c x.c -o x.o", 0, 0 },
	{ "gcc -MD -c x.c -o x.o", 1, 0 },
	{ "gcc -MMD -c x.c -o x.o", 0, 0 },
	{ "gcc -MD -MMD -c x.c -o x.o", 0, 0 },
	{ "gcc -Wp,-MD,f -c x.c -o x.o", 1, 0 },
	{ "gcc -Wp,-MMD,f -c x.c -o x.o", 0, 0 },
	{ "gcc -gdwarf-4 -c x.c -o x.o", 0, 0 },
	{ "gcc -gdwarf-4 -c /x.c -o x.o", 0, 1 },
	{ "gcc -gdwarf-5 -c /x.c -o x.o", 0, 0 },
	{ "gcc -g -c /x.c -o x.o", 0, 0 },
};

START_TEST(what_the_compiler_does_is_known)
{
	struct cmdline cmd = CMDLINE_INIT;

	parse(&cmd, traits[_i].words, "/w", FAMILY_GCC);
	ck_assert_int_eq(rooted_names_system(&cmd), traits[_i].names_system);
	ck_assert_int_eq(rooted_needs_line(&cmd), traits[_i].needs_line);
	cmdline_clear(&cmd);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, commands_are_written_anew, 0,
			    COUNT_OF(rewrites));
	tcase_add_test(tcase, an_old_compiler_maps_debug_information_only);
	tcase_add_loop_test(tcase, what_cannot_be_served_is_told, 0,
			    COUNT_OF(judgements));
	tcase_add_loop_test(tcase, what_the_compiler_does_is_known, 0,
			    COUNT_OF(traits));
}

int
main(void)
{
	return unit_run("rooted", add_tests);
}
