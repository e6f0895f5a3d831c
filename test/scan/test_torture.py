# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever file a compiler opens is an input, or the scanner refuses."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

from scanner import Scanner, dependencies
from torture_cases import CASES

OPENED = re.compile(r'open(?:at)?\((?:AT_FDCWD, )?"((?:[^"\\]|\\.)*)", '
                    r"([A-Z_|]*)[^)]*\) = \d")


def lay_out(files, top):
    for name, text in files.items():
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        if text is None:
            os.makedirs(name, exist_ok=True)
        elif text.startswith("->"):
            os.symlink(text[2:].replace("{top}", top), name)
        else:
            with open(name, "w", encoding="utf-8", newline="") as file:
                file.write(text.replace("{top}", top))


def can_trace():
    try:
        return subprocess.run(
            ["strace", "-f", "-o", "/dev/null", "true"], check=False,
            stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def unquote(text):
    return re.sub(rb"\\([0-7]{1,3}|.)", lambda found:
                  bytes([int(found[1], 8)]) if found[1].isdigit() else
                  {b"n": b"\n", b"t": b"\t", b"v": b"\v"}.get(found[1],
                                                              found[1]),
                  text.encode()).decode("utf-8", "surrogateescape")


def opened(command, env, top):
    """The sources and headers that the compiler opens; None: it fails."""
    # Preprocessing is quicker, but pays no heed to precompiled headers.
    words = command if any(os.path.exists(name + ".gch") for name in
                           ("h.h", "a/h.h")) else \
        ["-E" if word == "-c" else word for word in command] + ["-o", "u.o"]
    run = subprocess.run(
        ["strace", "-f", "-qq", "-e", "trace=open,openat", "-o", "../trace"] +
        words, env=dict(os.environ, LC_ALL="C", **env), check=False,
        stderr=subprocess.DEVNULL)
    if run.returncode != 0:
        return None
    paths = set()
    with open("../trace", encoding="utf-8", errors="surrogateescape") as file:
        for name, flags in OPENED.findall(file.read()):
            path = os.path.realpath(unquote(name))
            if "WR" in flags or not os.path.isfile(path):
                continue
            if path.startswith((top + "/", "/usr/include/")) or \
                    re.match(r"/usr/lib.*/include/", path):
                paths.add(path)
    return paths - {os.path.join(top, "u.o"), os.path.join(top, "u.d")}


class Judge:
    def __init__(self, compiler):
        self.compiler = compiler
        self.scanner = Scanner()
        self.traces = can_trace()
        self.counts = {"exact": 0, "refused": 0, "more": 0, "uncompilable": 0}
        self.failures = []

    def check(self, name, files, words, may, env):
        top = os.path.realpath(os.getcwd())
        lay_out(files, top)
        command = [self.compiler] + [w.replace("{top}", top) for w in words]
        answer = self.scanner.scan(command, env=env)
        truth = opened(command, env, top) if self.traces else \
            dependencies(command, env=env)
        if answer.refusal:
            self.counts["refused"] += 1
            if may == "ok" and truth is not None:
                self.fail(name, f"refused: {answer.refusal} {answer.culprit}")
            return
        if may == "no":
            self.fail(name, "not refused")
        if truth is None:
            self.counts["uncompilable"] += 1
            return
        found = answer.paths()
        self.counts["exact" if found == truth else "more"] += 1
        if truth - found:
            self.fail(name, f"lacks {sorted(truth - found)}")
        extra = answer.paths(without="l") - truth
        if extra:
            self.fail(name, f"has {sorted(extra)}")

    def fail(self, name, trouble):
        self.failures.append(f"{self.compiler}: {name}: {trouble}")


def main():
    failed = 0
    for compiler in sys.argv[1:] or ["gcc", "clang"]:
        if shutil.which(compiler) is None:
            print("no", compiler)
            continue
        judge = Judge(compiler)
        for name, files, words, may, env, only in CASES:
            if only and only != compiler:
                continue
            base = tempfile.mkdtemp(prefix="distcc-torture.")
            os.mkdir(base + "/w")
            os.chdir(base + "/w")
            judge.check(name, files, words, may, env)
            os.chdir("/")
            shutil.rmtree(base)
        print(compiler, "traced" if judge.traces else "asked", judge.counts)
        for failure in judge.failures:
            print("FAILED:", failure)
        failed += len(judge.failures) + (judge.scanner.close() != 0)
    sys.exit(failed != 0)


main()
