# SPDX-License-Identifier: GPL-2.0-or-later
"""Stands between a client and a daemon, and changes what the one hears of
the other.

usage: meddler.py PORTFILE PORT WAY

WAY: paths, system  another digest of these in SEEN
     old            nothing behind the dependencies, as distcc 3.x
     refuse         closes when sources come, as distcc 3.x refuses
     fail           says of sources that they do not compile
"""

import os
import socket
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "wire"))
import peer


def meddle(answer, way):
    at = answer.rfind(b"SEEN00000041")
    if at < 0 or way == "refuse":
        return answer
    if way == "old":
        return answer[:at]
    digit = at + 13 + (0 if way == "paths" else 32)
    other = b"1" if answer[digit:digit + 1] == b"0" else b"0"
    return answer[:digit] + other + answer[digit + 1:]


def forward(source, target):
    """Until the source closes; the target shall not notice."""
    try:
        while True:
            data = source.recv(65536)
            if not data:
                return
            target.sendall(data)
    except OSError:
        pass


def serve(client, port, way):
    with client:
        head = peer.read_exactly(client, 12)
        if head == b"DIST00000003" and way == "refuse":
            return
        if head == b"DIST00000003" and way == "fail":
            client.sendall(peer.reply(3, 0x100, b"x.c: no such file\n"))
            while client.recv(65536):
                pass
            return
        with socket.create_connection(("127.0.0.1", port)) as daemon:
            daemon.sendall(head)
            threading.Thread(target=forward, args=(client, daemon),
                             daemon=True).start()
            client.sendall(meddle(peer.read_all(daemon), way))
            # The other thread still reads: closing alone would say nothing.
            client.shutdown(socket.SHUT_RDWR)


def main():
    port_file, port, way = sys.argv[1:]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        with open(port_file + ".new", "w") as file:
            file.write("%d\n" % listener.getsockname()[1])
        os.rename(port_file + ".new", port_file)
        while True:
            client, _ = listener.accept()
            threading.Thread(target=serve, args=(client, int(port), way),
                             daemon=True).start()


main()
