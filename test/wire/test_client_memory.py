#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""How much memory distcc takes, at the most, whatever a server sends."""

import os
import subprocess
import unittest

import lzo
import peer
from compile_job import good_reply
from under_test import (DISTCC, Place, Server, TestCase, has_sanitizer,
                        high_water, program_of)

MIB = 1024  # in the kernel's kB


class ClientMemory(TestCase):
    def setUp(self):
        self.ours_only(DISTCC)
        if has_sanitizer(DISTCC):
            self.skipTest("a sanitizer takes memory of its own")
        self.place = Place()
        self.addCleanup(self.place.remove)

    def compile(self, source, option, answer):
        """The exit status and the peak of a client whose server says
        answer. Its source is preprocessed, and it may not fall back, so it
        is all alone."""
        with open(self.place.path("work", "x.i"), "wb") as f:
            f.write(source)

        def behave(sock):
            peer.read_request(sock)
            sock.sendall(answer)
        server = Server(behave)
        env = dict(self.place.env, DISTCC_FALLBACK="0",
                   DISTCC_IO_TIMEOUT="30",
                   DISTCC_HOSTS="127.0.0.1:%d%s" % (server.port, option))
        peak = 0
        client = subprocess.Popen(
            [DISTCC, "gcc", "-c", "x.i", "-o", "x.o"], env=env,
            cwd=self.place.path("work"), stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        while client.poll() is None:
            if program_of(client.pid) == os.path.realpath(DISTCC):
                peak = max(peak, high_water(client.pid))
        server.close()
        self.assertGreater(peak, 0)
        return client.returncode, peak

    def test_plain_files_of_20_mb_are_streamed(self):
        source = b"int x;\n" + b" " * 20000000
        code, peak = self.compile(source, "", good_reply(1, b"o" * 20000000))
        self.assertEqual(code, 0)
        self.assertLess(peak, 4 * MIB)

    def test_messages_of_10_mb_are_streamed(self):
        answer = peer.reply(1, 0, b"e" * 10000000, b"", b"object")
        _, peak = self.compile(b"int x;\n", "", answer)
        self.assertLess(peak, 4 * MIB)

    def test_hostile_replies_stay_below_64_mib(self):
        bomb = lzo.bomb(2 << 30)
        for name in "SERR", "SOUT", "DOTO":
            before = {"SERR": b"", "SOUT": b"SERR00000000",
                      "DOTO": b"SERR00000000SOUT00000000"}[name]
            with self.subTest(name=name):
                code, peak = self.compile(
                    b"int x;\n", ",lzo", b"DONE00000002STAT00000000" +
                    before + peer.token(name, len(bomb)) + bomb)
                self.assertGreater(code, 0)
                self.assertLess(peak, 64 * MIB)


if __name__ == "__main__":
    unittest.main()
