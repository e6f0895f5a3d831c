# SPDX-License-Identifier: GPL-2.0-or-later
"""Listens at a Unix socket, as another user if one is given, and answers
every question with the same bytes, and a file of ten bytes. "ready" is
printed when it listens.

usage: fakeagent.py PATH ANSWER [UID]
"""

import contextlib
import os
import socket
import sys


def main():
    path, answer = sys.argv[1], sys.argv[2].encode()
    if len(sys.argv) > 3:
        os.setgid(int(sys.argv[3]))
        os.setuid(int(sys.argv[3]))
    segment = os.memfd_create("ten")
    os.write(segment, bytes(10))
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    os.chmod(path, 0o777)
    server.listen(10)
    print("ready", flush=True)
    while True:
        sock, _ = server.accept()
        with sock, contextlib.suppress(OSError):
            sock.recv(65536)
            socket.send_fds(sock, [answer], [segment])


main()
