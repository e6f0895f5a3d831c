# SPDX-License-Identifier: GPL-2.0-or-later
"""Real translation units to compile: this project's own, in C, and Abseil's
headers, in C++, as if they were a project's. PUMP_TREE and PUMP_UNITS name
others: a directory, and a file with a command a line that is run there."""

import glob
import os
import shlex
import shutil

ABSEIL = "/usr/include/absl"


def own(source, build):
    """(name, directory, commands) of this project's files."""
    flags = ["gcc", "-O1", "-g", "-I" + source + "/src",
             "-I/usr/include/libiberty", "-D_GNU_SOURCE", "-include",
             os.path.join(build, "config.h"), '-DSYSCONFDIR="/etc"',
             '-DLIBDIR="/usr/lib"']
    units = [os.path.relpath(name, source) for room in
             ("base", "wire", "compiler", "farm")
             for name in sorted(glob.glob(source + "/src/%s/*.c" % room))]
    return "C", source, [flags + ["-c", name] for name in units]


def abseil(work):
    """The same of Abseil, copied, so that its headers are no system's."""
    tree = os.path.join(work, "abseil")
    shutil.copytree(ABSEIL, os.path.join(tree, "absl"))
    names = sorted(glob.glob(tree + "/absl/*/*.h"))[::4]
    commands = []
    for i, name in enumerate(names):
        unit = "unit%d.cc" % i
        with open(os.path.join(tree, unit), "w", encoding="ascii") as f:
            f.write('#include "%s"\nint f%d() { return 0; }\n' %
                    (os.path.relpath(name, tree), i))
        commands.append(["g++", "-std=c++17", "-g", "-I.", "-c", unit])
    return "C++", tree, commands


def workloads(source, build, work):
    """All there are, as (name, directory, commands)."""
    found = [own(source, build)]
    if os.path.isdir(ABSEIL):
        found.append(abseil(work))
    if "PUMP_TREE" in os.environ:
        with open(os.environ["PUMP_UNITS"], encoding="utf-8") as f:
            commands = [shlex.split(line) for line in f if line.strip()]
        found.append(("given", os.environ["PUMP_TREE"], commands))
    return found
