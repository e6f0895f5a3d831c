# SPDX-License-Identifier: GPL-2.0-or-later
"""Real clients that compile one file after the other."""

import os
import random
import subprocess
import threading

import generator

UNITS = 8


def write_units(folder):
    """Sources of several sizes; returns what gcc makes of each."""
    objects = []
    for i in range(UNITS):
        text = "#include <stdio.h>\n" + "".join(
            "int f%d_%d(int x) { return x * %d + printf(\"%d\\n\"); }\n"
            % (i, k, k + i, k) for k in range(40 * (i + 1)))
        generator.write(os.path.join(folder, "unit%d.c" % i), text.encode())
        subprocess.run(["gcc", "-O1", "-c", "unit%d.c" % i, "-o", "local.o"],
                       cwd=folder, check=True)
        with open(os.path.join(folder, "local.o"), "rb") as f:
            objects.append(f.read())
    return objects


class Builder(threading.Thread):
    """One client at a time; each must bring the object of a local gcc."""

    def __init__(self, program, env, folder, objects, seed):
        super().__init__(daemon=True)
        self.program, self.env = program, env
        self.folder, self.objects = folder, objects
        self.random = random.Random(seed)
        self.output = "out%d.o" % id(self)
        self.done = self.local = 0
        self.wrong = []
        self.ended = threading.Event()

    def run(self):
        while not self.ended.is_set():
            self.build(self.random.randrange(UNITS))

    def build(self, which):
        try:
            result = subprocess.run(
                [self.program, "gcc", "-O1", "-c", "unit%d.c" % which, "-o",
                 self.output], env=self.env, cwd=self.folder,
                stdin=subprocess.DEVNULL, capture_output=True, text=True,
                errors="replace", timeout=360, check=False)
        except subprocess.TimeoutExpired as error:
            self.wrong.append(str(error))
            return
        data = self.take_object()
        self.done += 1
        self.local += "failed to distribute" in result.stderr
        if result.returncode or data != self.objects[which]:
            self.wrong.append("%s unit%d.c: exit %d, %s object: %s" % (
                self.program, which, result.returncode,
                "no" if data is None else "the same"
                if data == self.objects[which] else "another",
                result.stderr[-500:]))

    def take_object(self):
        path = os.path.join(self.folder, self.output)
        if not os.path.exists(path):
            return None
        with open(path, "rb") as f:
            data = f.read()
        os.unlink(path)
        return data
