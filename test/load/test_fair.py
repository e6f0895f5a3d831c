# SPDX-License-Identifier: GPL-2.0-or-later
"""More clients than a daemon can serve at once: all are served, and the many
of one address do not keep the few of others waiting. Counts what happened
before what; no clock decides."""

import contextlib
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import generator  # noqa: E402
import under_test  # noqa: E402

JOBS = 2
DEADLINE = 200


class Fair(under_test.TestCase):

    def setUp(self):
        self.ours_only()
        self.place = under_test.Place()
        self.addCleanup(self.place.remove)
        self.compiler = generator.Compiler(self.place.path("work"))
        self.request = self.compiler.request(self.place.path("request"),
                                             2000)

    def load(self, prepare=None, **options):
        with under_test.Daemon("--jobs", str(JOBS), "--receivers", str(JOBS),
                               "--allow", "127.0.0.0/8",
                               DISTCC_CMDLIST=self.compiler.list,
                               DISTCC_IO_TIMEOUT="200") as daemon:
            if prepare:
                prepare(daemon)
            figures = generator.run(
                daemon.port, self.request, deadline=DEADLINE,
                object=self.compiler.object, **options)
        self.assertEqual(figures["ok"], figures["started"], figures)
        return figures

    def test_ten_times_more_clients_than_slots(self):
        figures = self.load(jobs=400, clients=10 * JOBS, sources=8)
        self.assertEqual(figures["ok"], 400)

    def test_clients_that_take_their_time(self):
        """They connect, say their command, and preprocess."""
        self.load(jobs=200, clients=10 * JOBS, sources=8, body_delay=20)

    def test_silent_connections_of_the_same_address(self):
        """They make room, and their workers take nobody with them."""
        silent = contextlib.ExitStack()
        self.addCleanup(silent.close)

        def come(daemon):
            for _ in range(2 * JOBS):
                sock = silent.enter_context(daemon.connect())
                sock.sendall(b"DIST00000001")
        self.load(come, jobs=20, clients=4, sources=1)

    def test_many_connections_of_one_address(self):
        """Of 50 clients at one address and one at each of seven others, all
        eight addresses have a turn before one has its next, more or less:
        while a modest one's job is there, at most two turns of the others
        end, what runs already, and what was already taken from the greedy
        one to be compiled next."""
        self.compiler.take(10)
        figures = self.load(jobs=500, shares="50,1,1,1,1,1,1,1", sources=8)
        greedy, *modest = figures["sources"]
        for one in modest:
            # Whoever is served at its first attempt had no turn to wait for.
            self.assertGreater(one["ok"], 1, figures)
            self.assertLessEqual(one["overtaken"], 2 * 8 + 4 * JOBS, figures)
        # Nobody waits for nothing: what the others leave is the greedy one's.
        self.assertGreater(greedy["ok"], max(one["ok"] for one in modest) / 2,
                           figures)


unittest.main()
