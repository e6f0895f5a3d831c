# SPDX-License-Identifier: GPL-2.0-or-later
"""Stands in for the packaged include server's C extension.

Debian 12's fails at the first request under its own Python. This has the same
names, as help() lists them, so that there is something to measure against; it
costs a little more, since it is not C.
"""

import ctypes
import ctypes.util
import os

__version__ = ".01"

_lzo = ctypes.CDLL(ctypes.util.find_library("lzo2"))
_work = ctypes.create_string_buffer(64 * 1024 * 8)


class Error(Exception):
    """What the extension raises."""


def _read(fd, size):
    data = b""
    while len(data) < size:
        piece = os.read(fd, size - len(data))
        if not piece:
            raise Error("end of file")
        data += piece
    return data


def _token(fd, name):
    head = _read(fd, 12)
    if head[:4] != name:
        raise Error("%r instead of %r" % (head[:4], name))
    return int(head[4:], 16)


def RTokenString(fd, name):
    return _read(fd, _token(fd, os.fsencode(name))).decode()


def RCwd(fd):
    return RTokenString(fd, "CDIR")


def RArgv(fd):
    return [RTokenString(fd, "ARGV") for _ in range(_token(fd, b"ARGC"))]


def XArgv(fd, argv):
    out = [b"ARGC%08x" % len(argv)]
    for word in argv:
        word = os.fsencode(word)
        out.append(b"ARGV%08x" % len(word) + word)
    data = memoryview(b"".join(out))
    while data:
        data = data[os.write(fd, data):]
    return True


def OsPathExists(path):
    return os.access(path, os.F_OK)


def OsPathIsFile(path):
    return os.path.isfile(path)


def Realpath(path):
    return os.path.realpath(path)


def CompressLzo1xAlloc(data):
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogateescape")
    size = len(data)
    out = ctypes.create_string_buffer(size + size // 16 + 67)
    length = ctypes.c_ulong(0)
    if _lzo.lzo1x_1_compress(data, ctypes.c_ulong(size), out,
                             ctypes.byref(length), _work) != 0:
        raise Error("lzo")
    return out.raw[:length.value]
