/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/cmdline.h"

#include <string.h>

#include "base/file.h"
#include "compiler/lang.h"
#include "words.h"

static const struct {
	const char *line;
	enum reason reason;
	const char *culprit;
} stays[] = {
	{ "gcc x.c", REASON_NOT_COMPILE, NULL },
	{ "gcc x.o y.o -o prog -march=native", REASON_NOT_COMPILE, NULL },
	{ "gcc", REASON_NOT_COMPILE, NULL },
	{ "gcc -fsyntax-only -c x.c", REASON_NOT_COMPILE, "-fsyntax-only" },
	{ "clang --analyze -c x.c", REASON_NOT_COMPILE, "--analyze" },
	{ "gcc -E x.c", REASON_PREPROCESS, "-E" },
	{ "gcc -march=native -E -c x.c", REASON_PREPROCESS, "-E" },
	{ "gcc -M x.c", REASON_PREPROCESS, "-M" },
	{ "gcc -c -MM x.c", REASON_PREPROCESS, "-MM" },
	{ "gcc -c", REASON_NO_INPUT, NULL },
	{ "gcc -c -include x.c", REASON_NO_INPUT, NULL },
	{ "gcc -c -o x.c", REASON_NO_INPUT, NULL },
	{ "gcc -c -frandom-seed=x.c", REASON_NO_INPUT, NULL },
	{ "gcc -c x.c foo.o", REASON_MANY_INPUTS, "foo.o" },
	{ "gcc -c x.c y.c", REASON_MANY_INPUTS, "y.c" },
	{ "gcc -c x.c libx.a", REASON_MANY_INPUTS, "libx.a" },
	{ "gcc -c foo.o", REASON_LANGUAGE, "foo.o" },
	{ "gcc -c x.f90", REASON_LANGUAGE, "x.f90" },
	{ "gcc -c x", REASON_LANGUAGE, "x" },
	{ "gcc -c .c", REASON_LANGUAGE, ".c" },
	{ "gcc -x c -c a/.c", REASON_LANGUAGE, "a/.c" },
	{ "gcc -x c -c ''", REASON_LANGUAGE, "" },
	{ "gcc -x cuda -c x.c", REASON_LANGUAGE, "x.c" },
	{ "gcc -x nonsense -c x.c", REASON_LANGUAGE, "-x" },
	{ "gcc -xnonsense -c x.c", REASON_LANGUAGE, "-xnonsense" },
	{ "gcc -x c -x none -c x.inc", REASON_LANGUAGE, "x.inc" },
	{ "gcc -c x.inc -x c", REASON_LANGUAGE, "x.inc" },
	{ "g++ -x c -c x.c", REASON_LANGUAGE, "x.c" },
	{ "g++ -x none -c x.c", REASON_LANGUAGE, "x.c" },
	{ "g++ -c x.i", REASON_LANGUAGE, "x.i" },
	{ "gcc -x cpp-output -c x.c", REASON_LANGUAGE, "x.c" },
	{ "clang -Xclang -include-pch -Xclang y -c x.c", REASON_PCH,
	  "-Xclang" },
	{ "clang -ObjC -c x.c", REASON_LANGUAGE, "-ObjC" },
	{ "gcc -c x.s", REASON_ASSEMBLER, "x.s" },
	{ "gcc -c x.S", REASON_ASSEMBLER, "x.S" },
	{ "gcc -x assembler -c x.c", REASON_ASSEMBLER, "x.c" },
	{ "gcc -Wa,-alh -c x.c", REASON_ASSEMBLER, "-Wa,-alh" },
	{ "gcc -Xassembler -a=y -c x.c", REASON_ASSEMBLER, "-Xassembler" },
	{ "gcc -x c -c -", REASON_STDIN, "-" },
	{ "gcc -S x.c -o -", REASON_STDIN, "-o" },
	{ "gcc -S x.c -o-", REASON_STDIN, "-o-" },
	{ "gcc -c x.c -MD -MF -", REASON_STDIN, NULL },
	{ "gcc -c conftest.c", REASON_CONFTEST, "conftest.c" },
	{ "gcc -c a/tmp.conftest.cc", REASON_CONFTEST, "a/tmp.conftest.cc" },
	{ "gcc -c -xc /dev/null", REASON_CONFTEST, "/dev/null" },
	{ "gcc -c /b/CMakeFiles/CMakeScratch/TryCompile-x/src.c",
	  REASON_CONFTEST,
	  "/b/CMakeFiles/CMakeScratch/TryCompile-x/src.c" },
	{ "g++ -c /b/meson-private/tmpx/testfile.cpp", REASON_CONFTEST,
	  "/b/meson-private/tmpx/testfile.cpp" },
	{ "gcc -march=native -c conftest.c", REASON_CONFTEST, "conftest.c" },
	{ "gcc -fsanitize=address -c -xc /dev/null -o t/tmp.o",
	  REASON_CONFTEST, "/dev/null" },
	{ "gcc -fprofile-arcs -c -x c /dev/null", REASON_CONFTEST,
	  "/dev/null" },
	{ "clang -mllvm -x -c -x c /dev/null", REASON_CONFTEST, "/dev/null" },
	{ "gcc -Wa,--version -c -x assembler-with-cpp /dev/null",
	  REASON_CONFTEST, "/dev/null" },
	{ "gcc --nonsense -c conftest.c", REASON_CONFTEST, "conftest.c" },
	{ "gcc -c conftest.adb", REASON_CONFTEST, "conftest.adb" },
	{ "gcc -c conftest.s -g", REASON_CONFTEST, "conftest.s" },
	{ "gcc -c conftest.c x.c", REASON_MANY_INPUTS, "x.c" },
	{ "gcc -E conftest.c", REASON_PREPROCESS, "-E" },
	{ "gcc conftest.c", REASON_NOT_COMPILE, NULL },
	{ "gcc -march=native -c x.c", REASON_NATIVE, "-march=native" },
	{ "gcc -g3 -c x.c", REASON_MACROS, "-g3" },
	{ "gcc -ggdb3 -c x.c", REASON_MACROS, "-ggdb3" },
	{ "gcc -g03 -c x.c", REASON_MACROS, "-g03" },
	{ "gcc --debug=3 -gdwarf-4 -c x.c", REASON_MACROS, "--debug=3" },
	{ "gcc -g --debug=gdb3 -c x.c", REASON_MACROS, "--debug=gdb3" },
	{ "gcc -Wa,-g -c x.c", REASON_PATHS, "-Wa,-g" },
	{ "clang -Wdocumentation-html -c x.c", REASON_PREPROCESSOR,
	  "-Wdocumentation-html" },
	{ "gcc -Wdocumentation -c x.c", REASON_NONE, NULL },
	{ "gcc -fsanitize=undefined -c x.c", REASON_COLUMNS,
	  "-fsanitize=undefined" },
	{ "gcc -fsanitize=thread,address -c x.c", REASON_COLUMNS,
	  "-fsanitize=thread,address" },
	{ "gcc -fsanitize=thread -fsanitize-recover=all -c x.c", REASON_NONE,
	  NULL },
	{ "gcc -fsanitize=bounds -fsanitize-undefined-trap-on-error -c x.c",
	  REASON_NONE, NULL },
	{ "clang -fsanitize-trap=bounds -fsanitize=bounds -c x.c",
	  REASON_NONE, NULL },
	{ "gcc -fsanitize=address -fsanitize-undefined-trap-on-error -c x.c",
	  REASON_COLUMNS, "-fsanitize=address" },
	{ "gcc -fsanitize=undefined -c -xc /dev/null", REASON_CONFTEST,
	  "/dev/null" },
	{ "gcc -mtune=native -c x.c", REASON_NATIVE, "-mtune=native" },
	{ "gcc -mcpu=native -c x.c", REASON_NATIVE, "-mcpu=native" },
	{ "gcc --coverage -c x.c", REASON_PROFILE, "--coverage" },
	{ "gcc -coverage -c x.c", REASON_PROFILE, "-coverage" },
	{ "gcc -fprofile-arcs -c x.c", REASON_PROFILE, "-fprofile-arcs" },
	{ "gcc -fprofile-use=x -c x.c", REASON_PROFILE, "-fprofile-use=x" },
	{ "gcc -fauto-profile -c x.c", REASON_PROFILE, "-fauto-profile" },
	{ "gcc -ftest-coverage -c x.c", REASON_PROFILE, "-ftest-coverage" },
	{ "clang -fcoverage-mapping -c x.c", REASON_PROFILE,
	  "-fcoverage-mapping" },
	{ "gcc -gsplit-dwarf -c x.c", REASON_EXTRA_OUTPUT, "-gsplit-dwarf" },
	{ "gcc -save-temps -c x.c", REASON_EXTRA_OUTPUT, "-save-temps" },
	{ "gcc -save-temps=obj -c x.c", REASON_EXTRA_OUTPUT,
	  "-save-temps=obj" },
	{ "gcc -fdump-tree-all -c x.c", REASON_EXTRA_OUTPUT,
	  "-fdump-tree-all" },
	{ "gcc -dA -c x.c", REASON_EXTRA_OUTPUT, "-dA" },
	{ "gcc -dumpbase y -c x.c", REASON_EXTRA_OUTPUT, "-dumpbase" },
	{ "gcc -aux-info y -c x.c", REASON_EXTRA_OUTPUT, "-aux-info" },
	{ "gcc -fstack-usage -c x.c", REASON_EXTRA_OUTPUT, "-fstack-usage" },
	{ "gcc -fcallgraph-info=su -c x.c", REASON_EXTRA_OUTPUT,
	  "-fcallgraph-info=su" },
	{ "gcc -fopt-info-all=y -c x.c", REASON_EXTRA_OUTPUT,
	  "-fopt-info-all=y" },
	{ "clang -ftime-trace -c x.c", REASON_EXTRA_OUTPUT, "-ftime-trace" },
	{ "clang -MJ y -c x.c", REASON_EXTRA_OUTPUT, "-MJ" },
	{ "clang -c x.c -fsave-optimization-record", REASON_EXTRA_OUTPUT,
	  "-fsave-optimization-record" },
	{ "gcc -fplugin=y -c x.c", REASON_LOADS_CODE, "-fplugin=y" },
	{ "gcc -wrapper y -c x.c", REASON_LOADS_CODE, "-wrapper" },
	{ "gcc -B. -c x.c", REASON_LOADS_CODE, "-B." },
	{ "gcc -specs=y -c x.c", REASON_LOADS_CODE, "-specs=y" },
	{ "gcc --specs y -c x.c", REASON_LOADS_CODE, "--specs" },
	{ "clang -Xclang -load -c x.c", REASON_LOADS_CODE, "-Xclang" },
	{ "clang -mllvm -x -c x.c", REASON_LOADS_CODE, "-mllvm" },
	{ "clang -fsanitize-ignorelist=y -c x.c", REASON_READS_FILE,
	  "-fsanitize-ignorelist=y" },
	{ "clang -fxray-attr-list=y -c x.c", REASON_READS_FILE,
	  "-fxray-attr-list=y" },
	{ "clang --config y -c x.c", REASON_READS_FILE, "--config" },
	{ "clang -fmodules -c x.c", REASON_MODULES, "-fmodules" },
	{ "gcc -fmodules-ts -c x.cc", REASON_MODULES, "-fmodules-ts" },
	{ "clang -c x.cppm", REASON_MODULES, "x.cppm" },
	{ "gcc -flto -c x.c", REASON_LTO, "-flto" },
	{ "gcc -flto=auto -c x.c", REASON_LTO, "-flto=auto" },
	{ "clang -emit-llvm -c x.c", REASON_LTO, "-emit-llvm" },
	{ "gcc -c x.h", REASON_PCH, "x.h" },
	{ "gcc -x c++-header -c x", REASON_PCH, "x" },
	{ "clang -include-pch y -c x.c", REASON_PCH, "-include-pch" },
	{ "gcc -v -c x.c", REASON_DRIVER, "-v" },
	{ "gcc '-###' -c x.c", REASON_DRIVER, "-###" },
	{ "gcc --version", REASON_DRIVER, "--version" },
	{ "gcc -dumpmachine", REASON_DRIVER, "-dumpmachine" },
	{ "gcc -print-file-name=y", REASON_DRIVER, "-print-file-name=y" },
	{ "gcc -Xpreprocessor -P -c x.c", REASON_PREPROCESSOR,
	  "-Xpreprocessor" },
	{ "gcc -P -c x.c", REASON_PREPROCESSOR, "-P" },
	{ "gcc -C -c x.c", REASON_PREPROCESSOR, "-C" },
	{ "gcc -traditional-cpp -c x.c", REASON_PREPROCESSOR,
	  "-traditional-cpp" },
	{ "gcc -fdirectives-only -c x.c", REASON_PREPROCESSOR,
	  "-fdirectives-only" },
	{ "gcc -MD -MG -c x.c", REASON_PREPROCESSOR, "-MG" },
	{ "gcc -Wp,-P -c x.c", REASON_PREPROCESSOR, "-Wp,-P" },
	{ "gcc -Wp,-MD -c x.c", REASON_PREPROCESSOR, "-Wp,-MD" },
	{ "gcc -Wp, -c x.c", REASON_PREPROCESSOR, "-Wp," },
	{ "gcc -Wp,-MD,y,-MT,a -MT z -c x.c", REASON_PREPROCESSOR, NULL },
	{ "gcc -Wp,-MD,y -MF z -c x.c", REASON_PREPROCESSOR, NULL },
	{ "gcc -Wp,-MT,y -MD -c x.c", REASON_PREPROCESSOR, NULL },
	{ "gcc -Wp,-I -c x.c", REASON_PREPROCESSOR, "-Wp,-I" },
	{ "gcc -Wp,-Idir,-Wundef -c x.c", REASON_PREPROCESSOR,
	  "-Wp,-Idir,-Wundef" },
	{ "gcc -Wp,-undef -c x.c", REASON_PREPROCESSOR, "-Wp,-undef" },
	{ "gcc -Wp,-H -c x.c", REASON_PREPROCESSOR, "-Wp,-H" },
	{ "gcc -Wp,--include,y -c x.c", REASON_PREPROCESSOR,
	  "-Wp,--include,y" },
	{ "gcc -Wp,-DA,y -c x.c", REASON_PREPROCESSOR, "-Wp,-DA,y" },
	{ "gcc -Wp,-MD,y,-include -c x.c", REASON_PREPROCESSOR,
	  "-Wp,-MD,y,-include" },
	{ "clang -Wp,-Idir -c x.c", REASON_PREPROCESSOR, "-Wp,-Idir" },
	{ "gcc --for-assembler -a=y -c x.c", REASON_ASSEMBLER,
	  "--for-assembler" },
	{ "gcc --for-assembler=-a -c x.c", REASON_ASSEMBLER,
	  "--for-assembler=-a" },
	{ "gcc -g -fno-working-directory -c x.c", REASON_PATHS,
	  "-fno-working-directory" },
	{ "clang -working-directory y -c x.c", REASON_PATHS,
	  "-working-directory" },
	{ "gcc -frecord-gcc-switches -c x.c", REASON_RECORD,
	  "-frecord-gcc-switches" },
	{ "gcc -g -H -c x.c", REASON_RECORD, "-H" },
	{ "gcc --trace-includes -c x.c --debug", REASON_RECORD,
	  "--trace-includes" },
	{ "gcc -trigraphs -remap -g1 -c x.c", REASON_RECORD, "-trigraphs" },
	{ "gcc -trigraphs -g0 -c x.c", REASON_NONE, NULL },
	{ "gcc -g -A x=y -c x.c", REASON_RECORD, "-A" },
	{ "gcc -g --assert=x=y -c x.c", REASON_RECORD, "--assert=x=y" },
	{ "gcc -g -Fdir -c x.c", REASON_RECORD, "-Fdir" },
	{ "gcc -g -finput-charset=latin1 -c x.c", REASON_RECORD,
	  "-finput-charset=latin1" },
	{ "gcc -finput-charset=latin1 -c x.c", REASON_NONE, NULL },
	{ "gcc -g -finput-charset=utf-8 -c x.c", REASON_NONE, NULL },
	{ "clang -g -H -trigraphs -Fdir -c x.c", REASON_NONE, NULL },
	{ "clang -MD -c x.i", REASON_PREPROCESSOR, "-MD" },
	{ "clang -c x.ii -MMD -MF d", REASON_PREPROCESSOR, "-MMD" },
	{ "clang -c x.i -Idir", REASON_PREPROCESSOR, "-Idir" },
	{ "clang -isystem dir -c x.i", REASON_PREPROCESSOR, "-isystem" },
	{ "clang -include y -c x.i", REASON_PREPROCESSOR, "-include" },
	{ "clang -L. -c x.i", REASON_PREPROCESSOR, "-L." },
	{ "clang -c x.i -lm", REASON_PREPROCESSOR, "-lm" },
	{ "clang -stdlib=libc++ -c x.mi", REASON_PREPROCESSOR,
	  "-stdlib=libc++" },
	{ "clang -Wp,-DA -c x.i", REASON_PREPROCESSOR, "-Wp,-DA" },
	{ "clang -O2 -fPIC -c x.i -o y", REASON_NONE, NULL },
	{ "gcc -DA -Idir -lm -c x.i", REASON_NONE, NULL },
	{ "gcc -S -fverbose-asm x.c", REASON_RECORD, "-fverbose-asm" },
	{ "gcc --nonsense -c x.c", REASON_UNKNOWN_OPTION, "--nonsense" },
	{ "gcc -c -- x.c", REASON_UNKNOWN_OPTION, "--" },
	{ "gcc -y -c x.c", REASON_UNKNOWN_OPTION, "-y" },
	{ "gcc -c x.c -o", REASON_BAD_COMMAND, "-o" },
	{ "gcc -c x.c -o ''", REASON_BAD_COMMAND, "-o" },
	{ "gcc -c x.c -o a -o b", REASON_BAD_COMMAND, "-o" },
	{ "gcc -c x.c -oa -ob", REASON_BAD_COMMAND, "-ob" },
	{ "gcc -c x.c -I", REASON_BAD_COMMAND, "-I" },
	{ "gcc -c x.c @missing", REASON_BAD_COMMAND, "@missing" },
	{ "gcc -c x.c -MF y", REASON_BAD_COMMAND, NULL },
	{ "gcc -c x.c -MP", REASON_BAD_COMMAND, NULL },
	{ "clang -arch a -arch b -c x.c", REASON_BAD_COMMAND, "-arch" },
};

static enum family
family_of(const char *line)
{
	return strncmp(line, "clang", 5) == 0 ? FAMILY_CLANG : FAMILY_GCC;
}

START_TEST(a_command_stays_for_its_reason)
{
	struct cmdline cmd = CMDLINE_INIT;

	parse_line(&cmd, stays[_i].line, family_of(stays[_i].line));
	ck_assert_msg(cmd.reason == stays[_i].reason, "%s: %s",
		      stays[_i].line, reason_name(cmd.reason));
	ck_assert_pstr_eq(cmd.culprit, stays[_i].culprit);
	cmdline_clear(&cmd);
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

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, a_command_stays_for_its_reason, 0,
			    COUNT_OF(stays));
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
