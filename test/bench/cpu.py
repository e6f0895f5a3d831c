# SPDX-License-Identifier: GPL-2.0-or-later
"""What processes used."""

import os
import subprocess

TICK = os.sysconf("SC_CLK_TCK")


def cpu_of(words, env, cwd, repeat=1):
    """CPU seconds of a command with all that it starts."""
    used = 0.0
    for _ in range(repeat):
        process = subprocess.Popen(words, env=env, cwd=cwd,
                                   stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit("%s: exit %d" % (words, process.returncode))
        used += usage.ru_utime + usage.ru_stime
    return used / repeat


def tree(pid):
    """The process, and all that descend from it, as they are now."""
    found, todo = {}, [str(pid)]
    while todo:
        one = todo.pop()
        try:
            with open("/proc/%s/stat" % one, encoding="ascii") as f:
                fields = f.read().rpartition(")")[2].split()
            with open("/proc/%s/task/%s/children" % (one, one),
                      encoding="ascii") as f:
                todo += f.read().split()
        except OSError:
            continue
        found[int(one)] = fields
    return found


def tree_cpu(pid):
    """CPU seconds of a process, its children, and all they waited for."""
    return sum(sum(map(int, fields[11:15]))
               for fields in tree(pid).values()) / TICK
