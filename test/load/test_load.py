# SPDX-License-Identifier: GPL-2.0-or-later
"""The load generator tells the ends of jobs apart, and loses none."""

import contextlib
import os
import socket
import struct
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import generator  # noqa: E402
import peer  # noqa: E402
import under_test  # noqa: E402


def reset(sock):
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                    struct.pack("ii", 1, 0))


class Endings(unittest.TestCase):
    """Servers of each kind, and what is said of them."""

    def setUp(self):
        self.place = under_test.Place()
        self.addCleanup(self.place.remove)
        self.request = generator.write(
            self.place.path("request"),
            peer.request(1, ["cc", "-c", "x.c"], b"int x;\n" * 1000))
        self.object = generator.write(self.place.path("object"), b"good")

    def check(self, ending, behave, count=20, **options):
        server = under_test.Server(behave)
        self.addCleanup(server.close)
        figures = generator.run(
            server.port, self.request, timeout=60, jobs=count, clients=4,
            sources=8, **dict({"deadline": 40}, **options))
        self.assertEqual({name: figures[name] for name in generator.ENDINGS
                          if figures[name]}, {ending: count})
        started = [one["started"] for one in figures["sources"]]
        self.assertEqual(sum(started), count)
        self.assertLessEqual(max(started) - min(started), 1)
        self.assertEqual(server.errors, [])

    def answer(self, data):
        def behave(sock):
            peer.read_request(sock)
            sock.sendall(data)
        return behave

    def test_a_reply(self):
        good = peer.reply(1, obj=b"good")
        self.check("ok", self.answer(good))
        self.check("ok", self.answer(good), object=self.object)
        self.check("ok", self.answer(good), head_delay=5, body_delay=5)

    def test_a_balancer_s_header(self):
        header = b"PROXY TCP4 127.0.9.9 127.0.0.1 5000 3632\r\n"
        heads = []

        def behave(sock):
            heads.append(sock.recv(len(header), socket.MSG_WAITALL))
            peer.read_request(sock)
            sock.sendall(peer.reply(1, obj=b"good"))
        with open(self.request, "rb") as f:
            data = f.read()
        generator.write(self.request, header + data)
        self.check("ok", behave, object=self.object, body_delay=5)
        self.assertEqual(heads, [header] * 20)

    def test_a_reply_in_pieces(self):
        def behave(sock):
            peer.read_request(sock)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for byte in peer.reply(1, 0, b"words", b"more", b"good"):
                sock.send(bytes([byte]))
        self.check("ok", behave, object=self.object)

    def test_other_objects(self):
        for data in b"bad!", b"goo", b"good.", b"":
            self.check("wrong", self.answer(peer.reply(1, obj=data)),
                       object=self.object)

    def test_a_status(self):
        self.check("status", self.answer(peer.reply(1, 0x100, b"no")))
        self.check("busy", self.answer(peer.reply(1, 242 << 8, b"no")))

    def test_less_than_a_reply(self):
        for end in 0, 5, 30:
            self.check("closed", self.answer(peer.reply(1)[:end]))

    def test_noise(self):
        self.check("wrong", self.answer(b"HTTP/1.0 200 OK\r\n"))
        self.check("wrong", self.answer(peer.reply(1) + b"x"))

    def test_a_reset(self):
        def behave(sock):
            with contextlib.suppress(OSError):
                sock.recv(10)
            reset(sock)
        self.check("reset", behave)

    def test_silence(self):
        def behave(sock):
            peer.read_request(sock)
            sock.recv(1)
        self.check("timeout", behave, count=4, deadline=1)

    def test_nobody(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            figures = generator.run(s.getsockname()[1], self.request,
                                    jobs=10, clients=3)
        self.assertEqual(figures["refused"], 10)


unittest.main()
