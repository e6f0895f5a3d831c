#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Clients that take what others wait for, and workers that do not go: a
modest client is served all the same, and soon."""

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import threading
import unittest
import urllib.request

import peer
from under_test import Daemon, TestCase, wait_until, PATH, SOON

WORDS = ["gcc", "-c", "x.c", "-o", "x.o"]
SMALL = peer.request(1, WORDS, b"int x;\n")
# An object that no socket's buffers have room for.
LARGE = peer.request(1, WORDS, b"char x[20000000] = { 1 };\n")
MODEST = "127.0.0.1"
UNFAIR = "127.0.0.3"


def children(pid):
    with open("/proc/%d/task/%d/children" % (pid, pid),
              encoding="ascii") as f:
        return [int(word) for word in f.read().split()]


def state_of(pid):
    with open("/proc/%d/stat" % pid, encoding="utf-8") as f:
        return f.read().rsplit(")", 1)[1].split()[0]


def sleeps_of(pid):
    """How often it has waited for something."""
    with open("/proc/%d/status" % pid, encoding="ascii") as f:
        return int(f.read().split("\nvoluntary_ctxt_switches:")[1].split()[0])


def limit_files(pid, soft):
    """Sets how many files a daemon may open; returns how many it might."""
    code = ("import resource, sys; pid, soft = map(int, sys.argv[1:]); "
            "old = resource.prlimit(pid, resource.RLIMIT_NOFILE); "
            "resource.prlimit(pid, resource.RLIMIT_NOFILE, (soft, old[1])); "
            "print(old[0])")
    user = {}
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid,
                "extra_groups": []}
    return int(subprocess.run(
        ["/usr/bin/env", "python3", "-c", code, str(pid), str(soft)],
        stdout=subprocess.PIPE, check=True, env={"PATH": PATH}, **user).stdout)


class Unfair(TestCase):
    def setUp(self):
        self.ours_only()

    def start(self, *options):
        daemon = Daemon("--jobs", "1", "--receivers", "1", "--drain-time",
                        "1", "--allow", UNFAIR, *options,
                        DISTCC_IO_TIMEOUT="300")
        self.addCleanup(daemon.__exit__, None, None, None)
        return daemon

    def connect(self, daemon, source, data):
        sock = socket.socket()
        self.addCleanup(sock.close)
        sock.settimeout(2 * SOON)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.bind((source, 0))
        sock.connect(("127.0.0.1", daemon.port))
        sock.sendall(data)
        return sock

    def compile(self, daemon):
        with self.connect(daemon, MODEST, SMALL) as sock:
            return peer.parse_reply(peer.read_all(sock)).status

    def await_log(self, daemon, text, count):
        self.assertTrue(wait_until(lambda: daemon.log().count(text) >= count),
                        daemon.log())

    def test_who_does_not_read_its_answer_makes_room(self):
        daemon = self.start()
        for _ in range(2):
            self.connect(daemon, UNFAIR, LARGE)
        self.await_log(daemon, "completed ok", 2)
        self.assertEqual(self.compile(daemon), 0)
        self.await_log(daemon, "makes room for one", 1)

    def test_a_worker_that_does_not_go_is_ended(self):
        daemon = self.start()
        for _ in range(2):
            self.connect(daemon, UNFAIR, SMALL[:20])
        self.await_log(daemon, "connection from " + UNFAIR, 2)
        workers = children(daemon.pid)
        for pid in workers:
            os.kill(pid, signal.SIGSTOP)
        self.assertTrue(wait_until(
            lambda: all(state_of(pid) == "T" for pid in workers)))
        self.assertEqual(self.compile(daemon), 0)
        for pid in workers:
            try:
                os.kill(pid, signal.SIGCONT)
            except ProcessLookupError:
                pass

    def test_nobody_is_lost_with_one_that_is_sent_away(self):
        daemon = self.start()
        answers = []

        def ask():
            try:
                answers.append(self.compile(daemon))
            except (OSError, ValueError) as error:
                answers.append(error)

        # All are of one address, and so would have the same worker.
        for _ in range(4):
            silent = [self.connect(daemon, MODEST, SMALL[:20])
                      for _ in range(2)]
            self.await_log(daemon, "connection from", len(answers) + 2)
            threads = [threading.Thread(target=ask) for _ in range(6)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            for sock in silent:
                sock.close()
        self.assertEqual(answers, 24 * [0], daemon.log())

    def test_hangups_without_end_hold_up_nobody(self):
        daemon = self.start()
        self.assertEqual(self.compile(daemon), 0)
        ended = threading.Event()

        def hang_up():
            while not ended.is_set():
                os.kill(daemon.pid, signal.SIGHUP)

        storm = threading.Thread(target=hang_up)
        storm.start()
        try:
            for _ in range(5):
                self.assertEqual(self.compile(daemon), 0)
        finally:
            ended.set()
            storm.join()
        self.assertEqual(self.compile(daemon), 0)

    def test_who_cleans_up_in_tmpdir_does_not_end_the_service(self):
        daemon = self.start()
        self.assertEqual(self.compile(daemon), 0)
        (left,) = os.listdir(daemon.place.path("spool"))
        shutil.rmtree(daemon.place.path("spool", left))
        self.assertEqual(self.compile(daemon), 0)
        self.await_log(daemon, "was removed, and is made again", 1)

    def test_a_shortage_of_descriptors_passes_and_fills_no_log(self):
        daemon = self.start()
        self.assertEqual(self.compile(daemon), 0)
        before = limit_files(daemon.pid, 5)
        with self.connect(daemon, MODEST, SMALL) as sock:
            self.await_log(daemon, "cannot accept clients", 1)
            looked = sleeps_of(daemon.pid)
            self.assertTrue(wait_until(
                lambda: sleeps_of(daemon.pid) > looked + 6))
            limit_files(daemon.pid, before)
            self.assertEqual(peer.parse_reply(peer.read_all(sock)).status, 0)
        self.assertEqual(daemon.log().count("cannot accept clients"), 1)

    def test_statistics_see_the_end_of_a_shortage(self):
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))
            stats_port = sock.getsockname()[1]
        daemon = self.start("--stats", "--stats-port", str(stats_port))
        url = "http://127.0.0.1:%d/status.json" % stats_port

        def is_short():
            with urllib.request.urlopen(url, timeout=SOON) as answer:
                return json.load(answer)["short_of"] is not None

        self.assertEqual(self.compile(daemon), 0)
        self.configure(daemon, "min-free-memory 100000000\n")
        self.assertNotEqual(self.compile(daemon), 0)
        self.assertTrue(wait_until(is_short))
        self.configure(daemon, "")
        self.assertTrue(wait_until(lambda: not is_short()))

    def configure(self, daemon, text):
        count = daemon.log().count("read the configuration again")
        with open(daemon.place.path("no-options"), "w",
                  encoding="ascii") as f:
            f.write(text)
        os.kill(daemon.pid, signal.SIGHUP)
        self.await_log(daemon, "read the configuration again", count + 1)


if __name__ == "__main__":
    unittest.main()
