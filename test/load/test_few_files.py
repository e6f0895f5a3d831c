# SPDX-License-Identifier: GPL-2.0-or-later
"""A daemon that may hardly open a file serves all who come: nobody is turned
away who can wait, and no idle worker keeps a place that another needs."""

import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import generator  # noqa: E402
import under_test  # noqa: E402

FILES = 40


class Daemon(under_test.Daemon):

    def prepare(self):
        self.command = ["/bin/sh", "-c", 'ulimit -n "$0"; exec "$@"',
                        str(FILES), *self.command]


class FewFiles(under_test.TestCase):

    def test_more_clients_than_files(self):
        self.ours_only()
        place = under_test.Place()
        self.addCleanup(place.remove)
        compiler = generator.Compiler(place.path("work"))
        with Daemon("--jobs", "4", "--allow", "127.0.0.0/8",
                    DISTCC_CMDLIST=compiler.list,
                    DISTCC_IO_TIMEOUT="50") as daemon:
            figures = generator.run(
                daemon.port, compiler.request(place.path("request"), 2000),
                jobs=400, clients=2 * FILES, sources=2 * FILES, deadline=50,
                object=compiler.object)
        self.assertEqual(figures["ok"], 400, figures)


unittest.main()
