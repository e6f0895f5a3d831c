# SPDX-License-Identifier: GPL-2.0-or-later
"""An include server as that of distcc 3.x, for tests: the same questions and
answers at a Unix socket, and a mirror of compressed files. What it answers it
has from "gcc -M", and not from a scanner of its own.

usage: includeserver.py SOCKET LOG
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "wire"))
import lzo
import peer

def system_dirs(compiler):
    run = subprocess.run([compiler, "-x", "c++", "-v", "-E", "/dev/null"],
                         capture_output=True, text=True, check=True)
    part = run.stderr.split("search starts here:")[-1].split("End of")[0]
    dirs = {os.path.realpath(word) for word in part.split()}
    return sorted(one for one in dirs
                  if not any(one.startswith(other + "/") for other in dirs))


def read_question(sock):
    def number(name):
        return peer.take_token(peer.read_exactly(sock, 12), name)[0]

    cwd = peer.read_exactly(sock, number(b"CDIR")).decode()
    words = [peer.read_exactly(sock, number(b"ARGV")).decode()
             for _ in range(number(b"ARGC"))]
    return cwd, words


def names_of(cwd, words):
    """The files that the compile reads, by the names that it has for them."""
    kept = [words[0], "-M", "-MT", "x"]
    skip = False
    for word in words[1:]:
        if skip or word in ("-c", "-S", "-MD", "-MMD", "-MP") or \
                word.startswith("-Wp,-M"):
            skip = False
        elif word in ("-o", "-MF", "-MT", "-MQ"):
            skip = True
        else:
            kept.append(word)
    run = subprocess.run(kept, capture_output=True, text=True, cwd=cwd)
    if run.returncode != 0:
        return None
    return re.sub(r"\\\n", " ", run.stdout).split()[1:]


class Mirror:
    def __init__(self):
        self.top = tempfile.mkdtemp(prefix="includeserver", dir="/tmp")
        self.root = self.top + "/padding"   # three components with a slash

    def put(self, path, name):
        with open(path, "rb") as source:
            text = source.read()
        suffix = ".lzo"
        if os.path.isabs(name):
            text = b'#line 1 "%s"\n' % path.encode() + text
            suffix = ".lzo.abs"
        there = self.root + path + suffix
        os.makedirs(os.path.dirname(there), exist_ok=True)
        with open(there, "wb") as copy:
            copy.write(lzo.encode(text))
        return there

    def link(self, path):
        there = self.root + path
        os.makedirs(os.path.dirname(there), exist_ok=True)
        if not os.path.islink(there):
            os.symlink("../" * (20 + path.count("/")) + path[1:], there)
        return there

    def force(self, path):
        there = self.root + path + "/forcing_technique_271828"
        os.makedirs(os.path.dirname(there), exist_ok=True)
        with open(there, "w"):
            pass
        return there


def answer(mirror, cwd, words):
    names = names_of(cwd, words)
    if names is None:
        return []
    dirs = system_dirs(words[0])
    files = [mirror.link(one) for one in dirs]
    for name in dict.fromkeys(names):
        path = os.path.normpath(os.path.join(cwd, name))
        if not any(path.startswith(one + "/") for one in dirs):
            files.append(mirror.put(path, name))
    files.append(mirror.force(cwd))
    return files


def main():
    path, log = sys.argv[1:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    mirror = Mirror()
    try:
        with socket.socket(socket.AF_UNIX) as listener, \
                open(log, "a", buffering=1) as lines:
            listener.bind(path)
            listener.listen(100)
            while True:
                sock, _ = listener.accept()
                with sock:
                    cwd, words = read_question(sock)
                    lines.write(" ".join(words) + "\n")
                    files = answer(mirror, cwd, words)
                    sock.sendall(peer.command(files))
    finally:
        shutil.rmtree(mirror.top)


main()
