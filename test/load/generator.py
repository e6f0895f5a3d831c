# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs the load generator, and makes what it needs."""

import json
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "wire"))

import peer  # noqa: E402

BUILD = os.environ.get("top_builddir", os.getcwd())
LOAD = os.path.join(BUILD, "test", "load", "load")
NOOP = os.path.join(BUILD, "test", "load", "noop")

# What the compiler that does nothing makes.
OBJECT = b"object"
ENDINGS = ("ok", "status", "busy", "refused", "closed", "reset", "timeout",
           "wrong", "local")


def source(size):
    """C of about size bytes, with lines as a preprocessor leaves them."""
    line = b"extern int function_%06d(int first, long second);\n"
    return b"".join(line % i for i in range(max(1, size // 52)))


def write(path, data):
    with open(path, "wb") as f:
        f.write(data)
    return path


class Compiler:
    """A compiler that does nothing, in a folder, with a list for distccd."""

    def __init__(self, folder, static=False):
        self.program = os.path.join(folder, "noopcc")
        if static:
            subprocess.run(["gcc", "-O2", "-static", "-o", self.program,
                            os.path.join(HERE, "noop.c")], check=True)
        else:
            shutil.copy(NOOP, self.program)
        self.list = write(os.path.join(folder, "list"),
                          self.program.encode() + b"\n")
        self.object = write(os.path.join(folder, "object"), OBJECT)

    def take(self, milliseconds):
        """How long it takes from now on."""
        write(self.program + ".ms.new", b"%d" % milliseconds)
        os.rename(self.program + ".ms.new", self.program + ".ms")

    def request(self, path, size, version=1):
        return write(path, peer.request(
            version, ["noopcc", "-c", "x.c", "-o", "x.o"], source(size)))


class Load:
    """A load generator that runs; options as in load.c, with _ for -."""

    def __init__(self, port, request, **options):
        words = [LOAD, "--port", str(port), "--request", request, "--json",
                 "--keep-going"]
        for name, value in options.items():
            words += ["--" + name.replace("_", "-"), str(value)]
        self.process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)

    def finish(self, timeout=None):
        """Its figures, when it has ended."""
        try:
            text, _ = self.process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        if self.process.returncode:
            raise RuntimeError("load: exit %d" % self.process.returncode)
        figures = json.loads(text)
        ended = sum(figures[name] for name in ENDINGS)
        if ended != figures["started"]:
            raise RuntimeError("load lost count: %s" % figures)
        return figures


def run(port, request, timeout=600, **options):
    return Load(port, request, **options).finish(timeout)
