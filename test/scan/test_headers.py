# SPDX-License-Identifier: GPL-2.0-or-later
"""
A source of one line, for each of many headers: the scanner and the compiler's
-M name the same files. Some headers of the system, and our own sources; with
words, those below the directories of that name in /usr/include instead:

    test_headers.py g++ -std=c++17 boost/*.hpp
"""

import collections
import glob
import os
import shutil
import sys
import tempfile

from scanner import Scanner, dependencies

HEADERS = """assert.h complex.h ctype.h dirent.h errno.h fcntl.h fenv.h
    float.h inttypes.h iso646.h limits.h locale.h math.h netdb.h poll.h
    pthread.h regex.h setjmp.h signal.h stdarg.h stdatomic.h stdbool.h
    stddef.h stdint.h stdio.h stdlib.h string.h sys/socket.h sys/stat.h
    tgmath.h time.h unistd.h wchar.h x86intrin.h""".split()
CXX_HEADERS = """algorithm any chrono filesystem functional memory
    memory_resource optional string thread variant vector""".split()


class Comparison:
    def __init__(self):
        self.scanner = Scanner()
        self.counts = collections.Counter()
        self.refusals = collections.Counter()
        self.microseconds = 0

    def compare(self, command, name):
        """Whether the scanner is right, or says that it does not know."""
        wanted = dependencies(command)
        answer = self.scanner.scan(command[:1] + ["-c"] + command[1:])
        if wanted is None:
            self.counts["uncompilable"] += 1
            return True
        if answer.refusal:
            self.counts["refused"] += 1
            self.refusals[answer.refusal] += 1
            print(f"{name}: refused: {answer.refusal} {answer.culprit}")
            return True
        self.microseconds += answer.microseconds
        found = answer.paths(without="l")
        if found == wanted:
            self.counts["equal"] += 1
            return True
        self.counts["different"] += 1
        print(f"DIFFERENT: {name}: has {sorted(found - wanted)[:4]}, "
              f"lacks {sorted(wanted - found)[:4]}")
        return False

    def headers(self, command, suffix, headers):
        for header in headers:
            with open("u" + suffix, "w", encoding="utf-8") as file:
                file.write(f"#include <{header}>\n")
            self.compare(command + ["u" + suffix], header)

    def report(self, what):
        print(what, dict(self.counts), dict(self.refusals),
              self.microseconds // max(1, self.counts["equal"]),
              "us for each")
        return self.scanner.close() != 0 or self.counts["different"] > 0 or \
            self.counts["equal"] == 0


def one_set(compiler, options, suffix, headers):
    if shutil.which(compiler) is None:
        print("no", compiler)
        return 0
    comparison = Comparison()
    comparison.headers([compiler] + options, suffix, headers)
    failed = comparison.report(" ".join([compiler] + options))
    if not sys.argv[1:] and comparison.counts["refused"]:
        print("FAILED: none of these is to be refused")
        failed = True
    return failed


def own_sources(compiler, top):
    """Our own, for which everything is at hand."""
    if shutil.which(compiler) is None:
        return 0
    comparison = Comparison()
    where = os.environ.get("top_builddir", ".")
    options = ["-std=gnu11", "-I" + top + "/src", "-I" + where, "-include",
               "config.h", "-isystem", "/usr/include/libiberty",
               '-DSYSCONFDIR="/etc"', '-DLIBDIR="/usr/lib"']
    for source in sorted(glob.glob(top + "/src/*/*.c"))[::4]:
        comparison.compare([compiler] + options + [source], source)
    return comparison.report(compiler + " on our own")


def main():
    words = sys.argv[1:]
    top = os.path.realpath(os.environ.get("top_srcdir", "."))
    scratch = tempfile.mkdtemp(prefix="distcc-headers.")
    os.chdir(scratch)
    if words:
        options = [word for word in words[1:] if word.startswith("-")]
        patterns = [word for word in words[1:] if not word.startswith("-")]
        headers = []
        for pattern in patterns:
            headers += sorted(glob.glob("/usr/include/" + pattern,
                                        recursive=True))
        failed = one_set(words[0], options,
                         ".cc" if words[0].endswith("++") else ".c",
                         [name[len("/usr/include/"):] for name in headers])
    else:
        failed = one_set("gcc", [], ".c", HEADERS)
        failed |= one_set("clang", [], ".c", HEADERS)
        failed |= one_set("g++", ["-std=c++17"], ".cc", CXX_HEADERS)
        failed |= one_set("clang++", ["-std=c++17"], ".cc", CXX_HEADERS)
        failed |= own_sources("gcc", top)
        failed |= own_sources("clang", top)
    os.chdir("/")
    shutil.rmtree(scratch)
    sys.exit(failed)


main()
