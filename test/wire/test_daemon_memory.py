#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""How much memory distccd takes, at the most, whatever its peers send."""

import threading
import unittest

import lzo
import peer
from test_golden_request import SOURCE, WORDS
from under_test import (Daemon, TestCase, DISTCCD, has_sanitizer,
                        high_water, program_of)

MIB = 1024  # in the kernel's kB


class Watch:
    """Notes the highest high-water mark of the daemon's workers, which are
    those of its children that still run the daemon's own program. (Which
    that is, is asked each time: at first it is that of its launcher.)"""

    def __init__(self, daemon):
        self.pid = daemon.pid
        self.workers = 0
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.watch)

    def watch(self):
        path = "/proc/%d/task/%d/children" % (self.pid, self.pid)
        while not self.done.wait(0.001):
            with open(path, encoding="ascii") as f:
                children = f.read().split()
            for pid in children:
                if program_of(pid) == program_of(self.pid):
                    self.workers = max(self.workers, high_water(pid))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()


class DaemonMemory(TestCase):
    def setUp(self):
        self.ours_only()
        if has_sanitizer(DISTCCD):
            self.skipTest("a sanitizer takes memory of its own")
        # A reply may come after the longest compile that is asked for here.
        self.daemon = Daemon(DISTCC_IO_TIMEOUT="60").__enter__()
        self.addCleanup(self.daemon.__exit__, None, None, None)

    def ask(self, data):
        with Watch(self.daemon) as watch:
            try:
                answer = self.daemon.ask(data, 60)
            except ConnectionResetError:
                answer = b""
        self.assertLess(high_water(self.daemon.pid), 6 * MIB)
        return answer, watch.workers

    def test_a_plain_source_of_20_mb_is_streamed(self):
        line = b"/* a line of a comment, to be repeated many a time */\n"
        source = SOURCE + line * (20000000 // len(line))
        answer, workers = self.ask(peer.request(1, WORDS, source))
        self.assertEqual(peer.parse_reply(answer).status, 0)
        self.assertGreater(workers, 0, "no worker was seen")
        self.assertLess(workers, 4 * MIB)

    def test_a_plain_object_of_20_mb_is_streamed(self):
        source = b"char big[20000000] = { 1 };\n"
        answer, workers = self.ask(peer.request(1, WORDS, source))
        self.assertGreater(len(peer.parse_reply(answer).object), 20000000)
        self.assertGreater(workers, 0, "no worker was seen")
        self.assertLess(workers, 4 * MIB)

    def test_hostile_requests_stay_below_64_mib(self):
        head = peer.token("DIST", 2) + peer.command(WORDS)
        bomb = lzo.bomb(2 << 30)
        words = [b"gcc"] + [b"-D" + b"x" * 1000] * 20000
        for name, data in (
                ("bomb", head + peer.token("DOTI", len(bomb)) + bomb),
                ("words", peer.token("DIST", 1) + peer.command(words)),
                ("zeros", head + peer.token("DOTI", 8 << 20) +
                 b"\0" * (8 << 20)),
                ("word", peer.token("DIST", 1) + peer.token("ARGC", 1) +
                 peer.token("ARGV", 1 << 30) + b"x" * (4 << 20))):
            with self.subTest(name=name):
                _, workers = self.ask(data)
                self.assertLess(workers, 64 * MIB)


if __name__ == "__main__":
    unittest.main()
