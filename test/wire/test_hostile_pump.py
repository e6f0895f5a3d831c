#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Trees that no honest client would send."""

import os
import tempfile
import unittest

import lzo
import peer
import pump_job
from pump_job import Link
from under_test import Daemon, TestCase, wait_until

WORDS = ["gcc", "-c", "x.c", "-o", "x.o"]
SOURCE = "int x;\n"
UP = "../" * 30
REFUSED = 0xf100

# Thousands of directories take their time on a busy machine.
LONG = 120


class HostilePump(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.daemon.__exit__(None, None, None)

    def setUp(self):
        self.ours_only()
        self.place = tempfile.TemporaryDirectory()
        self.addCleanup(self.place.cleanup)
        self.victim = os.path.join(self.place.name, "victim")
        with open(self.victim, "w", encoding="ascii") as f:
            f.write("int secret;\n")
        # Whatever happened, others are served as before.
        self.addCleanup(self.check_service)

    def check_service(self):
        self.assertEqual(self.ask([]).status, 0)
        self.assertTrue(wait_until(lambda: not self.daemon.job_files(), LONG))
        with open(self.victim, encoding="ascii") as f:
            self.assertEqual(f.read(), "int secret;\n")
        self.assertEqual(os.listdir(self.place.name), ["victim"])

    def ask(self, files, words=None, cwd="/w"):
        return pump_job.parse_reply(self.daemon.ask(pump_job.request(
            cwd, words or WORDS, [("/w/x.c", SOURCE), *files]), LONG))

    def refused(self, files, reason, words=None, cwd="/w"):
        reply = self.ask(files, words, cwd)
        self.assertEqual(reply.status, REFUSED, files)
        self.assertRegex(reply.stderr.decode(), "^distccd: .*" + reason)

    def dropped(self, data):
        self.assertEqual(self.daemon.ask(data), b"", data[:100])

    def test_names_that_are_no_absolute_paths(self):
        for name in ("", "x.c", "/", "//x", "/w/", "/w//x", "/./x", "/w/.",
                     "/..", "/../x", "/w/../../x", "/w/..", "../x",
                     "/w\0/x", "/" + "x" * 4095):
            self.dropped(pump_job.request("/w", WORDS, [(name, "")]))

    def test_a_name_cannot_leave_the_root(self):
        self.dropped(pump_job.request("/w", WORDS, [
            ("/" + UP + self.victim[1:], "int bad;\n")]))

    def test_working_directories_that_are_none(self):
        for cwd in ("", "w", "/w/..", "/..", "/w//w", "/w/", "/w\0"):
            self.dropped(pump_job.request(cwd, WORDS, []))

    def test_a_working_directory_that_is_a_file(self):
        self.refused([("/v", "")], "cannot be made", cwd="/v")
        self.refused([], "cannot be made", cwd="/w/x.c")
        # It is made last, and a link may lead to it, but not out.
        for target in "/usr", UP + "usr", UP + "usr/include":
            self.refused([("/v", Link(target))], "cannot be made", cwd="/v")

    def test_a_name_that_is_there_is_not_replaced(self):
        for first in "text", Link("/w/x.c"), None:
            for second in "more", Link("/w/other"):
                self.refused([("/w/a", first), ("/w/a", second)], "taken")
        self.refused([("/w/x.c", SOURCE)], "taken")
        self.refused([("/w", "")], "taken")
        self.refused([("/w/d/a", ""), ("/w/d", Link("/usr"))], "taken")

    def test_a_file_is_no_directory(self):
        self.refused([("/w/x.c/y", "")], "through")
        self.refused([("/w/d/a", ""), ("/w/d/a/b", "")], "through")

    def test_nothing_is_written_through_a_link(self):
        for target in ("/w", "x.c", "/w/nowhere", ".", UP + "usr/include",
                       UP + "usr/lib"):
            self.refused([("/l", Link(target)), ("/l/a.h", "")], "through")
            self.refused([("/l", Link(target)), ("/l/b", Link("/w"))],
                         "through")
            self.refused([("/l", Link(target)), ("/l/b/c.h", "")], "through")

    def test_links_lead_to_compilers_directories_or_stay_inside(self):
        for target in ("etc", "etc/ssl", "home", "root", "proc", "proc/self",
                       "sys", "dev", "var", "tmp", "run", "", ".", "bin/sh",
                       "usr/bin/env", "usr/include/stdio.h", "usr//include",
                       self.victim[1:], self.place.name[1:],
                       self.daemon.place.dir[1:], "usrx"):
            self.refused([("/w/l", Link(UP + target))], "leads out")
        for target in ("usr/../etc", "usr/include/../../etc", "usr/.."):
            for start in UP, "/", "":
                self.refused([("/w/l", Link(start + target))],
                             r"has a \.\.")
        for target in ("usr/include", "usr/lib", "usr"):
            self.assertEqual(
                self.ask([("/w/l", Link(UP + target))]).status, 0)

    def test_an_absolute_link_stays_inside(self):
        with open("/etc/passwd", encoding="utf-8") as f:
            first = f.readline().split(":")[0].encode()
        for target in "/etc/passwd", self.victim:
            reply = self.ask([("/w/l.c", Link(target))],
                             ["gcc", "-c", "l.c", "-o", "x.o"])
            self.assertNotEqual(reply.status, 0)
            self.assertNotIn(b"secret", reply.stderr)
            self.assertNotIn(first + b":", reply.stderr)

    def test_links_that_lead_in_circles(self):
        files = [("/w/a", Link("b")), ("/w/b", Link("a")),
                 ("/w/c", Link("c")), ("/w/d", Link("/w/d/d"))]
        self.assertEqual(self.ask(files).status, 0)
        for name in "abcd":
            reply = self.ask(files, ["gcc", "-c", name, "-x", "c", "-o",
                                     "x.o"])
            self.assertNotEqual(reply.status, 0)
        self.refused(files + [("/w/a/x", "")], "through")

    def test_a_link_of_no_target(self):
        self.dropped(pump_job.request("/w", WORDS, [("/w/l", Link(""))]))
        self.dropped(pump_job.request("/w", WORDS, [("/w/l", Link("a\0b"))]))
        self.dropped(pump_job.request("/w", WORDS,
                                      [("/w/l", Link("a" * 4096))]))

    def test_precompiled_headers_are_not_taken(self):
        for name in "/w/a.h.gch", "/w/a.h.gch/image", "/w/a.h.pch":
            self.refused([(name, "")], "precompiled")
        self.refused([("/w/a.h.gch", Link("x.c"))], "precompiled")
        self.assertEqual(self.ask([("/w/gch", ""), ("/w/.pch", "")]).status,
                         0)

    def test_names_that_are_too_deep_or_too_many(self):
        self.refused([("/d" * 70, "")], "deep")
        self.refused([], "cannot be made", cwd="/w" * 70)
        self.refused([("/w/" + "n" * 300, "")], "long")
        self.refused([("/%d" % i + "/d" * 60 + "/a", "")
                      for i in range(300)], "too many")

    def test_paths_in_options_that_leave_the_root(self):
        for words in (["-I../.."], ["-I", "../../etc"], ["-I/../etc"],
                      ["-include", "../../etc/passwd"],
                      ["-isystem", "a/../../.."], ["-imacros/.."],
                      ["-iquote../../"], ["--include=../../x"],
                      ["-iwithprefix", "../../.."]):
            self.refused([], "not allowed", [*WORDS, *words])
        self.refused([], "not allowed",
                     ["gcc", "-c", "../../x.c", "-o", "x.o"])
        for words in ["-I.."], ["-I", "../w/.."], ["-I/etc"], ["-Ia/../.."]:
            self.assertEqual(self.ask([], [*WORDS, *words]).status, 0)

    def test_options_that_load_run_or_write(self):
        for words in (["-fplugin=x"], ["-B."], ["-wrapper", "x"],
                      ["-specs=x"], ["@x.c"], ["-Xpreprocessor", "-MD"],
                      ["-Wp,-MD"], ["-Wp,-o,/tmp/x"], ["-Wp,-fplugin=x"],
                      ["-save-temps=/tmp/x"][:0] or ["-fdump-tree-all=/x"],
                      ["-aux-info", "x"], ["-fpreprocessed"],
                      ["-include-pch", "x"], ["-flto"], ["-fmodules-ts"],
                      ["-ivfsoverlay", "x"], ["-gcc-toolchain", "."],
                      ["--gcc-toolchain=."], ["-MF", "-"], ["-MG", "-MD"]):
            reply = self.ask([], [*WORDS, *words])
            self.assertEqual(reply.status, REFUSED, words)
        for words in (["-MD", "-MF", self.victim], ["-MF", self.victim],
                      ["-Wp,-MD," + self.victim],
                      ["-Wp,-MMD,%s,-MT,x" % self.victim]):
            self.ask([], [*WORDS, *words])

    def test_words_that_would_be_read_from_a_file(self):
        evil = "x -fdump-tree-original=%s -Wa,-a=%s" % (
            (self.place.name + "/out",) * 2)
        files = [("/w/a", evil), ("/w/a.c", evil), ("/w/a.o", evil),
                 ("/w/@a.c", SOURCE)]
        start = ["gcc", "-c", "x.c"]
        for words in (["-o@a"], ["--output=@a"], ["-Wp,-MD,y,-MT,@a"],
                      ["-MD", "-MT@a"], ["-MD", "-MQ@a"], ["-I@a"],
                      ["-isystem@a"], ["--include-directory=@a"], ["-D@a"],
                      ["--sysroot=@a"], ["-Wp,@a"], ["-iprefix@a"],
                      ["-fdebug-prefix-map=@a=b"]):
            self.refused(files, "not allowed|is allowed|cannot|unusual",
                         [*start, *words])
        self.refused(files, "not allowed", ["gcc", "-c", "./@a.c"])

    def test_values_that_another_compiler_takes_for_options(self):
        start = ["gcc", "-c", "x.c", "-o", "x.o"]
        plugin = "-fplugin=./p.so"
        for name in ("-isystem-after", "-undefined", "-F", "-I",
                     "-iframework", "-arch", "--sysroot"):
            self.refused([("/w/p.so", "")], "not allowed",
                         [*start, name, plugin])
        for name in ("-isystem-after", "-cxx-isystem", "-iframework",
                     "-stdlib++-isystem", "-iwithsysroot", "-I"):
            self.refused([("/w/p.so", "")], "unusual",
                         [*start, "-Wp,%s,%s" % (name, plugin)])

    def test_a_list_of_very_many_directories(self):
        # If each were compared with all the others, this would not end.
        names = ("d/" + "".join("./" if i >> bit & 1 else ".//"
                                for bit in range(16)) + "a.h"
                 for i in range(40000))
        files = [("/w/d/a.h", ""), ("/w/y.c", "".join(
            '#include "%s"\n' % name for name in names))]
        reply = self.ask(files, ["gcc", "-c", "y.c", "-o", "x.o", "-MD"])
        self.assertEqual(reply.status, 0)

    def test_absurd_counts_and_lengths(self):
        head = peer.token("DIST", 3) + peer.string("CDIR", "/w") + \
            peer.command(WORDS)
        name = peer.string("NAME", "/w/x.c")
        for tail in (b"NFIL00010001", b"NFILffffffff", b"NFIL",
                     b"NFIL00000001NAMEffffffff", b"NFIL00000001NAME00001000",
                     b"NFIL00000001" + name + b"FILEffffffff",
                     b"NFIL00000001" + name + b"FILE01400001",
                     b"NFIL00000001" + name + b"LINKffffffff",
                     b"NFIL00000001" + name + b"DOTI00000000",
                     b"NFIL00000001" + name + name,
                     b"DOTI00000007" + SOURCE.encode()):
            self.dropped(head + tail)
        for tail in b"CDIRffffffff", b"CDIR00001000", b"ARGC00000001":
            self.dropped(peer.token("DIST", 3) + tail)

    def test_bodies_that_are_no_lzo_or_too_much_of_it(self):
        head = peer.token("DIST", 3) + peer.string("CDIR", "/w") + \
            peer.command(WORDS)
        for body in b"\0", b"int x;\n", lzo.END + b"x", lzo.bomb(1 << 30):
            self.dropped(head + b"NFIL00000001" +
                         peer.string("NAME", "/w/x.c") +
                         peer.token("FILE", len(body)) + body)
        body = lzo.bomb(39 << 20)
        files = b"".join(peer.string("NAME", "/w/%d" % i) +
                         peer.token("FILE", len(body)) + body
                         for i in range(8))
        reply = pump_job.parse_reply(self.daemon.ask(
            head + b"NFIL00000008" + files))
        self.assertEqual(reply.status, REFUSED)
        self.assertIn(b"MiB", reply.stderr)

    def test_a_request_cut_short_at_every_byte(self):
        data = pump_job.request("/w", WORDS, [
            ("/w/x.c", SOURCE), ("/w/l", Link("x.c"))])
        for size in range(len(data)):
            with self.daemon.connect() as sock:
                sock.sendall(data[:size])
                sock.shutdown(1)
                try:
                    answer = peer.read_all(sock)
                except ConnectionResetError:
                    answer = b""
            self.assertEqual(answer, b"")


if __name__ == "__main__":
    unittest.main()
