#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""PROXY headers (HAProxy's protocol, versions 1 and 2) from a listed balancer
say who the client is; from anybody else they are no request."""

import socket
import struct
import unittest

import peer
from test_golden_request import PLAIN
from under_test import Daemon, TestCase, wait_until, SOON

BALANCER = "127.0.0.1"
OTHER = "127.0.0.2"
CLIENT = "198.51.100.7"
CLIENT6 = "2001:db8::7"
SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"


def line(client=CLIENT, port=50000):
    kind = "TCP6" if ":" in client else "TCP4"
    to = "::1" if ":" in client else "127.0.0.1"
    return ("PROXY %s %s %s %d 3632\r\n" % (kind, client, to, port)).encode()


def binary(command, family=0, body=b""):
    return SIGNATURE + struct.pack("!BBH", 0x20 | command, family,
                                   len(body)) + body


def binary_of(client=CLIENT, port=50000, more=b""):
    kind = socket.AF_INET6 if ":" in client else socket.AF_INET
    here = "::1" if ":" in client else "127.0.0.1"
    return binary(1, 0x21 if ":" in client else 0x11,
                  socket.inet_pton(kind, client) +
                  socket.inet_pton(kind, here) +
                  struct.pack("!HH", port, 3632) + more)


LOCAL = binary(0)


class Proxy(TestCase):
    def setUp(self):
        self.ours_only()

    def start(self, *options):
        daemon = Daemon("--proxy-from", BALANCER, "--allow", OTHER, "--allow",
                        "198.51.100.0/24", "--allow", "2001:db8::/32",
                        *options)
        self.addCleanup(daemon.__exit__, None, None, None)
        return daemon

    def connect(self, daemon, source=BALANCER):
        sock = socket.create_connection(("127.0.0.1", daemon.port), SOON,
                                        (source, 0))
        self.addCleanup(sock.close)
        return sock

    def answer(self, sock):
        """What comes until the daemon closes, which it does in time."""
        try:
            return peer.read_all(sock)
        except ConnectionResetError:
            return b""

    def ask(self, daemon, data, source=BALANCER):
        sock = self.connect(daemon, source)
        try:
            sock.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass
        return self.answer(sock)

    def await_log(self, daemon, text):
        self.assertTrue(wait_until(lambda: text in daemon.log()),
                        "the log lacks %r:\n%s" % (text, daemon.log()))

    def succeed(self, daemon, data, source=BALANCER):
        self.assertEqual(
            peer.parse_reply(self.ask(daemon, data, source)).status, 0)

    def refuse(self, daemon, data, source=BALANCER):
        """Nothing is served, and nothing is said to it."""
        self.assertEqual(self.ask(daemon, data, source), b"")
        self.assertNotIn("COMPILE_OK", daemon.log())

    def test_the_log_has_the_address_of_the_header(self):
        daemon = self.start()
        for i, header in enumerate((line(port=50001), binary_of(port=50002),
                                    binary_of(port=50003,
                                              more=b"\4\0\5abcde"))):
            with self.subTest(header=header):
                self.succeed(daemon, header + PLAIN)
                self.await_log(daemon, "client: %s:%d COMPILE_OK" %
                               (CLIENT, 50001 + i))
        for header in line(CLIENT6, 50005), binary_of(CLIENT6, 50006):
            with self.subTest(header=header):
                self.succeed(daemon, header + PLAIN)
        self.await_log(daemon, "client: [%s]:50005 COMPILE_OK" % CLIENT6)
        self.await_log(daemon, "client: [%s]:50006 COMPILE_OK" % CLIENT6)

    def test_mapped_addresses_are_those_of_ipv4(self):
        daemon = self.start()
        self.succeed(daemon, line("::ffff:" + CLIENT) + PLAIN)
        self.await_log(daemon, "client: %s:50000 COMPILE_OK" % CLIENT)

    def test_access_rules_hold_for_the_address_of_the_header(self):
        daemon = self.start()
        for address in "203.0.113.9", "2001:db9::1":
            for header in line(address), binary_of(address):
                with self.subTest(header=header):
                    self.refuse(daemon, header + PLAIN)
            self.await_log(daemon, address)
        self.assertIn("denied", daemon.log())

    def test_others_may_not_say_who_they_are(self):
        daemon = self.start()
        for header in line(), binary_of(), LOCAL:
            with self.subTest(header=header):
                answer = self.ask(daemon, header + PLAIN, OTHER)
                if answer:
                    self.assertNotEqual(peer.parse_reply(answer).status, 0)
        self.await_log(daemon, OTHER)
        self.assertTrue(wait_until(
            lambda: daemon.log().count("REJ_BAD_REQ") == 3), daemon.log())
        self.assertNotIn(CLIENT, daemon.log())
        self.assertNotIn("COMPILE_OK", daemon.log())
        self.succeed(daemon, PLAIN, OTHER)

    def test_a_balancer_must_say_who_the_client_is(self):
        daemon = self.start()
        for data in (PLAIN, b" " + line() + PLAIN, line()[:-2] + PLAIN,
                     binary(2) + PLAIN, binary(1, 0x11, b"short") + PLAIN,
                     b"PROXY UNKNOWN " + 200 * b"x" + b"\r\n" + PLAIN,
                     binary(1, 0x11, 60000 * b"x") + PLAIN):
            with self.subTest(data=data[:60]):
                self.refuse(daemon, data)
        self.succeed(daemon, line() + PLAIN)

    def test_a_connection_may_speak_for_itself(self):
        daemon = self.start()
        for header in LOCAL, binary(1), b"PROXY UNKNOWN\r\n":
            with self.subTest(header=header):
                self.succeed(daemon, header + PLAIN)
        self.await_log(daemon, "client: %s:" % BALANCER)

    def test_a_health_check_is_no_trouble(self):
        daemon = self.start()
        for _ in range(3):
            self.connect(daemon).sendall(LOCAL)
            self.connect(daemon).close()
            with self.connect(daemon) as sock:
                sock.sendall(LOCAL)
        self.succeed(daemon, line() + PLAIN)
        for text in "ERROR", "REJ_BAD_REQ":
            self.assertNotIn(text, daemon.log())

    def test_a_header_may_come_in_pieces(self):
        daemon = self.start()
        for header in line(), binary_of():
            with self.subTest(header=header), self.connect(daemon) as sock:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for i in range(len(header)):
                    sock.sendall(header[i:i + 1])
                sock.sendall(PLAIN)
                self.assertEqual(peer.parse_reply(self.answer(sock)).status,
                                 0)

    def test_a_header_that_stops_is_let_go_and_holds_up_nobody(self):
        daemon = self.start("--jobs", "1")
        slow = []
        for header in line(), binary_of():
            for size in 0, 1, 11, 13, len(header) - 1:
                slow.append(self.connect(daemon))
                slow[-1].sendall(header[:size])
        self.succeed(daemon, line() + PLAIN)
        for sock in slow:
            self.assertEqual(self.answer(sock), b"")

    def test_a_header_that_is_cut_short_is_dropped(self):
        daemon = self.start()
        for size in range(1, len(binary_of()), 5):
            with self.connect(daemon) as sock:
                sock.sendall(binary_of()[:size])
                sock.shutdown(socket.SHUT_WR)
                self.assertEqual(self.answer(sock), b"")
        self.succeed(daemon, line() + PLAIN)


if __name__ == "__main__":
    unittest.main()
