# SPDX-License-Identifier: GPL-2.0-or-later
"""What the daemon does when a compiler takes too much, or when there is too
little of everything: a whole reply that says so, with a status by which a
client knows whether to come back."""

import os
import unittest

import peer
from under_test import (Daemon, DISTCCD, Place, TestCase, has_sanitizer,
                        wait_until)

LIFETIME, REFUSED, BUSY = 118, 241, 242
HUGE = "100000000"


class Limits(TestCase):

    def setUp(self):
        self.ours_only()
        self.place = Place()
        self.addCleanup(self.place.remove)
        spin = self.place.path("work", "spin")
        with open(spin, "w", encoding="ascii") as f:
            f.write("#!/bin/sh\nwhile :; do :; done\n")
        os.chmod(spin, 0o755)
        self.list = self.place.path("list")
        with open(self.list, "w", encoding="ascii") as f:
            f.write("/usr/bin/gcc\n%s\n" % spin)

    def ask(self, option, value, source, compiler="gcc"):
        """The status and the text that a job gets, and the daemon's log."""
        with Daemon(option, value, DISTCC_CMDLIST=self.list,
                    DISTCC_IO_TIMEOUT="100") as daemon:
            data = daemon.ask(peer.request(
                1, [compiler, "-O0", "-c", "x.c", "-o", "x.o"],
                source.encode()), 100)
            reply = peer.parse_reply(data)
            self.assertEqual(reply.rest, b"")
            self.assertEqual(reply.object, b"")
            again = peer.parse_reply(daemon.ask(peer.request(
                1, ["gcc", "-c", "x.c", "-o", "x.o"], b"int x;\n"), 100))
            self.assertTrue(wait_until(
                lambda: daemon.log().count("dcc_job_summary") == 2))
            return reply, again, daemon.log()

    def test_processor_time(self):
        reply, again, log = self.ask("--job-cpu-time", "1", "int x;\n",
                                     "spin")
        self.assertEqual(reply.status, LIFETIME << 8)
        self.assertIn(b"--job-cpu-time", reply.stderr)
        self.assertIn("COMPILE_TIMEOUT", log)
        self.assertEqual(again.status, 0)

    @unittest.skipIf(has_sanitizer(DISTCCD),
                     "a sanitizer has more memory than any limit")
    def test_memory(self):
        source = "".join("int f%d(int a) { return a * %d; }\n" % (i, i)
                         for i in range(40000))
        reply, again, log = self.ask("--job-memory", "30", source)
        self.assertEqual(reply.status, BUSY << 8)
        self.assertIn(b"ran out of memory", reply.stderr)
        self.assertIn("REJ_OVERLOAD", log)
        self.assertEqual(again.status, 0)

    def test_size_of_a_file(self):
        reply, again, log = self.ask("--job-output", "8",
                                     "char x[20000000] = { 1 };\n")
        self.assertEqual(reply.status, REFUSED << 8)
        self.assertIn(b"--job-output", reply.stderr)
        self.assertIn("larger than 8 MiB", log)
        self.assertEqual(again.status, 0)

    def floor(self, option, what):
        reply, again, log = self.ask(option, HUGE, "int x;\n")
        for one in reply, again:
            self.assertEqual(one.status, BUSY << 8)
            self.assertIn(what, one.stderr)
        self.assertEqual(log.count("REJ_OVERLOAD"), 2)
        self.assertIn("ret:114 ", log)

    def test_floor_of_disk(self):
        self.floor("--min-free-disk", b"disk")

    def test_floor_of_memory(self):
        self.floor("--min-free-memory", b"memory")


unittest.main()
