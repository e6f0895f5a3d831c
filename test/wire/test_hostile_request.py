#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests that no client should send. The daemon must refuse each, say why
where the protocol has a place for it, and go on serving."""

import unittest

import lzo
import peer
from test_golden_request import PACKED, PLAIN, SOURCE, WORDS
from under_test import Daemon, TestCase, wait_until

GIB = 1 << 30
OPTIONS = [
    ["-fplugin=/tmp/evil.so"], ["-wrapper", "/bin/echo,HELLO"],
    ["-B/tmp"], ["-B", "/tmp"], ["-specs=/tmp/specs"],
    ["--specs=/tmp/specs"], ["@/etc/hostname"], ["-aux-info", "/tmp/aux"],
    ["-fdump-tree-all=/tmp/dump"],
    ["-march=native"], ["-Xassembler", "-alh=/tmp/listing"],
    ["-Wa,-alh=/tmp/listing"], ["-Wa,--MD,/tmp/deps"],
    ["-Xclang", "-load", "-Xclang", "/tmp/evil.so"], ["-o", "/tmp/two.o"],
    ["-fprofile-use=/etc/passwd"], ["-dumpdir", "/tmp/"], ["-E"], ["-M"],
    ["-no-such-option-at-all"],
]

# These make files beside the object, which must stay in the job's directory.
BYPRODUCTS = ["-save-temps", "-gsplit-dwarf", "--coverage", "-fstack-usage",
              "-fdump-tree-all", "-save-temps=obj", "-fcallgraph-info"]


class HostileRequest(TestCase):
    @classmethod
    def setUpClass(cls):
        # In one process, so that a crash cannot go unseen.
        cls.daemon = Daemon("--no-fork").__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.daemon.__exit__(None, None, None)

    def setUp(self):
        self.ours_only()

    def tearDown(self):
        reply = peer.parse_reply(self.daemon.ask(PLAIN))
        self.assertEqual(reply.status, 0, "it does not serve any more")

    def dropped(self, data):
        """No answer, or a refusal; but never an object."""
        try:
            answer = self.daemon.ask(data)
        except ConnectionResetError:
            return b""
        if answer:
            reply = peer.parse_reply(answer)
            self.assertNotEqual(reply.status, 0)
            self.assertEqual(reply.object, b"")
        return answer

    def refused(self, data):
        """A whole reply that says why, with a status that makes the client
        compile for itself."""
        reply = peer.parse_reply(self.daemon.ask(data))
        self.assertGreaterEqual(reply.status >> 8, 128)
        self.assertEqual(reply.status & 0xff, 0)
        self.assertNotEqual(reply.stderr, b"")
        self.assertEqual(reply.object, b"")
        return reply.stderr

    def test_refused_options_are_named(self):
        for options in OPTIONS:
            for version in 1, 2:
                with self.subTest(options=options, version=version):
                    data = peer.request(version, WORDS + options, SOURCE)
                    self.assertNotEqual(self.refused(data), b"")

    def test_by_products_are_refused_or_vanish(self):
        for option in BYPRODUCTS:
            with self.subTest(option=option):
                self.daemon.ask(peer.request(1, WORDS + [option], SOURCE))
                self.assertTrue(wait_until(
                    lambda: not self.daemon.job_files()))

    def test_refused_compilers_are_named(self):
        for name in ("sh", "/bin/sh", "/usr/bin/env", "../bin/sh", ".", "..",
                     "/usr/bin/../bin/sh", "no-such-compiler", "/tmp/gcc",
                     "/USR/BIN/gcc", "./gcc", "a/gcc", "gcc/"):
            with self.subTest(name=name):
                data = peer.request(1, [name] + WORDS[1:], SOURCE)
                self.assertIn(name.encode(), self.refused(data))

    def test_commands_that_are_none_are_refused(self):
        for words in (["gcc"], ["-c"], [""], ["gcc", "x.c"],
                      ["gcc", "-c", "x.c", "y.c"], ["gcc", "-c"],
                      ["gcc", "-c", "x.txt"], ["gcc", "-c", "x.c", "-o"],
                      ["gcc", "-c", "x.c", ""], ["", "-c", "x.c"],
                      ["-wrapper", "-c", "x.c"]):
            with self.subTest(words=words):
                self.refused(peer.request(1, words, SOURCE))

    def test_no_words_at_all(self):
        self.dropped(b"DIST00000001ARGC00000000DOTI00000007int x;\n")

    def test_absurd_counts_and_lengths(self):
        head = b"DIST00000001"
        for tail in (b"ARGCffffffff", b"ARGC80000000", b"ARGC00010000",
                     b"ARGC00000001" + peer.token("ARGV", GIB) + b"g" * 4096,
                     b"ARGC00000001ARGVffffffff" + b"g" * 4096,
                     peer.command(WORDS) + b"DOTIffffffff" + SOURCE,
                     peer.command(WORDS) + b"DOTI80000000" + SOURCE):
            with self.subTest(tail=tail[:24]):
                self.dropped(head + tail)
                self.dropped(head.replace(b"1", b"2") + tail)

    def test_bad_versions(self):
        for version in 0, 3, 4, 0xffffffff, 0x80000001:
            with self.subTest(version=version):
                self.dropped(PLAIN.replace(
                    b"DIST00000001", peer.token("DIST", version)))

    def test_tokens_that_are_no_hex(self):
        for number in (b"0x000001", b"       1", b"+0000001", b"-0000001",
                       b"0000001 ", b"0000000g", b"1\0\0\0\0\0\0\0"):
            with self.subTest(number=number):
                self.dropped(PLAIN.replace(b"DIST00000001",
                                           b"DIST" + number))

    def test_unknown_and_misplaced_tokens(self):
        for old, new in ((b"DIST", b"dist"), (b"ARGC", b"ARGV"),
                         (b"ARGC", b"CDIR"), (b"DOTI", b"DOTO"),
                         (b"DOTI", b"NFIL"), (b"DIST", b"GET "),
                         (b"ARGV", b"\0\0\0\0")):
            with self.subTest(new=new):
                self.dropped(PLAIN.replace(old, new, 1))

    def test_a_nul_in_a_word(self):
        for word in (b"x\0.c", b"\0", b"x.c\0"):
            self.dropped(peer.request(1, ["gcc", "-c", word], SOURCE))

    def test_other_protocols(self):
        for data in (b"GET / HTTP/1.0\r\n\r\n", b"\x16\x03\x01\x02\0\x01\0" * 9,
                     b"SSH-2.0-OpenSSH_9\r\n", b"*", b"\n" * 4000,
                     b"\xff" * 100000):
            self.dropped(data)

    def test_bad_lzo(self):
        good = lzo.encode(SOURCE)
        for body in (good[:-1], good[:-3], good + b"x", b"\x11\0\0", b"\0",
                     b"\x20\0\0", b"\xff" * 50, b"\0" * 5000,
                     b"\x18int x;\n\x20\x01\xff\xff\x11\0\0"):
            with self.subTest(body=body[:20]):
                data = peer.token("DIST", 2) + peer.command(WORDS) + \
                    peer.token("DOTI", len(body)) + body
                if body != b"\x11\0\0":  # this one is just empty
                    self.dropped(data)

    def test_an_lzo_bomb(self):
        body = lzo.bomb(2 * GIB)
        self.assertLess(len(body), 9 << 20)
        self.dropped(peer.token("DIST", 2) + peer.command(WORDS) +
                     peer.token("DOTI", len(body)) + body)

    def test_a_request_cut_short_at_every_byte(self):
        for golden in PLAIN, PACKED:
            for size in range(len(golden)):
                with self.daemon.connect() as sock:
                    sock.sendall(golden[:size])
                    sock.shutdown(1)
                    try:
                        answer = peer.read_all(sock)
                    except ConnectionResetError:
                        answer = b""
                if answer:
                    self.assertNotEqual(peer.parse_reply(answer).status, 0)


if __name__ == "__main__":
    unittest.main()
