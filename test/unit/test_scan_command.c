/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/command.h"

#include <string.h>

#include "compiler/lang.h"
#include "scan/listing.h"
#include "scan/dialect.h"
#include "scan/record.h"
#include "unit.h"

static struct command
parse(const char *line)
{
	struct command command = COMMAND_INIT;
	struct args args = ARGS_INIT;
	char *copy = strdup(line), *rest = copy;

	while (rest != NULL)
		args_push(&args, strsep(&rest, " "));
	command_parse(&command, &args, args.v[0], "/usr/bin:/bin", "/here");
	args_clear(&args);
	free(copy);
	return command;
}

static const struct {
	const char *line;
	enum refusal refusal;
	const char *culprit;
} refused[] = {
	{ "gcc -c u.c", REFUSAL_NONE, NULL },
	{ "gcc -O2 -g -Wall -MD -MF u.d -MT x -o u.o -c u.c", REFUSAL_NONE,
	  NULL },
	{ "gcc -c", REFUSAL_OPTION, NULL },
	{ "gcc -c -", REFUSAL_OPTION, "-" },
	{ "gcc -c u.c v.c", REFUSAL_OPTION, "v.c" },
	{ "gcc -c u.i", REFUSAL_LANGUAGE, "u.i" },
	{ "gcc -c u.f90", REFUSAL_LANGUAGE, "u.f90" },
	{ "gcc -x c-header -c u.h", REFUSAL_LANGUAGE, "u.h" },
	{ "gcc -I- -c u.c", REFUSAL_OPTION, "-" },
	{ "gcc -I", REFUSAL_OPTION, "-I" },
	{ "gcc -fplugin=p.so -c u.c", REFUSAL_OPTION, "-fplugin=p.so" },
	{ "gcc -specs=x -c u.c", REFUSAL_OPTION, "-specs=x" },
	{ "gcc -Bx -c u.c", REFUSAL_OPTION, "-Bx" },
	{ "gcc --sysroot=rel -c u.c", REFUSAL_OPTION, "rel" },
	{ "gcc -fmodules-ts -c u.c", REFUSAL_MODULE, "-fmodules-ts" },
	{ "clang -include-pch x -c u.c", REFUSAL_PCH, "-include-pch" },
	{ "gcc -remap -c u.c", REFUSAL_OPTION, "-remap" },
	{ "gcc -MG -MD -c u.c", REFUSAL_OPTION, "-MG" },
	{ "gcc -iwithprefix x -c u.c", REFUSAL_OPTION, "x" },
	{ "gcc -Wp,-lang-asm -c u.c", REFUSAL_OPTION, "-lang-asm" },
	{ "gcc -Wp,-include -c u.c", REFUSAL_OPTION, "-include" },
	{ "gcc -finput-charset=latin1 -c u.c", REFUSAL_OPTION,
	  "-finput-charset=latin1" },
	{ "gcc -fms-extensions -c u.c", REFUSAL_OPTION, "-fms-extensions" },
	{ "gcc -unheard-of=/x -c u.c", REFUSAL_NONE, NULL },
	{ "gcc -Quite=/x -c u.c", REFUSAL_OPTION, "-Quite=/x" },
	{ "clang -iframework x -c u.c", REFUSAL_OPTION, "-iframework" },
	{ "clang -ivfsoverlay x -c u.c", REFUSAL_OPTION, "-ivfsoverlay" },
	{ "clang -Xclang -x -c u.c", REFUSAL_OPTION, "-Xclang" },
};

START_TEST(what_is_not_understood_is_refused)
{
	struct command command = parse(refused[_i].line);

	ck_assert_int_eq(command.refusal, refused[_i].refusal);
	ck_assert_pstr_eq(command.culprit, refused[_i].culprit);
	command_clear(&command);
}
END_TEST

static void
assert_words(struct args *args, const char *wanted)
{
	char *text = args_text(args);

	ck_assert_str_eq(text, wanted);
	free(text);
}

START_TEST(directories_come_in_the_compilers_order)
{
	struct command command = parse(
		"gcc -Wp,-I,w -iprefix p/ -iwithprefixbefore b -Ii "
		"-iwithprefix s -isystem t -idirafter a -iquote q -c u.c");

	assert_words(&command.dirs[CHAIN_BRACKET], "i p/b w");
	assert_words(&command.dirs[CHAIN_SYSTEM], "p/s t");
	assert_words(&command.dirs[CHAIN_AFTER], "a");
	assert_words(&command.dirs[CHAIN_QUOTE], "q");
	assert_words(&command.words, "-iprefix /here/p/");
	command_clear(&command);
	command = parse("clang -idirafter a -iprefix p/ -iwithprefix s "
			"-isystem t -c u.c");
	assert_words(&command.dirs[CHAIN_AFTER], "p/s a");
	assert_words(&command.dirs[CHAIN_SYSTEM], "t");
	command_clear(&command);
}
END_TEST

START_TEST(macros_become_lines)
{
	struct command command = parse(
		"gcc -Wp,-DLAST -DA -D B=2 -UC -DF(x)=x=1 -DE= -c u.c");

	ck_assert_str_eq(command.defines.data,
			 "#define A 1\n#define B 2\n#undef C\n"
			 "#define F(x) x=1\n#define E \n#define LAST 1\n");
	command_clear(&command);
}
END_TEST

START_TEST(only_what_may_matter_is_asked_with)
{
	struct command command = parse(
		"gcc -std=gnu11 -O2 -Wall -fPIC -m32 -pthread -I. -DX -o u.o "
		"-nostdinc -fmacro-prefix-map=/a=/b -frandom-seed=u -MD "
		"-fstack-usage -lm -pipe -w --param x=1 -c u.c");

	assert_words(&command.words, "-std=gnu11 -O2 -fPIC -m32 -pthread "
				     "-nostdinc --param x=1");
	ck_assert_int_ne(command.has_nostdinc, 0);
	command_clear(&command);
}
END_TEST

START_TEST(languages_are_the_compilers)
{
	struct command command = parse("g++ -c u.c");

	ck_assert_str_eq(command.lang->name, "c++");
	command_clear(&command);
	command = parse("gcc -x c++ -c u.c");
	ck_assert_str_eq(command.lang->name, "c++");
	command_clear(&command);
	command = parse("gcc -c u.S");
	ck_assert_str_eq(command.lang->name, "assembler-with-cpp");
	command_clear(&command);
}
END_TEST

static const char listing[] =
	"Using built-in specs.\n"
	"ignoring nonexistent directory \"/absent/include\"\n"
	"ignoring duplicate directory \"/usr/double\"\n"
	"#include \"...\" search starts here:\n"
	"#include <...> search starts here:\n"
	" /usr/own\n"
	" /usr/with blank\n"
	"End of search list.\n";

START_TEST(listings_are_understood)
{
	struct dialect dialect = { 0 };
	struct buf answer = BUF_INIT;

	ck_assert_int_eq(listing_add_dependencies(
		"null.o: /dev/null \\\n /usr/include/stdc-predef.h\n",
		&answer), 0);
	listing_shorten(listing, &answer);
	ck_assert_int_eq(listing_take(answer.data, &dialect), 0);
	assert_words(&dialect.own, "/usr/own '/usr/with blank'");
	assert_words(&dialect.absent, "/absent/include");
	assert_words(&dialect.doubles, "/usr/double");
	ck_assert_int_eq(dialect.preincludes, 1);
	args_clear(&dialect.own);
	args_clear(&dialect.absent);
	args_clear(&dialect.doubles);
	buf_clear(&answer);
}
END_TEST

static const char *const strange[] = {
	"",
	"#include <...> search starts here:\n /usr/own\n",
	"#include <...> search starts here:\n own\nEnd of search list.\n",
	"#include \"...\" search starts here:\n /x\n"
	"#include <...> search starts here:\nEnd of search list.\n",
	"Reading specs from /x/specs\n"
	"#include <...> search starts here:\nEnd of search list.\n",
	"Configuration file: /etc/clang.cfg\n"
	"#include <...> search starts here:\nEnd of search list.\n",
};

START_TEST(strange_listings_are_no_answer)
{
	struct buf answer = BUF_INIT;

	listing_shorten(strange[_i], &answer);
	ck_assert_str_eq(answer.data, "");
	ck_assert_int_lt(listing_add_dependencies("n: /dev/null /x/y.h\n",
						  &answer), 0);
	buf_clear(&answer);
}
END_TEST

static const struct {
	const char *lang;
	enum family family;
	const char *macros;
	unsigned reading;
	int is_c90, has_trigraphs, has_module_lines;
} dialects[] = {
	{ "c", FAMILY_GCC, "#define __STDC_VERSION__ 201710L\n",
	  RECORD_RAW_STRINGS, 0, 0, 0 },
	{ "c", FAMILY_CLANG, "#define __STDC_VERSION__ 201710L\n", 0, 0, 0,
	  0 },
	{ "c", FAMILY_GCC, "#define __STRICT_ANSI__ 1\n", 0, 1, 1, 0 },
	{ "c", FAMILY_GCC, "#define __STRICT_ANSI__ 1\n"
			   "#define __STDC_VERSION__ 199901L\n", 0, 0, 1, 0 },
	{ "c++", FAMILY_GCC, "#define __cplusplus 199711L\n", 0, 0, 0, 0 },
	{ "c++", FAMILY_GCC, "#define __cplusplus 201103L\n",
	  RECORD_RAW_STRINGS, 0, 0, 0 },
	{ "c++", FAMILY_CLANG, "#define __cplusplus 202002L\n",
	  RECORD_RAW_STRINGS | RECORD_SEPARATORS, 0, 0, 1 },
	{ "c++", FAMILY_GCC, "#define __cplusplus 201703L\n"
			     "#define __STRICT_ANSI__ 1\n",
	  RECORD_RAW_STRINGS | RECORD_SEPARATORS, 0, 0, 0 },
};

START_TEST(dialects_are_read_as_macros_say)
{
	struct dialect dialect = { 0 };

	listing_take_macros(dialects[_i].macros, dialects[_i].family,
			    lang_by_name(dialects[_i].lang), &dialect);
	ck_assert_uint_eq(dialect.reading, dialects[_i].reading);
	ck_assert_int_eq(dialect.is_c90, dialects[_i].is_c90);
	ck_assert_int_eq(dialect.has_trigraphs, dialects[_i].has_trigraphs);
	ck_assert_int_eq(dialect.has_module_lines,
			 dialects[_i].has_module_lines);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, what_is_not_understood_is_refused, 0,
			    COUNT_OF(refused));
	tcase_add_test(tcase, directories_come_in_the_compilers_order);
	tcase_add_test(tcase, macros_become_lines);
	tcase_add_test(tcase, only_what_may_matter_is_asked_with);
	tcase_add_test(tcase, languages_are_the_compilers);
	tcase_add_test(tcase, listings_are_understood);
	tcase_add_loop_test(tcase, strange_listings_are_no_answer, 0,
			    COUNT_OF(strange));
	tcase_add_loop_test(tcase, dialects_are_read_as_macros_say, 0,
			    COUNT_OF(dialects));
}

int
main(void)
{
	return unit_run("scan_command", add_tests);
}
