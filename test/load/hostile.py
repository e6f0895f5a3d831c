# SPDX-License-Identifier: GPL-2.0-or-later
"""Peers that no daemon wants, and clients that are out of luck.

Each kind is a thread that goes on until it is stopped. None of them cares for
what becomes of it; what they did is counted, so that a soak can tell that it
was one.
"""

import contextlib
import os
import random
import signal
import socket
import struct
import subprocess
import threading

import generator  # noqa: F401  (finds the folder of peer and lzo)
import lzo
import peer

# Addresses from here on are theirs alone.
FIRST = "127.0.1."
LINGER = struct.pack("ii", 1, 0)


class Peer(threading.Thread):
    """One kind; a subclass says what it does once, or for how long."""

    addresses = 4
    pause = 0.02

    def __init__(self, port, seed):
        super().__init__(daemon=True)
        self.port = port
        self.random = random.Random("%s %s" % (seed, type(self).__name__))
        self.ended = threading.Event()
        self.count = 0

    def connect(self):
        sock = socket.socket()
        sock.settimeout(5)
        address = FIRST + str(1 + self.random.randrange(self.addresses))
        try:
            sock.bind((address, 0))
            sock.connect(("127.0.0.1", self.port))
        except OSError:
            sock.close()
            raise
        self.count += 1
        return sock

    def run(self):
        while not self.ended.wait(self.pause):
            with contextlib.suppress(OSError):
                self.once()

    def once(self):
        raise NotImplementedError

    def stop(self):
        self.ended.set()
        self.join(60)


def a_request(version=1, size=20000):
    return peer.request(version, ["noopcc", "-c", "x.c", "-o", "x.o"],
                        generator.source(size))


class Cut(Peer):
    """Its connection breaks anywhere, with a reset."""

    def once(self):
        data = a_request(self.random.choice((1, 2)))
        with self.connect() as sock:
            sock.sendall(data[:self.random.randrange(len(data) + 1)])
            self.ended.wait(self.random.random() / 50)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER)


class Garbage(Peer):
    """Bytes that are no request, and lengths that nobody has."""

    HUGE = [
        b"DIST00000001ARGCffffffff",
        b"DIST00000001ARGC00000001ARGVffffffff",
        b"DIST00000001ARGC00004000",
        a_request()[:12] + peer.command(["noopcc", "-c", "x.c", "-o", "x.o"])
        + b"DOTIffffffff",
        a_request()[:12] + peer.command(["noopcc", "-c", "x.c", "-o", "x.o"])
        + b"DOTI3fffffff" + b"x" * 5000,
        peer.request(1, ["/bin/sh", "-c", "x.c", "-o", "x.o"], b"int x;"),
        b"GET / HTTP/1.0\r\n\r\n",
    ]

    def once(self):
        data = self.random.choice(
            self.HUGE + [self.random.randbytes(self.random.randrange(9000))])
        with self.connect() as sock:
            sock.sendall(data)
            sock.settimeout(0.5)
            sock.recv(4096)


class Bomb(Peer):
    """An LZO stream of a hundred kilobytes that stands for a gigabyte."""

    pause = 0.5
    data = b"DIST00000002" + \
        peer.command(["noopcc", "-c", "x.c", "-o", "x.o"])

    def once(self):
        bomb = lzo.bomb(1 << 30)
        with self.connect() as sock:
            sock.sendall(self.data + peer.token("DOTI", len(bomb)) + bomb)
            sock.recv(4096)


class HalfClosed(Peer):
    """Sends all or part of a request, says that this was all, and waits."""

    def once(self):
        data = a_request()
        end = self.random.choice((0, 5, len(data) // 2, len(data)))
        with self.connect() as sock:
            sock.sendall(data[:end])
            sock.shutdown(socket.SHUT_WR)
            sock.recv(4096)


class Crowd(Peer):
    """Many connections at a time that it tends to once a second."""

    size = 0
    pause = 1

    def __init__(self, port, seed):
        super().__init__(port, seed)
        self.socks = []

    def once(self):
        self.socks = [sock for sock in self.socks if self.tend(sock)]
        while len(self.socks) < self.size and not self.ended.is_set():
            self.socks.append(self.connect())

    def tend(self, sock):
        """Whether it is still there."""
        with contextlib.suppress(OSError):
            sock.setblocking(False)
            try:
                alive = sock.recv(4096) != b""
            except BlockingIOError:
                alive = True
            if alive and self.speak(sock):
                return True
        sock.close()
        return False

    def speak(self, sock):
        return True

    def run(self):
        super().run()
        for sock in self.socks:
            sock.close()


class Silent(Crowd):
    """They say nothing at all."""

    size = 200


class SlowHead(Crowd):
    """They send a byte of the head a second."""

    size = 20
    data = a_request()

    def __init__(self, port, seed):
        super().__init__(port, seed)
        self.sent = {}

    def speak(self, sock):
        at = self.sent.get(sock, 0)
        self.sent[sock] = at + 1
        return sock.send(self.data[at:at + 1]) == 1


class SlowBody(Crowd):
    """They send the head, and then a byte of the source a second."""

    size = 20
    head = a_request()[:200]

    def connect(self):
        sock = super().connect()
        sock.sendall(self.head)
        return sock

    def speak(self, sock):
        return sock.send(b"x") == 1


class Killed(Peer):
    """Clients, the real ones, that are killed at any moment."""

    pause = 0.1

    def __init__(self, port, seed, command, env, cwd):
        super().__init__(port, seed)
        self.command, self.env, self.cwd = command, env, cwd

    def once(self):
        client = subprocess.Popen(
            self.command + ["-o", "killed.o"], env=self.env, cwd=self.cwd,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True)
        self.count += 1
        self.ended.wait(self.random.random() / 8)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(client.pid, signal.SIGKILL)
        client.wait()


class Scraper(Peer):
    """Asks for statistics, and breaks off as it likes."""

    PATHS = (b"/", b"/metrics", b"/status.json", b"/" + b"x" * 9000)

    def once(self):
        with self.connect() as sock:
            sock.sendall(b"GET %s HTTP/1.0\r\n\r\n" %
                         self.random.choice(self.PATHS))
            if self.random.random() < 0.5:
                while sock.recv(65536):
                    pass


ATTACKS = (Cut, Garbage, Bomb, HalfClosed)
CROWDS = (Silent, SlowHead, SlowBody)
