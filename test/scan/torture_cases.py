# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands and files that are hard on whoever looks for headers."""

# Each case: its name, the files (text; a str after "->" makes a link, None a
# directory), the words behind the compiler, and what a scanner may say:
# "ok" (it must not refuse), "no" (it must), "either". The source is u.c or
# what the words name. {top} is the directory that all is in.
CASES = []


def case(name, files, words="-c u.c", may="ok", env=None):
    CASES.append((name, files, words.split(), may, env or {}))


H = "int h;\n"

# --- options -----------------------------------------------------------------
for form in ("-Ia", "-I a", "-iquote a", "-iquotea", "-isystem a", "-isystema",
             "-idirafter a", "-idiraftera", "-I{top}/a", "-I./a//",
             "--include-directory a", "--include-directory=a"):
    case("option " + form, {"u.c": '#include "h.h"\n', "a/h.h": H},
         form + " -c u.c")
case("angle bracket misses -iquote",
     {"u.c": "#include <h.h>\n", "a/h.h": "int a;\n", "b/h.h": "int b;\n"},
     "-iquote a -Ib -c u.c")
case("-I that repeats -isystem", {
    "u.c": "#include <h.h>\n", "a/h.h": "int a;\n", "b/h.h": "int b;\n"},
     "-Ia -Ib -isystem a -c u.c")
case("-iquote that repeats -isystem", {
    "u.c": '#include "h.h"\n', "a/h.h": "int a;\n", "b/h.h": "int b;\n"},
     "-iquote a -iquote b -isystem a -c u.c")
case("-iquote that repeats the first -I", {
    "u.c": '#include "h.h"\n',
    "a/h.h": "#ifdef A\n#include <again.h>\n#endif\n#define A\n"
             "#include_next <h.h>\n",
    "b/h.h": "int b;\n", "b/again.h": H}, "-iquote a -Ia -Ib -c u.c")
case("-I that repeats by a link", {
    "u.c": "#include <h.h>\n", "a/h.h": "#include_next <h.h>\n", "l": "->a",
    "b/h.h": "int b;\n"}, "-Ia -Il -Ib -c u.c")
case("-I of a system directory", {
    "u.c": "#include <stdlib.h>\n#include <stddef.h>\n"},
     "-I/usr/include -c u.c")
case("-isystem of a system directory", {
    "u.c": "#include <stdlib.h>\n"}, "-isystem /usr/include -c u.c")
case("-I below a system directory", {
    "u.c": "#include <types.h>\n"}, "-I/usr/include/rpc/../sys -c u.c",
     "either")
case("-I that is not there", {"u.c": '#include "h.h"\n', "a/h.h": H},
     "-Inot/there -Ia -Inot -c u.c")
case("-I= and a sysroot", {"u.c": "#include <h.h>\n", "a/h.h": H},
     "--sysroot={top} -I=/a -c u.c", "either")
case("-I= of what the sysroot has", {
    "u.c": "#include <h.h>\n", "usr/include/x/h.h": H},
     "--sysroot={top} -I=/usr/include/x -c u.c", "either")
case("-I$SYSROOT", {"u.c": "#include <h.h>\n", "a/h.h": H},
     "--sysroot={top} -I$SYSROOT/a -c u.c", "either")
case("sysroot", {"u.c": "#include <h.h>\n", "usr/include/h.h": H},
     "--sysroot={top} -c u.c")
case("isysroot", {"u.c": "#include <h.h>\n", "usr/include/h.h": H},
     "-isysroot {top} -c u.c")
case("-iprefix", {"u.c": "#include <h.h>\n", "p/a/h.h": H},
     "-iprefix p/ -iwithprefix a -c u.c")
case("-iprefix, absolute", {"u.c": "#include <h.h>\n", "p/a/h.h": H},
     "-iprefix {top}/p/ -iwithprefix a -c u.c")
case("-iwithprefixbefore comes behind -I", {
    "u.c": "#include <h.h>\n", "p/a/h.h": "int p;\n", "b/h.h": "int b;\n"},
     "-iprefix p/ -iwithprefixbefore a -Ib -c u.c")
case("-iwithprefix comes behind -I", {
    "u.c": "#include <h.h>\n", "p/a/h.h": "int p;\n", "b/h.h": "int b;\n"},
     "-iprefix p/ -iwithprefix a -Ib -c u.c")
case("-iwithprefix and -idirafter", {
    "u.c": "#include <h.h>\n", "p/a/h.h": "int p;\n", "b/h.h": "int b;\n"},
     "-iprefix p/ -idirafter b -iwithprefix a -c u.c")
case("-include beside the source is not taken", {
    "s/u.c": "int u;\n", "s/h.h": "int s;\n", "h.h": H},
     "-include h.h -c s/u.c")
case("-include by -I", {"u.c": "int u;\n", "a/h.h": H},
     "-include h.h -Ia -c u.c")
case("-include by -iquote", {"u.c": "int u;\n", "a/h.h": H},
     "-iquote a -include h.h -c u.c")
case("--include=", {"u.c": "int u;\n", "h.h": H}, "--include=h.h -c u.c")
case("-includeJOINED", {"u.c": "int u;\n", "h.h": H}, "-includeh.h -c u.c")
case("two -include, one of the other's macro", {
    "u.c": "int u;\n", "a.h": "#define H \"b2.h\"\n", "b.h": "#include H\n",
    "b2.h": H}, "-include a.h -include b.h -c u.c")
case("-imacros before -include", {
    "u.c": "int u;\n", "m.h": '#define H "h.h"\nint lost;\n',
    "i.h": "#include H\n", "h.h": H}, "-include i.h -imacros m.h -c u.c")
case("-imacros includes", {"u.c": "#if M\n#include \"n.h\"\n#endif\n",
                           "m.h": '#include "m2.h"\n', "m2.h": "#define M 1\n",
                           "n.h": H}, "-imacros m.h -c u.c")
case("-Wp,-include,", {"u.c": "int u;\n", "h.h": H},
     "-Wp,-include,h.h -c u.c")
case("-Wp,-D and -Wp,-I", {"u.c": "#include H\n", "a/h.h": H},
     "-Wp,-DH=<h.h>,-I,a -c u.c")
case("-Wp,-D after -U", {"u.c": "#ifdef X\n#include \"h.h\"\n#endif\n",
                         "h.h": H}, "-Wp,-DX -UX -c u.c")
case("-Wp,-MD,", {"u.c": '#include "h.h"\n', "h.h": H},
     "-Wp,-MD,u.d -c u.c")
case("-Wp, of what nobody knows", {"u.c": '#include "h.h"\n', "h.h": H},
     "-Wp,-fno-working-directory -c u.c", "either")
case("-Xpreprocessor", {"u.c": "#include H\n", "h.h": H},
     '-Xpreprocessor -DH="h.h" -c u.c')
case("-D in two words", {"u.c": "#include H\n", "h.h": H},
     '-D H="h.h" -c u.c')
case("-D of a function", {"u.c": "#include F(h)\n", "h.h": H},
     "-DF(x)=<x.h> -I. -c u.c")
case("-D, -U, -D again", {"u.c": "#if X == 2\n#include \"h.h\"\n#endif\n",
                          "h.h": H}, "-DX=1 -UX -DX=2 -c u.c")
case("--define-macro", {"u.c": "#include H\n", "h.h": H},
     '--define-macro H="h.h" -c u.c')
case("-U of a predefined macro", {
    "u.c": "#ifndef __linux__\n#include \"h.h\"\n#endif\n", "h.h": H},
     "-U__linux__ -c u.c")
case("-undef", {"u.c": "#ifndef __linux__\n#include \"h.h\"\n#endif\n",
                "h.h": H}, "-undef -c u.c", "either")
case("-std decides", {
    "u.c": "#ifdef unix\n#include \"h.h\"\n#else\n#include \"i.h\"\n#endif\n",
    "h.h": H, "i.h": H}, "-std=c11 -c u.c")
case("-O decides", {"u.c": "#ifdef __OPTIMIZE__\n#include \"h.h\"\n#endif\n",
                    "h.h": H}, "-O2 -c u.c")
case("-m decides", {"u.c": "#ifdef __AVX2__\n#include \"h.h\"\n#endif\n",
                    "h.h": H}, "-mavx2 -c u.c")
case("-fopenmp decides", {"u.c": "#ifdef _OPENMP\n#include \"h.h\"\n#endif\n",
                          "h.h": H}, "-fopenmp -c u.c", "either")
case("-pthread decides", {"u.c": "#ifdef _REENTRANT\n#include \"h.h\"\n"
                                 "#endif\n", "h.h": H}, "-pthread -c u.c")
case("-fsanitize decides", {
    "u.c": "#ifdef __SANITIZE_ADDRESS__\n#include \"h.h\"\n#endif\n",
    "h.h": H}, "-fsanitize=address -c u.c", "either")
case("-nostdinc", {"u.c": "#include <stdlib.h>\n", "a/stdlib.h": H},
     "-nostdinc -Ia -c u.c")
case("-ffreestanding", {"u.c": "int u;\n"}, "-ffreestanding -c u.c")
case("own stdc-predef.h", {"u.c": "int u;\n", "a/stdc-predef.h": H},
     "-Ia -c u.c")
case("-x c++", {"u.c": "#ifdef __cplusplus\n#include \"h.h\"\n#endif\n",
                "h.h": H}, "-x c++ -c u.c")
case("source elsewhere", {"s/u.c": '#include "h.h"\n', "s/h.h": H,
                          "h.h": "int other;\n"}, "-c s/u.c")
case("absolute source", {"s/u.c": '#include "h.h"\n', "s/h.h": H},
     "-c {top}/s/u.c")
case("source by a link", {"s/u.c": '#include "h.h"\n', "s/h.h": "int s;\n",
                          "u.c": "->s/u.c", "h.h": H}, "-c u.c")
case("-I-", {"u.c": '#include "h.h"\n', "a/h.h": H, "h.h": "int x;\n"},
     "-Ia -I- -c u.c", "no")
case("-remap", {"u.c": '#include "h.h"\n', "h.h": H, "header.gcc": "x y\n"},
     "-remap -c u.c", "either")
case("-fplugin", {"u.c": "int u;\n"}, "-fplugin=./p.so -c u.c", "no")
case("-fmodules", {"u.c": "int u;\n"}, "-fmodules -c u.c", "no")
case("-ivfsoverlay", {"u.c": "int u;\n", "o.yaml": "{}\n"},
     "-ivfsoverlay o.yaml -c u.c", "no")
case("-F", {"u.c": "int u;\n", "f": None}, "-Ff -c u.c", "no")
case("a map of headers", {"u.c": "int u;\n", "m.hmap": "pamh"},
     "-Im.hmap -c u.c", "no")
case("-finput-charset", {"u.c": "int u;\n"},
     "-finput-charset=latin1 -c u.c", "no")
case("-finput-charset=UTF-8", {"u.c": '#include "h.h"\n', "h.h": H},
     "-finput-charset=UTF-8 -c u.c")
case("-Xclang", {"u.c": "int u;\n"}, "-Xclang -fake -c u.c", "no")
case("unknown option", {"u.c": "int u;\n"}, "-quite-new=x/y -c u.c", "no")
case("preprocessed", {"u.i": "int u;\n"}, "-c u.i", "no")
case("two sources", {"u.c": "int u;\n", "v.c": "int v;\n"}, "-c u.c v.c",
     "no")

# --- the environment -----------------------------------------------------------
case("CPATH", {"u.c": "#include <h.h>\n", "a/h.h": H}, env={"CPATH": "a"})
case("CPATH, empty part", {"u.c": "#include <h.h>\n", "h.h": H},
     env={"CPATH": "not::there"})
case("C_INCLUDE_PATH behind -isystem", {
    "u.c": "#include <h.h>\n", "a/h.h": "int a;\n", "b/h.h": "int b;\n"},
     "-isystem b -c u.c", env={"C_INCLUDE_PATH": "a"})
case("CPLUS_INCLUDE_PATH does not count for C", {
    "u.c": "#include <h.h>\n", "a/h.h": "int a;\n", "b/h.h": "int b;\n"},
     "-Ib -c u.c", env={"CPLUS_INCLUDE_PATH": "a"})
case("CPLUS_INCLUDE_PATH", {"u.cc": "#include <h.h>\n", "a/h.h": H},
     "-c u.cc", env={"CPLUS_INCLUDE_PATH": "a"})
case("GCC_EXEC_PREFIX", {"u.c": "int u;\n"}, may="no",
     env={"GCC_EXEC_PREFIX": "/usr/lib/gcc/"})

# --- names -------------------------------------------------------------------
for name in ("a b.h", "a~b.h", "a=b.h", "a@b.h", "a$b.h", "ä.h", "a[1].h",
             "a;b.h", "a'b.h", "a%b.h", "#a.h", "a//b.h", "./a/../a/b.h",
             "a\\b.h"):
    case("name " + name, {"u.c": f'#include "{name}"\n', "a/b.h": H,
                          name: H} if "/" not in name else
         {"u.c": f'#include "{name}"\n', "a/b.h": H},
         may="either" if "\\" in name else "ok")
case("name with a comment in it", {"u.c": "#include <a/*b.h>\n",
                                   "i/a/*b.h": H}, "-Ii -c u.c")
case("name with slashes in it", {"u.c": '#include "a//b.h"\n', "a/b.h": H})
case("absolute name", {"u.c": '#include "{top}/h.h"\n', "h.h": H}, may="no")
case("absolute name of nothing", {
    "u.c": '#if !__has_include("{top}/h.h")\nint u;\n#endif\n'}, may="no")
case("absolute name of a system header", {
    "u.c": '#include "/usr/include/stdio.h"\n'})
case("absolute name in dead code", {
    "u.c": '#if 0\n#include "/not/there.h"\n#endif\n#include "h.h"\n',
    "h.h": H})
case("directory called like the header", {
    "u.c": "#include <h.h>\n", "a/h.h": None, "b/h.h": H}, "-Ia -Ib -c u.c")
case("file called like the directory", {
    "u.c": "#include <s/h.h>\n", "a/s": "", "b/s/h.h": H}, "-Ia -Ib -c u.c")
case("link that leads nowhere", {
    "u.c": "#include <h.h>\n", "a/h.h": "->gone", "b/h.h": H},
     "-Ia -Ib -c u.c")
case(".. through a link", {
    "u.c": '#include "l/../h.h"\n', "x/y/z.h": H, "l": "->x/y", "x/h.h": H,
    "h.h": "int wrong;\n"})
case(".. of a directory that is empty", {
    "u.c": '#include "empty/../h.h"\n', "empty": None, "h.h": H})
case("includer by a link", {
    "u.c": '#include "l/h.h"\n', "r/h.h": '#include "i.h"\n', "r/i.h": H,
    "l": "->r"})
case("header is a link", {
    "u.c": '#include "d/h.h"\n', "r/h.h": '#include "i.h"\n', "d/h.h":
    "->../r/h.h", "d/i.h": H, "r/i.h": "int wrong;\n"})
case("one header by two names", {
    "u.c": '#include "d/h.h"\n#include "r/h.h"\n',
    "r/h.h": '#include "i.h"\n', "d/h.h": "->../r/h.h", "d/i.h": H,
    "r/i.h": "int other;\n"}, may="either")
case("links in a row", {
    "u.c": '#include "a/b/h.h"\n', "a": "->c", "c/b": "->../d",
    "d/h.h": "->../e.h", "e.h": H})
case("link with an absolute target", {
    "u.c": '#include "l/h.h"\n', "l": "->{top}/r", "r/h.h": H})
case("-isystem by a link, shorter in truth", {
    "u.c": "#include <h.h>\n", "r/h.h": '#include "i.h"\n', "r/i.h": H,
    "long-link": "->r"}, "-isystem {top}/long-link -c u.c")
case("-isystem by a link to a link, shorter in truth", {
    "u.c": "#include <h.h>\n", "long/h.h": "->../r/h.h",
    "r/h.h": '#include "i.h"\n', "r/i.h": "int r;\n", "long/i.h": H},
     "-isystem {top}/long -c u.c", "either")
case("-isystem by dots", {
    "u.c": "#include <h.h>\n", "r/h.h": '#include "i.h"\n', "r/i.h": H,
    "s/s": None}, "-isystem r/../s/../r -c u.c", "either")

case("-isystem by so many dots that gcc shortens it", {
    "u.c": "#include <h.h>\n", "r/h.h": '#include "i.h"\n', "r/i.h": H},
     "-isystem " + "r/../" * 12 + "r -c u.c", "either")
case("-isystem of a system directory by a link that is shorter", {
    "u.c": "#include <time_t.h>\n",
    "l": "->/usr/include/x86_64-linux-gnu/../x86_64-linux-gnu/bits/types"},
     "-isystem {top}/l -c u.c", "either")
case("-isystem of a system directory by dots", {
    "u.c": "#include <if.h>\n"}, "-isystem /usr/include/../include/net -c u.c")

# --- how directives are written ------------------------------------------------
for name, text in (
        ("blanks", '  #  include   "h.h"  \n'),
        ("tabs", '\t#\tinclude\t"h.h"\n'),
        ("vertical tab", '#include\v"h.h"\n'),
        ("form feed", '#include\f"h.h"\n'),
        ("no blank", '#include"h.h"\n'),
        ("comment before", '/* a */ #include "h.h"\n'),
        ("comment between", '#/* a */include/* b */"h.h"/* c */\n'),
        ("comment over lines", '/* a\n*/ # /*\n*/ include /*\n*/ "h.h"\n'),
        ("line comment behind", '#include "h.h" // what\n'),
        ("splice in the word", '#incl\\\nude "h.h"\n'),
        ("splice in the name", '#include "h\\\n.h"\n'),
        ("splice and blanks", '#include \\  \n "h.h"\n'),
        ("splice in a line comment", '// a \\\n#include "no.h"\n'
                                     '#include "h.h"\n'),
        ("CRLF", '#include "h.h"\r\n'),
        ("CRLF and splice", '#incl\\\r\nude "h.h"\r\n'),
        ("no line end", '#include "h.h"'),
        ("BOM", '\ufeff#include "h.h"\n'),
        ("digraph", '%:include "h.h"\n'),
        ("comment start in a string", 'const char *s = "/*";\n'
                                      '#include "h.h"\n'),
        ("quote in dead code", "#if 0\nit's\n#endif\n#include \"h.h\"\n"),
        ("include in a comment", '/*\n#include "no.h"\n*/\n#include "h.h"\n'),
        ("include in dead code", '#if 0\n#include "no.h"\n#endif\n'
                                 '#include "h.h"\n'),
        ("include in a string", 'const char *s = "\\\n#include no\\\n";\n'
                                '#include "h.h"\n'),
        ("import", '#import "h.h"\n#import "h.h"\n'),
        ("include_next in the source", '#include_next "h.h"\n'),
        ("nothing and a number", '#\n# 1 "x.c"\n#include "h.h"\n'),
):
    case("written with " + name, {"u.c": text, "h.h": H}, "-w -c u.c")
case("written with a trigraph", {"u.c": '??=include "h.h"\n', "h.h": H},
     "-std=c11 -c u.c", "either")
case("trigraph that means nothing", {
    "u.c": '// what??/\n#include "h.h"\n', "h.h": H}, "-w -c u.c")
case("raw string", {
    "u.cc": 'const char *s = R"x(\n#include "no.h"\n)x";\n#include "h.h"\n',
    "h.h": H}, "-std=c++17 -c u.cc")
case("digit separator", {
    "u.cc": "int i = 1'000;\n#include \"h.h\"\nint k = 2'0;\n", "h.h": H},
     "-std=c++17 -c u.cc")

# --- what directives say ---------------------------------------------------------
case("computed", {"u.c": '#define H "h.h"\n#include H\n', "h.h": H})
case("computed, angles and blanks", {
    "u.c": "#define N h\n#define S(x) <x.h>\n#include S(N)\n", "i/h.h": H},
     "-Ii -c u.c")
case("computed by a string", {
    "u.c": "#define S(x) #x\n#define X(x) S(x)\n#define N a/h.h\n"
           "#include X(N)\n", "a/h.h": H})
case("computed by pasting", {
    "u.c": "#define C(a, b) a##b\n#define X(a, b) C(a, b)\n#define P h\n"
           "#define S(x) <x.h>\n#define T(x) S(x)\n#include T(X(P, 2))\n",
    "h2.h": H}, "-I. -c u.c")
case("computed and computed again", {
    "u.c": '#define H "a.h"\n#include H\n#undef H\n#define H "b.h"\n'
           "#include H\n", "a.h": H, "b.h": H})
case("#include __FILE__", {
    "u.c": "#ifndef U\n#define U\n#include __FILE__\n#endif\n"}, may="either")
case("__has_include, there", {
    "u.c": '#if __has_include("h.h")\n#include "h.h"\n#endif\n', "h.h": H})
case("__has_include, only looked at", {
    "u.c": '#if __has_include("h.h")\n#include "i.h"\n#endif\n', "h.h": H,
    "i.h": H})
case("__has_include, not there", {
    "u.c": '#if !__has_include("no.h")\n#include "h.h"\n#endif\n', "h.h": H})
case("__has_include of a macro", {
    "u.c": "#define N <h.h>\n#if __has_include(N)\n#include N\n#endif\n",
    "i/h.h": H}, "-Ii -c u.c")
case("__has_include_next", {
    "u.c": "#include <h.h>\n",
    "a/h.h": "#if __has_include_next(<h.h>)\n#include_next <h.h>\n#endif\n",
    "b/h.h": "#if __has_include_next(<h.h>)\n#include_next <h.h>\n#endif\n"},
     "-Ia -Ib -c u.c")
case("__has_attribute", {
    "u.c": "#if __has_attribute(unused) && !__has_attribute(none_such)\n"
           '#include "h.h"\n#endif\n', "h.h": H})
case("__has_builtin", {
    "u.c": "#if __has_builtin(__builtin_expect)\n#include \"h.h\"\n#endif\n",
    "h.h": H})
case("__has_cpp_attribute", {
    "u.cc": "#if __has_cpp_attribute(nodiscard) >= 201603\n"
            '#include "h.h"\n#endif\n#if __has_cpp_attribute(gnu::unused)\n'
            '#include "i.h"\n#endif\n', "h.h": H, "i.h": H},
     "-std=c++20 -c u.cc")
case("__has_feature", {
    "u.c": "#ifdef __has_feature\n#if __has_feature(c_static_assert)\n"
           '#include "h.h"\n#endif\n#else\n#include "i.h"\n#endif\n',
    "h.h": H, "i.h": H})
case("include_next in a row", {
    "u.c": "#include <h.h>\n", "a/h.h": "#include_next <h.h>\n",
    "b/h.h": "#include_next <h.h>\n", "c/h.h": H},
     "-Ia -Ib -isystem c -c u.c")
case("include_next of another name", {
    "u.c": "#include <h.h>\n", "a/h.h": "#include_next <i.h>\n",
    "a/i.h": "int wrong;\n", "b/i.h": H}, "-Ia -Ib -c u.c")
case("include_next beside the includer", {
    "u.c": '#include "a/h.h"\n',
    "a/h.h": "#ifndef G\n#define G\n#include_next <h.h>\n#endif\n",
    "b/h.h": H}, "-Ia -Ib -c u.c")
case("include_next, quoted, from beside", {
    "u.c": '#include "a/h.h"\n',
    "a/h.h": '#ifndef G\n#define G\n#include_next "h.h"\n#endif\n',
    "b/h.h": H}, "-Ib -c u.c")
case("include_next in what -include names", {
    "u.c": "int u;\n", "h.h": "#ifndef G\n#define G\n#include_next <h.h>\n"
                              "#endif\n", "b/h.h": H},
     "-include h.h -Ib -c u.c")
case("include_next from an absolute name", {
    "u.c": '#include "{top}/a/h.h"\n',
    "a/h.h": "#ifndef G\n#define G\n#include_next <h.h>\n#endif\n",
    "b/h.h": H}, "-Ia -Ib -c u.c", may="no")
case("include_next from an absolute -include", {
    "u.c": "int u;\n",
    "a/h.h": "#ifndef G\n#define G\n#include_next <h.h>\n#endif\n",
    "b/h.h": H}, "-include {top}/a/h.h -Ia -Ib -c u.c")
case("#pragma once", {
    "u.c": '#include "h.h"\n#include "./h.h"\n#include "l/h.h"\n',
    "h.h": "#pragma once\n#ifdef A\n#include \"i.h\"\n#endif\n#define A\n",
    "l": "->.", "i.h": H}, may="either")
case("#pragma once, two files alike", {
    "u.c": '#include "a/h.h"\n#include "b/h.h"\n',
    "a/h.h": "#pragma once\n#include \"i.h\"\n",
    "b/h.h": "#pragma once\n#include \"i.h\"\n", "a/i.h": H,
    "b/i.h": "int b;\n"}, may="no")
case("#import, two files alike", {
    "u.c": '#import "a/h.h"\n#import "b/h.h"\n', "a/h.h": H, "b/h.h": H},
     "-w -c u.c", "no")
case("guard", {
    "u.c": '#include "h.h"\n#include "h.h"\n#undef G\n#include "h.h"\n',
    "h.h": "#ifndef G\n#define G\n#ifdef A\n#include \"i.h\"\n#endif\n"
           "#define A\n#endif\n", "i.h": H})
case("includes itself", {
    "u.c": '#include "h.h"\n',
    "h.h": "#ifndef N\n#define N 1\n#elif N == 1\n#undef N\n#define N 2\n"
           "#else\n#include \"i.h\"\n#define END\n#endif\n"
           "#ifndef END\n#include \"h.h\"\n#endif\n", "i.h": H})
case("too deep", {"u.c": '#include "u.c"\n'}, may="no")
case("missing", {"u.c": '#include "no.h"\n'}, may="no")
case("missing in dead code", {"u.c": '#if 0\n#include "no.h"\n#endif\n'})
case("#elif and #else", {
    "u.c": "#define X 2\n#if X == 1\n#include \"no.h\"\n#elif X == 2\n"
           "#include \"h.h\"\n#else\n#include \"no.h\"\n#endif\n", "h.h": H})
case("arithmetic", {
    "u.c": "#if -1 > 0u && (1 ? 2 : 1/0) == 2 && 'a' < 'b' && '\\377' < 0\n"
           "#include \"h.h\"\n#endif\n", "h.h": H})
case("defined by a macro", {
    "u.c": "#define D defined(X)\n#define X\n#if D\n#include \"h.h\"\n#endif\n",
    "h.h": H}, "-w -c u.c")
case("__INCLUDE_LEVEL__", {
    "u.c": '#include "h.h"\n',
    "h.h": "#if __INCLUDE_LEVEL__ == 1\n#include \"i.h\"\n#endif\n",
    "i.h": H}, may="either")
case("__COUNTER__", {
    "u.c": "#if __COUNTER__ == 0\n#include \"h.h\"\n#endif\n", "h.h": H},
     may="either")
case("push_macro", {
    "u.c": "#define X 1\n#pragma push_macro(\"X\")\n#undef X\n#define X 2\n"
           "#pragma pop_macro(\"X\")\n#if X == 1\n#include \"h.h\"\n#endif\n",
    "h.h": H}, may="either")
case("_Pragma once", {
    "u.c": '#include "h.h"\n#include "h.h"\n',
    "h.h": '_Pragma("once")\n#ifdef A\n#include "i.h"\n#endif\n#define A\n',
    "i.h": H}, may="either")
case("#pragma GCC dependency", {
    "u.c": '#pragma GCC dependency "h.h"\n', "h.h": H}, "-w -c u.c",
     "either")
case("#pragma GCC system_header", {
    "u.c": '#include "h.h"\n', "h.h": "#pragma GCC system_header\n"
                                      '#include "i.h"\n', "i.h": H})
case("what a system header includes is one", {
    "u.c": "#include <h.h>\n", "s/h.h": "#include <i.h>\n", "a/i.h": H},
     "-isystem s -Ia -c u.c")
case("__DATE__", {"u.c": "const char *s = __DATE__;\n"}, may="no")
case("__TIMESTAMP__ in a header", {
    "u.c": '#include "h.h"\n', "h.h": "const char *s = __TIMESTAMP__;\n"},
     may="no")
case("__DATE__ in a comment", {"u.c": "/* __DATE__ */\n"}, may="either")
case(".incbin", {"u.c": '__asm__(".incbin \\"h.h\\"");\n', "h.h": H},
     may="no")
case(".include in assembler", {
    "u.S": '.include "h.s"\n', "h.s": ".text\n"}, "-c u.S", "no")
case("assembler", {"u.S": '#include "h.h"\n# a comment\n .text\n',
                   "h.h": "#define X\n"}, "-c u.S")
case("precompiled header beside", {
    "u.c": '#include "h.h"\n', "h.h": H, "h.h.gch": "x"}, may="either")
case("precompiled header without another", {
    "u.c": '#include <h.h>\n', "a/h.h.gch": "x", "b/h.h": H},
     "-Ia -Ib -c u.c", "either")
case("precompiled header of -include", {
    "u.c": "int u;\n", "h.h": H, "h.h.gch/x": ""}, "-include h.h -c u.c",
     "either")
case("pipe", {"u.c": '#include "/dev/null"\n'}, may="no")
case("system headers", {"u.c": "#include <stdio.h>\n#include <limits.h>\n"
                               "#include <math.h>\n#include <stdarg.h>\n"})
case("standard C++", {"u.cc": "#include <vector>\n#include <cstdlib>\n"
                              "#include <cmath>\n"}, "-c u.cc")
case("header called as the system's", {
    "u.c": "#include <stdio.h>\n", "a/stdio.h": "#include_next <stdio.h>\n"},
     "-Ia -c u.c")
