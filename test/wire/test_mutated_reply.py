#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Damaged replies: distcc neither crashes nor hangs, and ends with either a
whole object or the local one. FUZZ_CASES and FUZZ_SEED say how many and
which."""

import unittest

import mutate
import peer
from compile_job import ClientTestCase
from under_test import CASES, DISTCC, SEED


class MutatedReply(ClientTestCase):
    def test_damaged_replies(self):
        self.ours_only(DISTCC)
        for version in 1, 2:
            self.version = version
            golden = [peer.reply(version, 0, b"", b"", b"object" * 50),
                      peer.reply(version, 0, b"warn", b"out", b"object"),
                      peer.reply(version, 0x100, b"error", b"")]
            for name, data in mutate.cases(golden, CASES // 2, SEED):
                with self.subTest("version %d, %s" % (version, name)):
                    self.compile(self.answer(data))
                    self.check_outcome()
                    self.forget_blame()

    def check_outcome(self):
        code = self.run_result.returncode
        self.assertGreaterEqual(code, 0, "ended by a signal")
        self.assertEqual(code, 0, self.run_result.stderr)
        self.assertIsNotNone(self.object)


if __name__ == "__main__":
    unittest.main()
