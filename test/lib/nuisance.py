# SPDX-License-Identifier: GPL-2.0-or-later
"""Is a nuisance to an HTTP server on this machine, until its input ends.

usage: nuisance.py PORT

From 127.0.0.1: opens 200 connections that say nothing, connections whose
request trickles in, and some with heads that are far too big. Prints a line
when all that is under way, and another when the trickling ones were ended.
"""

import select
import socket
import sys
import time


def connect(port):
    peer = socket.create_connection(("127.0.0.1", port), timeout=30)
    peer.setblocking(False)
    return peer


def send(peer, data):
    """What the server does with a peer is the server's affair."""
    try:
        peer.send(data)
    except OSError:
        pass


def is_open(peer):
    try:
        return peer.recv(4096) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def main():
    port = int(sys.argv[1])
    big = [connect(port) for _ in range(8)]
    for peer in big:
        send(peer, b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 100000)
    slow = [connect(port) for _ in range(8)]
    for peer in slow:
        send(peer, b"GET /met")
    idle = [connect(port) for _ in range(200)]
    print("%d connections" % len(big + slow + idle), flush=True)
    while not select.select([sys.stdin], [], [], 0)[0]:
        for peer in slow:
            send(peer, b"r")
        if slow and not any(is_open(peer) for peer in slow):
            print("the slow ones were ended", flush=True)
            slow = []
        for peer in big:
            send(peer, b"X: y\r\n" * 1000)
        time.sleep(0.02)


main()
