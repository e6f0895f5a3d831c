#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests as every client sends them, and what distccd answers."""

import os
import subprocess
import tempfile
import time
import unittest

import lzo
import peer
from under_test import Daemon, TestCase, PATH

# doc/protocol.txt has this job to the byte.
WORDS = ["gcc", "-c", "x.c", "-o", "x.o"]
SOURCE = b"int x;\n"
PLAIN = (b"DIST00000001ARGC00000005ARGV00000003gccARGV00000002-c"
         b"ARGV00000003x.cARGV00000002-oARGV00000003x.o"
         b"DOTI00000007int x;\n")
PACKED = PLAIN.replace(b"DIST00000001", b"DIST00000002").replace(
    b"DOTI00000007int x;\n", b"DOTI0000000b\x18int x;\n\x11\0\0")

# Without a line marker the object has the name that the server invented.
MARKER = b'# 1 "x.c"\n'


def local_object(source, *options):
    """What the compiler itself makes of a preprocessed source."""
    with tempfile.TemporaryDirectory() as place:
        name = os.path.join(place, "x.i")
        with open(name, "wb") as f:
            f.write(source)
        subprocess.run(["gcc", *options, "-c", name, "-o", name + ".o"],
                       check=True, env={"PATH": PATH, "LC_ALL": "C"})
        with open(name + ".o", "rb") as f:
            return f.read()


class GoldenRequest(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.daemon.__exit__(None, None, None)

    def succeed(self, data):
        reply = peer.parse_reply(self.daemon.ask(data))
        self.assertEqual(reply.status, 0, reply.stderr)
        self.assertEqual(reply.stderr + reply.stdout + reply.rest, b"")
        return reply

    def test_the_builder_writes_the_documented_bytes(self):
        self.assertEqual(peer.request(1, WORDS, SOURCE), PLAIN)
        self.assertEqual(peer.request(2, WORDS, SOURCE), PACKED)
        self.assertEqual(len(PLAIN), 116)

    def test_a_plain_job_gives_the_object(self):
        reply = self.succeed(PLAIN)
        self.assertEqual(reply.version, 1)
        self.assertEqual(reply.object[:4], b"\x7fELF")

    def test_the_object_is_that_of_a_local_compile(self):
        source = MARKER + b"int f(int a) { return a * 3; }\n"
        for version in 1, 2:
            data = peer.request(version, WORDS + ["-O2"], source)
            self.assertEqual(self.succeed(data).object,
                             local_object(source, "-O2"))

    def test_a_compressed_job_gives_a_compressed_reply(self):
        self.assertEqual(self.succeed(PACKED).version, 2)

    def test_digits_may_be_of_either_case(self):
        upper = PACKED.replace(b"DOTI0000000b", b"DOTI0000000B")
        self.assertNotEqual(upper, PACKED)
        self.succeed(upper)

    def test_every_byte_may_come_alone(self):
        with self.daemon.connect() as sock:
            sock.setsockopt(6, 1, 1)  # TCP_NODELAY
            for i in range(len(PLAIN)):
                sock.send(PLAIN[i:i + 1])
                time.sleep(0.001)
            reply = peer.parse_reply(peer.read_all(sock))
        self.assertEqual(reply.status, 0)

    def test_any_split_of_the_request_is_the_same_request(self):
        for at in range(1, len(PACKED), 5):
            with self.daemon.connect() as sock:
                sock.setsockopt(6, 1, 1)
                sock.sendall(PACKED[:at])
                time.sleep(0.002)
                sock.sendall(PACKED[at:])
                reply = peer.parse_reply(peer.read_all(sock))
            self.assertEqual(reply.status, 0, "split at %d" % at)

    def test_an_error_is_told_without_an_object(self):
        for version in 1, 2:
            reply = peer.parse_reply(self.daemon.ask(
                peer.request(version, WORDS, b"int x")))
            self.assertEqual(reply.status, 0x100)
            self.assertIn(b"error", reply.stderr)
            self.assertEqual(reply.object, b"")

    def test_a_missing_output_is_named_by_the_server(self):
        source = MARKER + SOURCE
        data = peer.request(1, ["gcc", "-c", "x.c"], source)
        self.assertEqual(self.succeed(data).object, local_object(source))

    def test_assembly_comes_back_as_text(self):
        data = peer.request(1, ["gcc", "-S", "x.c", "-o", "x.s"], SOURCE)
        self.assertIn(b".file", self.succeed(data).object)

    def test_an_empty_source_compiles(self):
        for version in 1, 2:
            data = peer.request(version, WORDS, b"")
            self.assertEqual(self.succeed(data).object[:4], b"\x7fELF")
            data = peer.request(version, WORDS, MARKER)
            self.assertEqual(self.succeed(data).object, local_object(MARKER))

    def test_a_source_of_many_literal_runs_compiles(self):
        source = MARKER + b"".join(b"int name_%d = %d;\n" % (i, i)
                                   for i in range(3000))
        self.assertEqual(lzo.decode(lzo.encode(source)), source)
        data = peer.request(2, WORDS, source)
        self.assertEqual(self.succeed(data).object, local_object(source))

    def test_cplusplus_is_told_by_the_name(self):
        data = peer.request(1, ["g++", "-c", "x.cc", "-o", "x.o"],
                            b"template <class T> T f(T t) { return t; }\n"
                            b"int i = f(1);\n")
        self.succeed(data)

    def test_warnings_come_back_with_the_object(self):
        reply = peer.parse_reply(self.daemon.ask(peer.request(
            1, WORDS + ["-Wall"], b"int f(void) { int unused; return 0; }")))
        self.assertEqual(reply.status, 0)
        self.assertIn(b"unused", reply.stderr)
        self.assertEqual(reply.object[:4], b"\x7fELF")

    def test_the_reply_ends_in_a_close(self):
        with self.daemon.connect() as sock:
            sock.sendall(PLAIN)
            peer.read_all(sock)
            self.assertEqual(sock.recv(1), b"")


if __name__ == "__main__":
    unittest.main()
