# SPDX-License-Identifier: GPL-2.0-or-later
"""Small random damage to a transcript, the same for the same seed."""

import random

VALUES = (0, 1, 2, 3, 0x7f, 0x80, 0xff, 0x1000, 0x7fff, 0x10000, 0x7fffffff,
          0x80000000, 0xfffffffe, 0xffffffff)
NAMES = (b"DIST", b"ARGC", b"ARGV", b"DOTI", b"DONE", b"STAT", b"SERR",
         b"SOUT", b"DOTO", b"NFIL", b"CDIR")


def tokens(data):
    """Where tokens seem to start."""
    return [i for i in range(len(data) - 11) if data[i:i + 4] in NAMES]


def flip(data, chance):
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def overwrite(data, chance):
    data[chance.randrange(len(data))] = chance.choice(b"\0\xff 0fF-x\n")


def delete(data, chance):
    at = chance.randrange(len(data))
    del data[at:at + chance.choice((1, 2, 12, 40))]


def duplicate(data, chance):
    at = chance.randrange(len(data))
    data[at:at] = data[at:at + chance.choice((1, 12, 40, 4000))]


def insert(data, chance):
    at = chance.randrange(len(data))
    data[at:at] = bytes(chance.randrange(256)
                        for _ in range(chance.choice((1, 4, 12, 100))))


def renumber(data, chance):
    at = chance.choice(tokens(data) or [0])
    data[at + 4:at + 12] = b"%08x" % chance.choice(VALUES)


def rename(data, chance):
    at = chance.choice(tokens(data) or [0])
    data[at:at + 4] = chance.choice(NAMES)


def nudge(data, chance):
    at = chance.choice(tokens(data) or [0])
    try:
        value = int(bytes(data[at + 4:at + 12]), 16)
    except ValueError:
        return
    value = (value + chance.choice((-2, -1, 1, 2, 13))) & 0xffffffff
    data[at + 4:at + 12] = b"%08x" % value


def cut(data, chance):
    del data[chance.randrange(len(data)):]


WAYS = (flip, overwrite, delete, duplicate, insert, renumber, rename, nudge,
        cut)


def cases(golden, count, seed):
    """count damaged copies of the transcripts in golden, each with a name
    by which it can be made again."""
    for number in range(count):
        chance = random.Random("%d/%d" % (seed, number))
        data = bytearray(chance.choice(golden))
        ways = []
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            if not data:
                break
            way = chance.choice(WAYS)
            ways.append(way.__name__)
            way(data, chance)
        yield "seed %d, case %d: %s" % (seed, number, " ".join(ways)), \
            bytes(data)
