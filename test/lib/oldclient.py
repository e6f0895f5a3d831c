# SPDX-License-Identifier: GPL-2.0-or-later
"""Asks an include server as distcc 3.x does, and prints what it would send:
"FILE NAME" and the content, indented, or "LINK NAME -> TARGET". Fails if the
answer is that the server does not know.

usage: oldclient.py SOCKET WORD...
"""

import os
import socket
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "wire"))

import lzo  # noqa: E402
import peer  # noqa: E402

PLACEHOLDER = "forcing_technique_271828"


def ask(path, words):
    sock = socket.socket(socket.AF_UNIX)
    sock.settimeout(30)
    sock.connect(path)
    sock.sendall(peer.string("CDIR", os.getcwd()) + peer.command(words))
    count, data = peer.take_token(peer.read_all(sock), b"ARGC")
    names = []
    for _ in range(count):
        size, data = peer.take_token(data, b"ARGV")
        names.append(data[:size].decode())
        data = data[size:]
    if data:
        raise ValueError("more came: %r" % data)
    return names


def own_name(path):
    name = "/" + path.split("/", 4)[4]
    for suffix in (".abs", ".lzo"):
        name = name.removesuffix(suffix)
    return name


def show(path):
    if os.path.islink(path):
        print("LINK %s -> %s" % (own_name(path), os.readlink(path)))
        return
    with open(path, "rb") as f:
        body = f.read()
    print("FILE " + own_name(path))
    if os.path.basename(path) == PLACEHOLDER:
        if body:
            raise ValueError("a placeholder with a body")
        return
    if body and not path.endswith((".lzo", ".lzo.abs")):
        raise ValueError("%s is not said to be compressed" % path)
    for line in lzo.decode(body).decode().splitlines():
        print("\t" + line)


def main():
    names = ask(sys.argv[1], sys.argv[2:])
    for name in names:
        show(name)
    sys.exit(not names)


main()
