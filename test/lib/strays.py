# SPDX-License-Identifier: GPL-2.0-or-later
"""Prints the processes that belong to a test: those that mention its
directory in their command, environment or working directory.

usage: strays.py DIRECTORY [--kill]

Fails if there is one. With --kill it ends them.
"""

import os
import signal
import sys


def read(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except OSError:
        return b""


def working_directory(pid):
    try:
        return os.readlink(b"/proc/%s/cwd" % pid)
    except OSError:
        return b""


def ancestors():
    found, pid = set(), os.getpid()
    while pid > 1:
        found.add(b"%d" % pid)
        stat = read("/proc/%d/stat" % pid).rpartition(b")")[2].split()
        pid = int(stat[1]) if stat else 0
    return found


def main():
    where = os.fsencode(sys.argv[1])
    skip = ancestors()
    found = 0
    for pid in os.listdir(b"/proc"):
        if not pid.isdigit() or pid in skip:
            continue
        command = read(b"/proc/%s/cmdline" % pid)
        environment = read(b"/proc/%s/environ" % pid)
        if any(where in text for text in
               (command, environment, working_directory(pid))):
            print(pid.decode(), command.replace(b"\0", b" ").decode(
                errors="replace"))
            found += 1
            if "--kill" in sys.argv:
                os.kill(int(pid), signal.SIGKILL)
    sys.exit(found > 0)


main()
