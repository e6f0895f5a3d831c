#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Jobs of version 3: what comes back is what a compiler makes in place."""

import os
import re
import shutil
import unittest

import pump_job
from pump_job import Link, Tree
from under_test import Daemon, TestCase, DISTCCD, is_foreign, wait_until

# doc/protocol.txt has this job to the byte.
WORDS = ["gcc", "-c", "x.c", "-o", "x.o"]
FILES = [("/w/x.c", '#include "h"\n'), ("/w/h", Link("/w/real.h")),
         ("/w/real.h", "int x;\n"),
         ("/w/d/" + pump_job.PLACEHOLDER, None)]

HEADER = """#ifdef __cplusplus
#include <cassert>
#else
#include <assert.h>
#endif
static inline int twice(int x) { assert(x > 0); return x + __LINE__; }
static const char *header = __FILE__;
struct pair { int a; long b; };
"""
SYSTEM = """static inline int thrice(int q) { return q * 3; }
#define SYSTEM_FILE __FILE__
"""
SOURCE = """#include "a.h"
#include <s.h>
#include <stdio.h>
#ifdef __cplusplus
#include <string>
#if __cplusplus > 201703L && !defined(__clang__)
#include <source_location>
const char *where() { return std::source_location::current().file_name(); }
#endif
std::string text() { return "text"; }
#endif
#define TWO 2
const char *names[] = { __FILE__, __BASE_FILE__, __builtin_FILE(),
                        SYSTEM_FILE };
struct pair pair;
int main(int c, char **v)
{
    assert(c > 0);
    return printf("%s%s", names[TWO], header) + twice(c) + thrice(c) +
        pair.a + (v == 0);
}
"""
ASSEMBLY = '#include "value.h"\n\t.globl f\nf:\n\tmov $VALUE, %eax\n\tret\n'
OBJECTIVE = '#import "a.h"\n#import "a.h"\n@interface A { int a; }\n@end\n' \
    'int f(int c) { return twice(c); }\n'

OPTIONS = [
    [], ["-g"], ["-g3"], ["-O2", "-g"], ["-gdwarf-4", "-O2"], ["-gdwarf-4"],
    ["-gdwarf-5", "-O2"], ["-Os", "-ggdb"], ["-S", "-g", "-O1"],
    ["-g", "-Wall", "-Wextra", "-ffunction-sections"],
]


class Pump(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.daemon.__exit__(None, None, None)

    def setUp(self):
        self.tree = Tree()
        self.addCleanup(self.tree.close)

    def ask(self, request):
        return pump_job.parse_reply(self.daemon.ask(request))

    def serve(self, cwd, words):
        return self.ask(self.tree.request(cwd, words))

    def add_project(self):
        for name, text in (("inc/a.h", HEADER), ("sys/s.h", SYSTEM),
                           ("inc/value.h", "#define VALUE 3\n"),
                           ("build/here.h", "")):
            self.tree.add(name, text)
        for name in "src/x.", "build/y.":
            for suffix in "c", "cc":
                self.tree.add(name + suffix, SOURCE)
        self.tree.add("src/z.S", ASSEMBLY)
        self.tree.add("src/m.m", OBJECTIVE)

    def check(self, words):
        """The compile of words in build/, with -o o and -MF d, is the same
        here and there."""
        reply = self.serve("build", words)
        local = self.tree.compile("build", words)
        self.assertEqual(local.returncode, 0, local.stderr)
        self.assertEqual(reply.status, 0, (words, reply.stderr))
        self.assertEqual(reply.stderr, local.stderr)
        if reply.object != local.files["o"]:
            self.fail("another object: %s" % words)
        if "d" in local.files:
            self.assertEqual(reply.deps, local.files["d"])
            self.check_seen(reply, local.files["d"])

    def check_seen(self, reply, deps):
        text = deps.decode().replace("\\\n", "").splitlines()[0]
        names = re.sub(r"^.*?:(?= )", "", text)
        paths = [os.path.realpath(os.path.join(self.tree.path("build"), n))
                 for n in names.split()]
        own = [p for p in paths if not p.startswith(self.tree.dir)]
        self.assertEqual(reply.seen, pump_job.seen_of(paths, own))

    def compile_everything(self, compiler, suffix, *more):
        self.add_project()
        near = "../inc", "../sys"
        far = self.tree.path("inc"), self.tree.path("sys")
        for options in OPTIONS[1::2] if "cc" in suffix else OPTIONS:
            for source, (inc, sys) in (
                    ("y." + suffix, far), ("../src/x." + suffix, near),
                    (self.tree.path("src/x." + suffix), far)):
                self.check([compiler, *more, *options, "-I", inc, "-isystem",
                            sys, "-c", source, "-o", "o", "-MD", "-MF", "d"])

    def test_the_builder_writes_the_documented_bytes(self):
        data = pump_job.request("/w", WORDS, FILES)
        self.assertEqual(len(data), 304)
        self.assertIn(b"NAME00000004/w/hLINK00000009/w/real.h", data)

    def test_the_documented_job_gives_the_documented_reply(self):
        reply = self.ask(pump_job.request("/w", WORDS, FILES))
        self.assertEqual(reply.status, 0, reply.stderr)
        self.assertEqual(reply.deps, b"x.o: x.c h\n")
        self.assertEqual(reply.object[:4], b"\x7fELF")
        self.assertEqual(reply.stderr + reply.stdout, b"")
        if not is_foreign(DISTCCD):
            self.assertEqual(reply.seen, pump_job.seen_of(
                ["/w/x.c", "/w/real.h"], [], False))

    def test_the_order_of_files_does_not_matter(self):
        first = self.ask(pump_job.request("/w", WORDS, FILES))
        again = self.ask(pump_job.request("/w", WORDS, FILES[::-1]))
        self.assertEqual(first, again)

    def test_gcc_makes_the_same(self):
        self.ours_only()
        self.compile_everything("gcc", "c")

    def test_gxx_makes_the_same(self):
        self.ours_only()
        self.compile_everything("g++", "cc", "-std=c++20")

    @unittest.skipUnless(shutil.which("clang"), "there is no clang")
    def test_clang_makes_the_same(self):
        self.ours_only()
        self.compile_everything("clang", "c")

    @unittest.skipUnless(shutil.which("clang++"), "there is no clang++")
    def test_clangxx_makes_the_same(self):
        self.ours_only()
        self.compile_everything("clang++", "cc")

    def test_other_languages_are_the_same(self):
        self.ours_only()
        self.add_project()
        for options in ["-g"], []:
            self.check(["gcc", *options, "-I../inc", "-c", "../src/z.S",
                        "-o", "o", "-MD", "-MF", "d"])
        self.check(["gcc", "-g", "-I../inc", "-x", "c++", "-c", "y.c",
                    "-I../sys", "-o", "o", "-MD", "-MF", "d"])
        if shutil.which("clang"):
            self.check(["clang", "-g", "-I../inc", "-c", "../src/m.m", "-o",
                        "o", "-MD", "-MF", "d"])

    def test_maps_of_the_users_own_are_the_same(self):
        self.ours_only()
        self.add_project()
        top, build = self.tree.dir, self.tree.path("build")
        for maps in (["-ffile-prefix-map=%s=." % top],
                     ["-fdebug-prefix-map=%s=/X" % top,
                      "-fmacro-prefix-map=%s/=" % build],
                     ["-ffile-prefix-map=%s=A" % build,
                      "-ffile-prefix-map=%s=B" % top],
                     ["-ffile-prefix-map=%s=B" % top,
                      "-ffile-prefix-map=%s=A" % build],
                     ["-ffile-prefix-map=/=ALL"],
                     ["-ffile-prefix-map=/usr=SYS"],
                     ["-ffile-prefix-map=..=UP"],
                     ["-fdebug-compilation-dir=/X"][:0]):
            for source in "y.c", self.tree.path("src/x.c"):
                self.check(["gcc", "-g", *maps, "-I", self.tree.path("inc"),
                            "-I../sys", "-c", source, "-o", "o", "-MD",
                            "-MF", "d"])

    def test_targets_of_dependencies_are_the_same(self):
        self.ours_only()
        self.add_project()
        long = "a" * 30
        for words in (["-MD"], ["-MD", "-MP"], ["-MD", "-MT", "t $x"],
                      ["-MD", "-MQ", "t $x", "-MT", "u"],
                      ["-Wp,-MD,d"], ["-Wp,-MD,d,-MT,t"], ["-Wp,-MD,d,-MP"],
                      ["-MD", "-MQ", long, "-MQ", long, "-MQ", long]):
            more = [] if words[0].startswith("-Wp") else ["-MF", "d"]
            self.check(["gcc", *words, *more, "-I" + self.tree.path("inc"),
                        "-isystem", self.tree.path("sys"), "-c", "y.c", "-o",
                        "o"])

    def test_the_users_headers_alone_are_told_if_they_alone_are_wanted(self):
        self.ours_only()
        self.add_project()
        words = ["gcc", "-I../inc", "-isystem", "../sys", "-c", "y.c", "-o",
                 "o", "-MMD", "-MF", "d"]
        reply = self.serve("build", words)
        self.assertEqual(reply.deps, self.tree.compile(
            "build", words).files["d"])
        self.assertEqual(reply.seen, pump_job.seen_of(
            [self.tree.path("build/y.c"), self.tree.path("inc/a.h")], [],
            False))

    def test_links_on_the_way_are_followed(self):
        self.ours_only()
        self.tree.add("real/deep/a.h", "#include \"../b.h\"\nint a;\n")
        self.tree.add("real/b.h", "const char *b = __FILE__;\n")
        self.tree.add("build/x.c", "#include <a.h>\n")
        self.tree.add_link("short", "real/deep")
        self.tree.add_link("build/up", "../short")
        self.tree.add_link("absolute", self.tree.path("real"))
        for inc in ("../short", "up", "../absolute/deep",
                    self.tree.path("absolute/deep")):
            self.check(["gcc", "-g", "-I" + inc, "-c", "x.c", "-o", "o",
                        "-MD", "-MF", "d"])

    def test_messages_show_the_clients_names(self):
        self.ours_only()
        self.add_project()
        self.tree.add("build/bad.c", "int f(void) { return undeclared; }\n")
        self.tree.add("build/warn.c", "int f(void) { }\n")
        for source in "bad.c", "warn.c":
            for name in source, self.tree.path("build/" + source):
                words = ["gcc", "-Wall", "-c", name, "-o", "o"]
                reply = self.serve("build", words)
                local = self.tree.compile("build", words)
                self.assertEqual(reply.stderr, local.stderr)
                self.assertIn(source.encode(), local.stderr)
                self.assertEqual(reply.status, local.returncode << 8)

    def test_system_headers_keep_the_names_that_gcc_gives_them(self):
        self.ours_only()
        self.tree.add("sys/s.h", "static const char *s = __FILE__;\n")
        self.tree.add("build/x.c", "#include <s.h>\n"
                      "const char *f(void) { return s; }\n")
        self.tree.add_link("l", "sys")
        long = "../" * self.tree.path("build").count("/") + \
            self.tree.path("sys")[1:]
        self.assertLess(len(self.tree.path("sys")), len(long))
        for inc in "../sys", "../l", self.tree.path("sys"), \
                self.tree.path("l"):
            self.check(["gcc", "-g", "-isystem", inc, "-c", "x.c", "-o", "o",
                        "-MD", "-MF", "d"])
        reply = self.serve("build", ["gcc", "-isystem", long, "-c", "x.c",
                                     "-o", "o"])
        self.assertEqual(reply.status, 0xf100)
        self.assertIn(b"another name", reply.stderr)
        for words in (["-I", long], ["-fno-canonical-system-headers",
                                     "-isystem", long]):
            self.check(["gcc", "-g", *words, "-c", "x.c", "-o", "o", "-MD",
                        "-MF", "d"])

    def test_equal_files_are_two_to_pragma_once(self):
        self.ours_only()
        text = "#pragma once\n#define NAME(x) x##__COUNTER__\nint counted;\n"
        self.tree.add("a/h.h", text)
        self.tree.add("b/h.h", text)
        for name in "a/h.h", "b/h.h":
            os.utime(self.tree.path(name), (1, len(name) + ord(name[0])))
        self.tree.add("build/x.c", '#include "../a/h.h"\n'
                      '#include "../b/h.h"\n')
        self.check(["gcc", "-c", "x.c", "-o", "o", "-MD", "-MF", "d"])

    def test_a_line_that_old_servers_need_is_taken_off(self):
        self.ours_only()
        self.add_project()
        words = ["gcc", "-g3", "-I", self.tree.path("inc"), "-I../sys", "-c",
                 self.tree.path("build/y.c"), "-o", "o", "-MD", "-MF", "d"]
        for name in "inc/a.h", "build/y.c":
            path = self.tree.path(name)
            self.tree.files[path] = '#line 1 "%s"\n' % path + \
                self.tree.files[path]
        self.check(words)
        # One that tells another name is the user's own.
        path = self.tree.path("inc/a.h")
        self.tree.files[path] = '#line 1 "/other"\n' + HEADER
        reply = self.serve("build", words)
        self.assertIn(b"/other", reply.object)

    def test_the_systems_directories_may_be_links(self):
        self.tree.add("build/x.c", "#include <stdio.h>\n"
                      "#include \"inc/stdlib.h\"\n")
        files = dict(self.tree.files)
        up = "../" * 22
        files["/usr/include"] = Link(up + "usr/include")
        files[self.tree.path("build/inc")] = Link(up + "usr/include")
        files["/usr/no/such/dir"] = Link(up + "usr/no/such/dir")
        words = ["gcc", "-I/usr/include", "-c", "x.c", "-o", "o"]
        reply = self.ask(pump_job.request(self.tree.path("build"), words,
                                          files))
        self.assertEqual(reply.status, 0, reply.stderr)
        self.assertNotIn(b"//", reply.deps)

    def test_the_working_directory_may_be_the_root(self):
        self.ours_only()
        reply = self.ask(pump_job.request(
            "/", ["gcc", "-c", "w/x.c", "-o", "x.o"],
            {"/w/x.c": "const char *f = __FILE__;\n"}))
        self.assertEqual(reply.status, 0, reply.stderr)
        self.assertEqual(reply.deps, b"x.o: w/x.c\n")
        self.assertIn(b"\0w/x.c\0", reply.object)

    def test_what_hides_the_servers_paths_is_refused(self):
        self.ours_only()
        self.add_project()
        source = self.tree.path("src/x.c")
        for words in (["-g", "-gz"], ["-flto"], ["-fprofile-arcs"],
                      ["-O2", "-fsanitize=undefined"],
                      ["-g", "-gsplit-dwarf"], ["-gdwarf-4", "-g3"]):
            reply = self.serve("build", [
                "gcc", *words, "-I", self.tree.path("inc"), "-I../sys", "-c",
                source, "-o", "o"])
            self.assertEqual(reply.status, 0xf100, words)
            self.assertRegex(reply.stderr, rb"^distccd: ")

    def test_a_client_may_close_at_the_dependencies(self):
        with self.daemon.connect() as sock:
            sock.sendall(pump_job.request("/w", WORDS, FILES))
            data = b""
            while b"DOTD" not in data:
                data += sock.recv(12)
        self.assertEqual(self.ask(pump_job.request(
            "/w", WORDS, FILES)).status, 0)

    def test_nothing_is_left(self):
        self.ours_only()
        self.add_project()
        self.serve("build", ["gcc", "-c", "y.c", "-o", "o", "-I../inc",
                             "-I../sys"])
        self.assertTrue(wait_until(lambda: not self.daemon.job_files()))


if __name__ == "__main__":
    unittest.main()
