#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Damaged replies: distcc neither crashes nor hangs, and ends with either a
whole object or the local one; with fallbacks forbidden, with the object that
the reply holds, or with a failure and none. FUZZ_CASES and FUZZ_SEED say how
many and which."""

import re
import unittest

import lzo
import mutate
import peer
from compile_job import ClientTestCase
from under_test import CASES, DISTCC, SEED


def take(data, name):
    """The number of a token and what follows it; ValueError if it is none."""
    if data[:4] != name or not re.fullmatch(b"[0-9a-fA-F]{8}", data[4:12]):
        raise ValueError("no %r" % name)
    return int(data[4:12], 16), data[12:]


def object_in(data, version):
    """What a reply of success holds; None if it is no such reply."""
    try:
        answered, data = take(data, b"DONE")
        status, data = take(data, b"STAT")
        if answered != version or status != 0:
            return None
        for name in b"SERR", b"SOUT", b"DOTO":
            size, data = take(data, name)
            if len(data) < size:
                return None
            body, data = data[:size], data[size:]
            if version > 1:
                body = lzo.decode(body)
        return body
    except (ValueError, IndexError):
        return None


class MutatedReply(ClientTestCase):
    def each_case(self):
        """(name, reply) for damaged replies in both versions."""
        self.ours_only(DISTCC)
        for version in 1, 2:
            self.version = version
            golden = [peer.reply(version, 0, b"", b"", b"object" * 50),
                      peer.reply(version, 0, b"warn", b"out", b"object"),
                      peer.reply(version, 0x100, b"error", b"")]
            for name, data in mutate.cases(golden, CASES // 2, SEED):
                yield "version %d, %s" % (version, name), data
                self.forget_blame()

    def test_damaged_replies(self):
        for name, data in self.each_case():
            with self.subTest(name):
                self.compile(self.answer(data))
                code = self.run_result.returncode
                self.assertGreaterEqual(code, 0, "ended by a signal")
                self.assertEqual(code, 0, self.run_result.stderr)
                self.assertIsNotNone(self.object)

    def test_damaged_replies_without_fallback(self):
        successes = 0
        for name, data in self.each_case():
            with self.subTest(name):
                self.compile(self.answer(data), DISTCC_FALLBACK="0")
                code = self.run_result.returncode
                self.assertGreaterEqual(code, 0, "ended by a signal")
                right = object_in(data, self.version) if code == 0 else None
                self.assertEqual(self.object, right,
                                 self.run_result.stderr)
                self.assertEqual(code == 0, self.object is not None)
                successes += code == 0
        # What is damaged in the object alone cannot be told from a whole one.
        self.assertGreater(successes, 0)


if __name__ == "__main__":
    unittest.main()
