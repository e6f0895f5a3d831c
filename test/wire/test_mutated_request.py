#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Damaged requests: distccd neither crashes, nor hangs, nor forgets its
manners. FUZZ_CASES and FUZZ_SEED say how many and which."""

import unittest

import mutate
import peer
from test_golden_request import PACKED, PLAIN
from under_test import CASES, Daemon, SEED, TestCase

LONG = peer.request(2, ["g++", "-O2", "-Wall", "-std=c++17", "-c",
                        "dir/long name.cpp", "-o", "dir/long name.o"],
                    b"".join(b"int name_%d;\n" % i for i in range(500)))


class MutatedRequest(TestCase):
    def test_damaged_requests(self):
        self.ours_only()
        # In one process, so that a crash cannot go unseen.
        with Daemon("--no-fork") as daemon:
            for name, data in mutate.cases([PLAIN, PACKED, LONG], CASES,
                                           SEED):
                with self.subTest(name):
                    self.send(daemon, data)
                    self.assertIsNone(daemon.process.poll(), "it died")
            reply = peer.parse_reply(daemon.ask(PLAIN))
            self.assertEqual(reply.status, 0)

    def send(self, daemon, data):
        with daemon.connect() as sock:
            try:
                sock.sendall(data)
                sock.shutdown(1)
                answer = peer.read_all(sock)
            except (ConnectionResetError, BrokenPipeError, OSError) as error:
                self.assertNotIsInstance(error, TimeoutError)
                return
        if answer:
            peer.parse_reply(answer)


if __name__ == "__main__":
    unittest.main()
