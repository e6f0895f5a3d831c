# SPDX-License-Identifier: GPL-2.0-or-later
"""Asks test/scan/scan-unit which files a compile reads."""

import os
import subprocess
import sys


class Input:
    def __init__(self, line):
        self.kind, self.traits, self.path, self.target, self.digest = \
            line.split("\t")

    def has(self, trait):
        return trait in self.traits


class Answer:
    def __init__(self, lines):
        self.refusal = self.culprit = None
        self.inputs = []
        for line in lines[:-1]:
            if line.startswith("refused\t"):
                _, self.refusal, self.culprit = line.split("\t", 2)
            else:
                self.inputs.append(Input(line))
        self.microseconds = int(lines[-1].split("\t")[1])

    def paths(self, kind="file", without=""):
        return {one.path for one in self.inputs if one.kind == kind and
                not set(one.traits) & set(without)}

    def digest_of(self, path):
        for one in self.inputs:
            if one.path == path:
                return one.digest
        return None


class Scanner:
    """One scanner, which remembers."""

    def __init__(self, cache="", times=1):
        program = os.path.join(os.environ.get("top_builddir", "."),
                               "test/scan/scan-unit")
        self.process = subprocess.Popen(
            [program, cache, str(times)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, errors="surrogateescape", bufsize=1)

    def scan(self, command, cwd=None, env=None):
        words = [cwd or os.getcwd()]
        words += [f"{name}={value}" for name, value in (env or {}).items()]
        words += ["--"] + command
        self.process.stdin.write("\037".join(words) + "\n")
        self.process.stdin.flush()
        lines = []
        while not lines or not lines[-1].startswith("end\t"):
            line = self.process.stdout.readline()
            if not line:
                sys.exit("scan-unit is gone: " + " ".join(command))
            lines.append(line.rstrip("\n"))
        return Answer(lines)

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()
        return self.process.returncode


def dependencies(command, cwd=None, env=None, option="-M"):
    """The files that the compiler names with -M, canonical; None: it fails."""
    run = subprocess.run(
        command + [option, "-MT", "t"], cwd=cwd, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, errors="surrogateescape",
        env=dict(os.environ, LC_ALL="C", **(env or {})), check=False)
    if run.returncode != 0 or ":" not in run.stdout:
        return None
    text = run.stdout.split(":", 1)[1].replace("\\\n", " ")
    names = text.replace("\\ ", "\0").replace("\\#", "#").replace("$$", "$")
    return {os.path.realpath(os.path.join(cwd or ".", name.replace("\0", " ")))
            for name in names.split()}
