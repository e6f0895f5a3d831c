#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Peers that stop, crawl, leave or babble: distccd waits for none of them
longer than it should, and no compiler outlives its client."""

import os
import socket
import time
import unittest

import peer
from test_golden_request import PLAIN, SOURCE
from under_test import Daemon, TestCase, wait_until, SOON

WAITER = """#!/bin/sh
[ -e {mark}.crash ] && kill -SEGV $$
: >{mark}.started
trap '' TERM
while [ -e {mark} ]; do sleep 0.05; done
exec gcc "$@"
"""


class SlowRequest(TestCase):
    def setUp(self):
        self.ours_only()

    def start(self, *options):
        daemon = Daemon(*options)
        self.addCleanup(daemon.__exit__, None, None, None)
        return daemon

    def start_waiter(self, *options):
        """A daemon with a compiler that waits until it is released."""
        daemon = WaiterDaemon(*options)
        self.addCleanup(daemon.__exit__, None, None, None)
        return daemon

    def let_go(self, sock):
        """The peer closes by itself, in time."""
        sock.settimeout(SOON)
        try:
            return peer.read_all(sock)
        except ConnectionResetError:
            return b""

    def test_a_silent_peer_is_let_go(self):
        daemon = self.start()
        for size in 0, 1, 11, 12, 30, len(PLAIN) - 1:
            with self.subTest(size=size), daemon.connect() as sock:
                sock.sendall(PLAIN[:size])
                answer = self.let_go(sock)
                if answer:
                    self.assertNotEqual(peer.parse_reply(answer).status, 0)

    def test_many_silent_peers_do_not_stop_the_service(self):
        daemon = self.start("--jobs", "4")
        silent = [daemon.connect() for _ in range(40)]
        reply = peer.parse_reply(daemon.ask(PLAIN, 40))
        self.assertEqual(reply.status, 0)
        for sock in silent:
            sock.close()

    def test_a_peer_that_does_not_read_is_let_go(self):
        daemon = self.start()
        source = b"char big[16 << 20] = { 1 };\n"
        with socket.socket() as sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sock.connect(("127.0.0.1", daemon.port))
            sock.sendall(peer.request(1, ["gcc", "-c", "x.c"], source))
            self.assertTrue(wait_until(lambda: "client:" in daemon.log()),
                            daemon.log())
        self.assertTrue(wait_until(
            lambda: not daemon.job_files()))

    def test_a_client_that_leaves_takes_the_compiler_along(self):
        daemon = self.start_waiter()
        for leave in (lambda s: s.close(), peer.reset,
                      lambda s: s.shutdown(socket.SHUT_WR)):
            sock = daemon.connect()
            sock.sendall(daemon.job())
            self.assertTrue(wait_until(daemon.compiler_runs))
            leave(sock)
            self.assertTrue(wait_until(
                lambda: not daemon.compiler_processes()))
            sock.close()
            daemon.forget_start()
        self.assertTrue(wait_until(
            lambda: not daemon.job_files()))

    def test_stray_bytes_do_not_harm_the_job(self):
        daemon = self.start_waiter()
        with daemon.connect() as sock:
            sock.sendall(daemon.job())
            self.assertTrue(wait_until(daemon.compiler_runs))
            sock.sendall(b"stray")
            time.sleep(0.2)
            self.assertTrue(daemon.compiler_processes())
            daemon.release()
            reply = peer.parse_reply(peer.read_all(sock))
        self.assertEqual(reply.status, 0)
        self.assertEqual(reply.stderr, b"")

    def test_a_flood_of_stray_bytes_is_not_stored(self):
        daemon = self.start_waiter()
        with daemon.connect() as sock:
            sock.sendall(daemon.job())
            self.assertTrue(wait_until(daemon.compiler_runs))
            sock.settimeout(2)
            try:
                for _ in range(100):
                    sock.sendall(b"s" * 1000000)
            except OSError:
                pass  # not read, or cut off: both are fine
            daemon.release()
        self.assertTrue(wait_until(
            lambda: not daemon.compiler_processes()))

    def test_a_signal_is_told_as_a_signal(self):
        daemon = self.start_waiter()
        with open(daemon.mark + ".crash", "wb"):
            pass
        reply = peer.parse_reply(daemon.ask(daemon.job()))
        self.assertEqual(reply.status & 0x7f, 11)
        self.assertEqual(reply.object, b"")

    def test_a_lifetime_is_kept(self):
        daemon = self.start_waiter("--job-lifetime", "1")
        start = time.monotonic()
        reply = peer.parse_reply(daemon.ask(daemon.job()))
        self.assertEqual(reply.status, 118 << 8)
        self.assertLess(time.monotonic() - start, 10)
        self.assertEqual(daemon.compiler_processes(), [])


class WaiterDaemon(Daemon):
    """Its compiler waits as long as the file self.mark exists."""

    def prepare(self):
        self.mark = self.place.path("spool.mark", "wait")
        os.mkdir(self.place.path("spool.mark"))
        os.chmod(self.place.path("spool.mark"), 0o1777)
        with open(self.mark, "wb"):
            pass
        self.compiler = self.place.path("waitcc")
        with open(self.compiler, "w", encoding="ascii") as f:
            f.write(WAITER.format(mark=self.mark))
        os.chmod(self.compiler, 0o755)
        with open(self.place.path("list"), "w", encoding="ascii") as f:
            f.write(self.compiler + "\n")
        self.env["DISTCC_CMDLIST"] = self.place.path("list")

    def job(self):
        return peer.request(1, ["waitcc", "-c", "x.c", "-o", "x.o"], SOURCE)

    def release(self):
        os.unlink(self.mark)

    def compiler_runs(self):
        return os.path.exists(self.mark + ".started")

    def forget_start(self):
        os.unlink(self.mark + ".started")

    def compiler_processes(self):
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/cmdline" % pid, "rb") as f:
                    if self.compiler.encode() in f.read().split(b"\0"):
                        found.append(pid)
            except OSError:
                pass
        return found


if __name__ == "__main__":
    unittest.main()
