#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Servers that lie, stop or babble. In each case the user gets the right
object by a local compile; and where that is forbidden, a failure that leaves
the old object alone."""

import unittest

import lzo
import peer
from compile_job import ClientTestCase, good_reply
from under_test import DISTCC


class HostileReply(ClientTestCase):
    def setUp(self):
        self.ours_only(DISTCC)
        super().setUp()

    def check_answer(self, data):
        self.check_fallback(self.answer(data))

    def test_no_answer_at_all(self):
        self.check_answer(b"")

    def test_a_connection_closed_at_once(self):
        self.check_fallback(lambda sock: None)

    def test_a_connection_reset_at_once(self):
        self.check_fallback(peer.reset)

    def test_a_server_that_never_answers(self):
        def behave(sock):
            peer.read_request(sock)
            self.release.wait(60)
        self.check_fallback(behave)

    def test_a_server_that_never_reads(self):
        self.check_fallback(lambda sock: self.release.wait(60))

    def test_a_server_that_stops_in_the_middle(self):
        def behave(sock):
            peer.read_request(sock)
            sock.sendall(good_reply(self.version)[:-3])
            self.release.wait(60)
        self.check_fallback(behave)

    def test_replies_cut_short(self):
        data = good_reply(self.version)
        for size in (1, 11, 12, 13, 24, 36, 47, 48, 59, 60, 61,
                     len(data) - 1):
            with self.subTest(size=size):
                self.check_answer(data[:size])

    def test_a_reply_cut_off_by_a_reset(self):
        def behave(sock):
            peer.read_request(sock)
            sock.sendall(good_reply(self.version)[:-3])
            peer.reset(sock)
        self.check_fallback(behave)

    def test_other_versions(self):
        data = good_reply(self.version)
        for version in 0, 3 - self.version, 3, 4, 0xffffffff:
            with self.subTest(version=version):
                self.check_answer(peer.token("DONE", version) + data[12:])

    def test_garbage(self):
        data = good_reply(self.version)
        for name, bad in (
                ("http", b"HTTP/1.0 400 Bad Request\r\n\r\n"),
                ("ones", b"\xff" * 5000), ("zeros", b"\0" * 5000),
                ("order", data[12:24] + data[:12] + data[24:]),
                ("no SERR", data[:24] + data[36:]),
                ("no hex", data.replace(b"STAT0", b"STATx")),
                ("sign", data.replace(b"STAT00000000", b"STAT+0000000")),
                ("DOTD", data.replace(b"DOTO", b"DOTD")),
                ("twice", data[:12] + data)):
            with self.subTest(name=name):
                self.check_answer(bad)

    def test_lengths_of_4_gib(self):
        head = peer.token("DONE", self.version) + peer.token("STAT", 0)
        for name in "SERR", "SOUT", "DOTO":
            for size in 0xffffffff, 0x80000000, 0x7fffffff:
                before = {"SERR": b"", "SOUT": b"SERR00000000",
                          "DOTO": b"SERR00000000SOUT00000000"}[name]
                with self.subTest(name=name, size=size):
                    self.check_answer(head + before +
                                      peer.token(name, size) + b"x" * 5000)

    def test_signals_and_codes_of_servers(self):
        for status in (11, 6, 9, 0x8b, 0x8000, 0xf100, 0xf200, 0xff00, 0x6e00,
                       0x6b00, 0x7600, 0x6900):
            with self.subTest(status=hex(status)):
                # No verdict, so the wish to believe a verdict is not meant.
                self.compile(self.answer(peer.reply(
                    self.version, status, b"gcc: no\n")),
                             DISTCC_SKIP_LOCAL_RETRY="1")
                self.assertEqual(self.run_result.returncode, 0)
                self.assertEqual(self.object, self.local)
                self.forget_blame()

    def test_statuses_beyond_16_bits(self):
        for status in 0x10000, 0xffffffff, 0x7f, 0x80, 0xff:
            with self.subTest(status=hex(status)):
                self.compile(self.answer(peer.reply(self.version, status)))
                self.assertEqual(self.run_result.returncode, 0)
                self.assertEqual(self.object, self.local)
                self.forget_blame()

    def test_an_object_with_a_failing_status(self):
        self.compile(self.answer(peer.reply(
            self.version, 0x100, b"no\n", b"", b"an object, nevertheless")))
        self.assertEqual(self.run_result.returncode, 0)
        self.assertEqual(self.object, self.local)

    def test_messages_of_a_fault_are_not_shown_as_the_compilers(self):
        self.compile(self.answer(peer.reply(
            self.version, 0xf100, b"spoofed\n", b"spoofed\n", b"")))
        self.assertEqual(self.object, self.local)
        self.assertNotIn(b"spoofed", self.run_result.stdout)

    def test_output_of_a_broken_reply_is_not_shown(self):
        data = peer.reply(self.version, 0, b"from SERR", b"from SOUT", b"abc")
        self.check_answer(data[:-1])
        self.compile(self.answer(data[:-1]))
        self.assertNotIn(b"from SOUT", self.run_result.stdout)
        self.assertNotIn(b"from SERR", self.run_result.stderr)


class HostileCompressedReply(HostileReply):
    version = 2

    def raw_object(self, body):
        return good_reply(2)[:48] + peer.token("DOTO", len(body)) + body

    def test_bad_lzo(self):
        good = lzo.encode(b"object")
        for body in (good[:-1], good[:-3], good + b"x", b"\0", b"\x20\0\0",
                     b"\xff" * 50, b"\0" * 5000):
            with self.subTest(body=body[:20]):
                self.check_answer(self.raw_object(body))

    def test_lzo_bombs(self):
        bomb = lzo.bomb(2 << 30)
        self.check_answer(self.raw_object(bomb))
        head = peer.token("DONE", 2) + peer.token("STAT", 0)
        self.check_answer(head + peer.token("SERR", len(bomb)) + bomb +
                          b"SOUT00000000DOTO00000000")


if __name__ == "__main__":
    unittest.main()
