# SPDX-License-Identifier: GPL-2.0-or-later
"""A service manager's ear: notified.py SOCKET FILE [abstract]. Appends each
datagram that comes to SOCKET to FILE, as one line, until it is killed."""

import os
import socket
import sys

path, out = sys.argv[1:3]
sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
sock.bind(path)
os.chmod(path, 0o777)
with open(out, "w", encoding="ascii") as f:
    f.write("listening\n")
    f.flush()
    while True:
        f.write(sock.recv(4096).decode().replace("\n", " ") + "\n")
        f.flush()
