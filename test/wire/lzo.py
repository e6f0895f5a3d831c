# SPDX-License-Identifier: GPL-2.0-or-later
"""As much of LZO1X as the tests need: streams made of literals, any stream
read, and a stream that is a bomb."""

END = b"\x11\x00\x00"


def encode(data):
    """A valid stream that holds data as it is; b"" stays empty."""
    n = len(data)
    if n == 0:
        return b""
    if n <= 238:
        return bytes([17 + n]) + data + END
    zeros, rest = divmod(n - 18 - 1, 255)
    return b"\0" + b"\0" * zeros + bytes([rest + 1]) + data + END


def bomb(size):
    """A stream of about size / 255 bytes that stands for size of them."""
    zeros = max(0, size - 4 - 33) // 255
    return bytes([17 + 4]) + b"/* a" + b"\x20" + b"\0" * zeros + \
        b"\x01\0\0" + END


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def byte(self):
        self.at += 1
        return self.data[self.at - 1]

    def word(self):
        low = self.byte()
        return low | self.byte() << 8

    def take(self, n):
        self.at += n
        return self.data[self.at - n:self.at]

    def length(self, short, most):
        """A length that does not fit goes on in bytes of 255 each."""
        if short:
            return short
        while True:
            byte = self.byte()
            if byte:
                return most + byte
            most += 255


def decode(data):
    """The bytes that a stream stands for."""
    if not data:
        return b""
    src, out, state = Reader(data), bytearray(), 0
    if data[0] > 17:
        state = src.byte() - 17
        out += src.take(state)
        state = min(state, 4)
    while True:
        op = src.byte()
        if op < 16 and state == 0:
            out += src.take(3 + src.length(op, 15))
            state = 4
            continue
        if op < 16:
            length = 3 if state == 4 else 2
            distance = (op >> 2) + (src.byte() << 2)
            distance += 2049 if state == 4 else 1
            state = op & 3
        elif op < 32:
            length = 2 + src.length(op & 7, 7)
            word = src.word()
            distance = ((op & 8) << 11) + (word >> 2)
            state = word & 3
            if distance == 0:
                if src.at != len(data):
                    raise ValueError("bytes after the end of the stream")
                return bytes(out)
            distance += 16384
        elif op < 64:
            length = 2 + src.length(op & 31, 31)
            word = src.word()
            distance, state = (word >> 2) + 1, word & 3
        else:
            length = (op >> 5) + 1
            distance = ((op >> 2) & 7) + (src.byte() << 3) + 1
            state = op & 3
        for _ in range(length):
            out.append(out[-distance])
        out += src.take(state)
