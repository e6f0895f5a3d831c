# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests and replies of version 3, made of plain bytes, and what a digest
is, in another language than the programs under test."""

import collections
import os
import subprocess
import tempfile

import lzo
import peer
from under_test import PATH

PLACEHOLDER = "forcing_technique_271828"
Link = collections.namedtuple("Link", "target")
Reply = collections.namedtuple(
    "Reply", "status stderr stdout object deps seen")

MASK = (1 << 64) - 1


def entry(name, value):
    """One file; a Link is a link, and None an empty file."""
    if isinstance(value, Link):
        return peer.string("NAME", name) + peer.string("LINK", value.target)
    data = value.encode() if isinstance(value, str) else value or b""
    return peer.string("NAME", name) + peer.bulk("FILE", 3, data)


def request(cwd, words, files):
    """files: pairs of a name and a value for entry()."""
    files = list(files.items() if isinstance(files, dict) else files)
    return peer.token("DIST", 3) + peer.string("CDIR", cwd) + \
        peer.command(words) + peer.token("NFIL", len(files)) + \
        b"".join(entry(*pair) for pair in files)


def parse_reply(data):
    """A whole reply of version 3; ValueError says what is wrong with it."""
    head = peer.parse_reply(data)
    if head.version != 3:
        raise ValueError("version %d" % head.version)
    deps, seen, rest = None, None, head.rest
    if head.status == 0:
        size, rest = peer.take_token(rest, b"DOTD")
        deps, rest = lzo.decode(rest[:size]), rest[size:]
        if rest:
            size, rest = peer.take_token(rest, b"SEEN")
            seen, rest = rest[:size].decode(), rest[size:]
    if rest:
        raise ValueError("bytes behind the reply: %r" % rest[:50])
    return Reply(head.status, head.stderr, head.stdout, head.object, deps,
                 seen)


class Digest:
    """As doc/protocol.txt describes it."""

    def __init__(self):
        self.a, self.b = 0x243f6a8885a308d3, 0x13198a2e03707344

    def take(self, word):
        self.a = ((self.a ^ word) * 0xa4093822299f31d1) & MASK
        self.a ^= self.a >> 29
        self.b = ((self.b + word) * 0x9e3779b97f4a7c15) & MASK
        self.b ^= self.b >> 32

    def add(self, data):
        for at in range(0, len(data) - 7, 8):
            self.take(int.from_bytes(data[at:at + 8], "little"))
        rest = data[len(data) // 8 * 8:]
        if rest:
            self.take(int.from_bytes(rest, "little"))
        self.take(len(data))
        self.take(self.a ^ self.b)
        return self

    def text(self):
        return "%016x%016x" % (self.a, self.b)


def seen_of(paths, own, is_all=True):
    """What SEEN says of these paths, of which own are the server's."""
    names, system = Digest(), Digest()
    for path in sorted(set(paths), key=os.fsencode):
        names.add(os.fsencode(path) + b"\0")
        if is_all and path in own:
            with open(path, "rb") as f:
                text = Digest().add(f.read()).text()
            system.add(text.encode() + b"\0")
    return ("a" if is_all else "u") + names.text() + system.text()


class Tree:
    """Files below a directory, which a compile can read here, or elsewhere
    under the same names."""

    def __init__(self):
        self.place = tempfile.TemporaryDirectory(prefix="distcc-tree.")
        self.dir = os.path.realpath(self.place.name)
        self.files = {}

    def path(self, name):
        return os.path.join(self.dir, name)

    def add(self, name, text):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        self.files[path] = text

    def add_link(self, name, target):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        os.symlink(target, self.path(name))
        self.files[self.path(name)] = Link(target)

    def request(self, cwd, words):
        return request(self.path(cwd), words, self.files)

    def compile(self, cwd, words):
        """The same here; the process, with object and deps."""
        work = self.path(cwd)
        before = set(os.listdir(work))
        done = subprocess.run(words, cwd=work, capture_output=True,
                              check=False, env={"PATH": PATH, "LC_ALL": "C",
                                                "PWD": work})
        done.files = {}
        for name in set(os.listdir(work)) - before:
            with open(os.path.join(work, name), "rb") as f:
                done.files[name] = f.read()
            os.unlink(os.path.join(work, name))
        return done

    def close(self):
        self.place.cleanup()
