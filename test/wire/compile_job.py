# SPDX-License-Identifier: GPL-2.0-or-later
"""One compile by the client under test, against a server of the test's own
making, with everything that the client may have left behind."""

import os
import subprocess
import threading

import peer
from under_test import DISTCC, PATH, Place, Server, TestCase, is_foreign

SOURCE = "int answer(void)\n{\n\treturn 42;\n}\n"
OLD = b"the object of an earlier compile"


def good_reply(version=1, obj=b"object from the server"):
    return peer.reply(version, 0, b"", b"", obj)


class ClientTestCase(TestCase):
    """compile() runs distcc in self.place and keeps its outcome."""

    version = 1

    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.remove)
        self.work = self.place.path("work")
        with open(os.path.join(self.work, "x.c"), "w",
                  encoding="ascii") as f:
            f.write(SOURCE)
        self.local = self.compile_locally()
        # A client that cannot go on must be told apart from one that hangs.
        self.release = threading.Event()
        self.addCleanup(self.release.set)

    def compile_locally(self):
        words = ["gcc", "-c", "x.c", "-o", "local.o"]
        subprocess.run(words, cwd=self.work, check=True,
                       env={"PATH": PATH, "LC_ALL": "C"})
        return self.take("local.o")

    def take(self, name):
        """The contents of a file, which is then removed; None: no file."""
        path = os.path.join(self.work, name)
        try:
            with open(path, "rb") as f:
                data = f.read()
        except FileNotFoundError:
            return None
        os.unlink(path)
        return data

    def compile(self, behave, old=None, **env):
        """Sets self.run (see subprocess) and self.object (None: no file)."""
        if old is not None:
            with open(os.path.join(self.work, "x.o"), "wb") as f:
                f.write(old)
        server = Server(behave)
        option = {1: "", 2: ",lzo"}[self.version]
        environment = dict(
            self.place.env, DISTCC_HOSTS="127.0.0.1:%d%s" % (
                server.port, option), **env)
        try:
            self.run_result = subprocess.run(
                [DISTCC, "gcc", "-c", "x.c", "-o", "x.o"], cwd=self.work,
                env=environment, stdin=subprocess.DEVNULL,
                capture_output=True, timeout=40, check=False)
        finally:
            server.close()
        self.served = server.served
        self.object = self.take("x.o")
        self.assertEqual(server.errors, [], "the request was malformed")
        self.check_nothing_is_left()

    def check_nothing_is_left(self):
        self.assertEqual(self.place.reports(), "")
        self.assertEqual(os.listdir(self.work), ["x.c"])
        if not is_foreign(DISTCC):
            self.assertEqual(self.place.files("tmp"), [])
            self.assertEqual(self.place.files("state", "state"), [])

    def answer(self, data):
        """A behaviour: takes the request, says data and closes."""
        def behave(sock):
            version, words, source = peer.read_request(sock)
            # After an object that is too large to be unpacked it may ask
            # for the same as it is.
            if version not in (1, self.version) or b"-c" not in words or \
                    b"answer" not in source:
                raise ValueError("another request: %r" % words)
            sock.sendall(data)
        return behave

    def check_fallback(self, behave, **env):
        """With such a server the right object is made here; and with
        fallbacks forbidden there is none, and the old one stays."""
        self.compile(behave, **env)
        self.assertEqual(self.run_result.returncode, 0,
                         self.run_result.stderr)
        self.assertEqual(self.object, self.local)
        self.assertIn(b"failed to distribute", self.run_result.stderr)
        self.assertGreater(self.served, 0)
        self.forget_blame()
        self.compile(behave, DISTCC_FALLBACK="0", old=OLD, **env)
        self.assertNotEqual(self.run_result.returncode, 0)
        self.assertGreater(self.run_result.returncode, 0, "a signal")
        self.assertEqual(self.object, OLD)
        self.forget_blame()

    def forget_blame(self):
        for name in self.place.files("state"):
            if os.path.basename(name).startswith("backoff_"):
                os.unlink(name)
