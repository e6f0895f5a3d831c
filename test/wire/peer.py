# SPDX-License-Identifier: GPL-2.0-or-later
"""Both sides of the protocol, made of plain bytes.

Nothing here shares code with the programs under test: what these functions
write and read is the protocol as it is documented.
"""

import collections
import socket
import struct

import lzo

Reply = collections.namedtuple(
    "Reply", "version status stderr stdout object rest")


def token(name, value):
    return b"%s%08x" % (name.encode() if isinstance(name, str) else name,
                        value)


def string(name, text):
    data = text.encode() if isinstance(text, str) else text
    return token(name, len(data)) + data


def bulk(name, version, data):
    body = lzo.encode(data) if version > 1 else data
    return token(name, len(body)) + body


def command(words):
    return token("ARGC", len(words)) + b"".join(
        string("ARGV", word) for word in words)


def request(version, words, source):
    return token("DIST", version) + command(words) + \
        bulk("DOTI", version, source)


def reply(version, status=0, stderr=b"", stdout=b"", obj=b""):
    return token("DONE", version) + token("STAT", status) + \
        bulk("SERR", version, stderr) + bulk("SOUT", version, stdout) + \
        bulk("DOTO", version, obj)


def take_token(data, name):
    if len(data) < 12 or data[:4] != name:
        raise ValueError("%r and not %r" % (data[:12], name))
    if data[4:12].lower() != data[4:12]:
        raise ValueError("%r is not in lower case" % data[:12])
    return int(data[4:12], 16), data[12:]


def parse_reply(data):
    """A whole reply; ValueError says what is wrong with it."""
    version, data = take_token(data, b"DONE")
    status, data = take_token(data, b"STAT")
    bodies = []
    for name in (b"SERR", b"SOUT", b"DOTO"):
        size, data = take_token(data, name)
        if len(data) < size:
            raise ValueError("%r is cut short" % name)
        body, data = data[:size], data[size:]
        bodies.append(lzo.decode(body) if version > 1 else body)
    return Reply(version, status, *bodies, data)


def read_all(sock):
    """What comes until the peer closes. A reset in place of a close is an
    error: it could have destroyed what was sent before."""
    chunks = []
    while True:
        chunk = sock.recv(65536)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)


def read_exactly(sock, size):
    data = bytearray()
    while len(data) < size:
        chunk = sock.recv(size - len(data))
        if not chunk:
            raise EOFError("the peer closed after %d bytes" % len(data))
        data += chunk
    return bytes(data)


def read_request(sock):
    """(version, words, source) as a client sends them."""
    def number(name):
        return take_token(read_exactly(sock, 12), name)[0]
    version = number(b"DIST")
    words = [read_exactly(sock, number(b"ARGV"))
             for _ in range(number(b"ARGC"))]
    body = read_exactly(sock, number(b"DOTI"))
    return version, words, lzo.decode(body) if version > 1 else body


def reset(sock):
    """Closes with a reset in place of an orderly end."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                    struct.pack("ii", 1, 0))
    sock.close()
