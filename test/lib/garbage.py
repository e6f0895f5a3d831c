# SPDX-License-Identifier: GPL-2.0-or-later
"""A server that is none.

usage: garbage.py PORTFILE KIND

Listens on 127.0.0.1, writes the port into PORTFILE, and then, to each client:
KIND "noise" sends bytes that are no protocol's, "silent" nothing,
"escapes" a refusal whose words would clear a terminal, and "busy" that it has
no room.
"""

import os
import socket
import sys

BUSY = b"distccd: 7 jobs are running\n"
WORDS = b"\x1b[2Jyou \x9b31mare\x07 not\r welcome \xc2\x9b0m"
ANSWERS = {
    "noise": b"\x1b[31mHTTP/1.1 400 Bad Request\r\n\r\n" * 3,
    "silent": b"",
    "escapes": b"DONE00000001STAT0000f100SERR%08x%sSOUT00000000DOTO00000000"
    % (len(WORDS), WORDS),
    "busy": b"DONE00000001STAT0000f200SERR%08x%sSOUT00000000DOTO00000000"
    % (len(BUSY), BUSY),
}


def read_job(client):
    """Reads what comes until a pause, so that a close is no reset."""
    client.settimeout(0.3)
    try:
        while client.recv(65536):
            pass
    except OSError:
        pass


def main():
    portfile, kind = sys.argv[1], sys.argv[2]
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("127.0.0.1", 0))
    listener.listen(16)
    with open(portfile + ".new", "w", encoding="ascii") as out:
        out.write("%d\n" % listener.getsockname()[1])
    os.rename(portfile + ".new", portfile)
    kept = []
    while True:
        client, _ = listener.accept()
        if kind == "silent":
            kept.append(client)
            continue
        read_job(client)
        client.sendall(ANSWERS[kind])
        client.close()


main()
