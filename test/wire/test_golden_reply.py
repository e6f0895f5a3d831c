#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What distcc sends to a server, and what it makes of proper replies."""

import os
import time
import unittest

import peer
from compile_job import ClientTestCase, good_reply
from under_test import DISTCC, PATH, is_foreign


class GoldenReply(ClientTestCase):
    def test_the_object_is_what_the_server_sent(self):
        for old in None, b"old", b"old" * 100000:
            self.compile(self.answer(good_reply(self.version)), old=old)
            self.assertEqual(self.run_result.returncode, 0)
            self.assertEqual(self.run_result.stderr, b"")
            self.assertEqual(self.object, b"object from the server")

    def test_the_request_is_the_documented_one(self):
        seen = []

        def behave(sock):
            seen.append(peer.read_request(sock))
            sock.sendall(good_reply(self.version))
        self.compile(behave, DISTCC_NO_REWRITE_CROSS="1")
        version, words, source = seen[0]
        self.assertEqual(version, self.version)
        self.assertEqual(words[0], b"gcc")
        self.assertEqual(words[words.index(b"-o") + 1], b"x.o")
        self.assertEqual(sorted(words), [b"-c", b"-o", b"gcc", b"x.c",
                                         b"x.o"])
        self.assertIn(b"answer", source)
        self.assertIn(b'# 1 "x.c"', source)

    def test_nothing_follows_the_request(self):
        after = []

        def behave(sock):
            peer.read_request(sock)
            sock.settimeout(0.3)
            try:
                after.append(sock.recv(1))
            except TimeoutError:
                after.append("silence")
            sock.settimeout(20)
            sock.sendall(good_reply(self.version))
        self.compile(behave)
        self.assertEqual(after, ["silence"])
        self.assertEqual(self.run_result.returncode, 0)

    def test_compilers_are_told_with_their_target(self):
        triple = "x86_64-linux-gnu-gcc"
        if not any(os.path.exists(os.path.join(d, triple))
                   for d in PATH.split(":")):
            self.skipTest("there is no " + triple)
        words = []

        def behave(sock):
            words.extend(peer.read_request(sock)[1])
            sock.sendall(good_reply(self.version))
        self.compile(behave)
        self.assertEqual(words[0].decode(), triple)

    def test_the_reply_may_come_byte_by_byte(self):
        def behave(sock):
            peer.read_request(sock)
            sock.setsockopt(6, 1, 1)  # TCP_NODELAY
            for byte in good_reply(self.version):
                sock.sendall(bytes([byte]))
                time.sleep(0.001)
        self.compile(behave)
        self.assertEqual(self.run_result.returncode, 0)
        self.assertEqual(self.object, b"object from the server")

    def test_an_empty_object_is_none(self):
        self.compile(self.answer(good_reply(self.version, b"")), old=b"old")
        self.assertEqual(self.run_result.returncode, 0)
        if is_foreign(DISTCC):
            self.assertEqual(self.object, b"")
        else:
            self.assertEqual(self.object[:4], b"\x7fELF")
            self.assertIn(b"wrong object: nothing instead of",
                          self.run_result.stderr)

    def test_upper_case_digits_are_digits(self):
        obj = b"o" * 0xab
        data = good_reply(self.version, obj)
        upper = b"".join(
            data[i:i + 12].upper() if i < 60 else data[i:i + 12]
            for i in range(0, len(data), 12))
        self.assertNotEqual(upper, data)
        self.compile(self.answer(upper))
        self.assertEqual(self.run_result.returncode, 0)
        self.assertEqual(self.object, obj)

    def test_what_follows_the_reply_is_ignored(self):
        self.compile(self.answer(good_reply(self.version) + b"junk" * 50))
        self.assertEqual(self.run_result.returncode, 0)
        self.assertEqual(self.object, b"object from the server")

    def test_a_server_that_keeps_the_connection_is_not_waited_for(self):
        def behave(sock):
            peer.read_request(sock)
            sock.sendall(good_reply(self.version))
            self.release.wait(60)
        self.compile(behave, DISTCC_IO_TIMEOUT="30")
        self.assertEqual(self.run_result.returncode, 0)

    def test_a_verdict_is_checked_here(self):
        self.compile(self.answer(peer.reply(
            self.version, 0x100, b"x.c:1: error: so says the server\n")))
        self.assertEqual(self.run_result.returncode, 0)
        self.assertEqual(self.object, self.local)

    def test_a_verdict_is_final_when_asked_for(self):
        message = b"x.c:1: error: so says the server\n"
        self.compile(self.answer(peer.reply(self.version, 0x300, message)),
                     DISTCC_SKIP_LOCAL_RETRY="1")
        self.assertEqual(self.run_result.returncode, 3)
        self.assertIn(message, self.run_result.stderr)
        self.assertIsNone(self.object)

    def test_a_slow_server_is_waited_for(self):
        def behave(sock):
            peer.read_request(sock)
            time.sleep(2)
            sock.sendall(good_reply(self.version))
        self.compile(behave, DISTCC_IO_TIMEOUT="30")
        self.assertEqual(self.object, b"object from the server")

    def test_the_request_is_framed_as_documented(self):
        if is_foreign(DISTCC):
            self.skipTest("distcc 3 sends what it likes")
        raw = []

        def behave(sock):
            sock.settimeout(1)
            data = b""
            try:
                while True:
                    data += sock.recv(65536)
            except TimeoutError:
                pass
            raw.append(data)
            sock.settimeout(20)
            sock.sendall(good_reply(self.version))
        self.compile(behave, DISTCC_NO_REWRITE_CROSS="1",
                     DISTCC_IO_TIMEOUT="30")
        head = peer.token("DIST", self.version) + \
            b"ARGC00000005ARGV00000003gccARGV0000000"
        self.assertEqual(raw[0][:len(head)], head)
        for word in "-c", "x.c", "-o", "x.o":
            self.assertIn(peer.string("ARGV", word), raw[0])
        size = raw[0].index(b"DOTI")
        self.assertEqual(len(raw[0]) - size - 12,
                         int(raw[0][size + 4:size + 12], 16))


class GoldenCompressedReply(GoldenReply):
    version = 2


if __name__ == "__main__":
    unittest.main()
