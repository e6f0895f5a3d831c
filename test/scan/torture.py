# SPDX-License-Identifier: GPL-2.0-or-later
"""
Whatever file a compiler opens is an input, or the scanner refuses; and where
there is nothing but the inputs, the compiler says and names the same, also
below the private root of a server.
"""

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


def lay_again(inputs, old, new, root):
    """Puts inputs below old, and nothing else, into new, as root has it."""
    os.mkdir(new)
    for one in inputs:
        if not one.path.startswith(old + "/"):
            continue
        path = new + one.path[len(old):]
        if one.kind in ("directory", "system"):
            os.makedirs(path, exist_ok=True)
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if one.kind == "link":
            target = one.target
            # The system's directories are the server's own.
            is_ours = target[0] == "/" and not target.startswith("/usr/")
            os.symlink(root + target if is_ours else target, path)
        else:
            shutil.copy2(one.path.replace(old, old + ".old", 1), path)


def preprocess(command, env, cwd):
    """What the compiler makes of it, and says; names of files included."""
    words = ["-E" if word == "-c" else word for word in command]
    run = subprocess.run(words, env=dict(os.environ, LC_ALL="C", **env),
                         cwd=cwd, stdout=subprocess.PIPE, check=False,
                         stderr=subprocess.STDOUT)
    return run.returncode, run.stdout


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
        loud = dependencies(command, env=env, option="-MM")
        if loud is not None and loud != answer.paths(without="lq"):
            self.fail(name, f"-MM names {sorted(loud)}")
        wanted = preprocess(command, env, top)
        self.check_rebuilt(name, command, env, answer.inputs, top, wanted)
        if not any("{top}" in (text or "") for text in files.values()) and \
                not any("sysroot" in word for word in words):
            self.check_root(name, command, env, answer.inputs, top, wanted)

    def check_rebuilt(self, name, command, env, inputs, top, wanted):
        """Only with the inputs, all is as it was."""
        os.rename(top, top + ".old")
        lay_again(inputs, top, top, "")
        if preprocess(command, env, top) != wanted:
            self.fail(name, "is another thing with its inputs alone")
        shutil.rmtree(top)
        os.rename(top + ".old", top)

    def check_root(self, name, command, env, inputs, top, wanted):
        """And so it is below another root, but for that in all names."""
        root = os.path.dirname(top) + "/a-root-whose-name-is-rather-long"
        os.makedirs(root + os.path.dirname(top))
        os.rename(top, top + ".old")
        lay_again(inputs, top, root + top, root)
        moved = [word.replace(top, root + top) for word in command]
        status, output = preprocess(moved, env, root + top)
        if (status, output.replace(root.encode(), b"")) != wanted:
            self.fail(name, "is another thing below a root")
        os.rename(top + ".old", top)

    def fail(self, name, trouble):
        self.failures.append(f"{self.compiler}: {name}: {trouble}")


def main(compiler):
    if shutil.which(compiler) is None:
        print("skipped: no", compiler)
        sys.exit(77)
    judge = Judge(compiler)
    for name, files, words, may, env in CASES:
        # With words, only the cases whose names have one.
        if sys.argv[1:] and not any(word in name for word in sys.argv[1:]):
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
    sys.exit(judge.scanner.close() != 0 or bool(judge.failures))
