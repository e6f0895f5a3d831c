# SPDX-License-Identifier: GPL-2.0-or-later
"""What the processes of a daemon look like from outside."""

import os
import subprocess

COMPILERS = ("noopcc", "gcc", "cc1", "as", "x86_64-linux-gnu-gcc")


def read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as f:
            return f.read()
    except OSError:
        return ""


def family(pid):
    """{pid: name} of a process and its descendants, but for zombies."""
    found, todo = {}, [pid]
    while todo:
        one = todo.pop()
        stat = read("/proc/%d/stat" % one)
        todo += map(int, read("/proc/%d/task/%d/children" %
                              (one, one)).split())
        if stat and stat.rpartition(")")[2].split()[0] != "Z":
            found[one] = stat.partition("(")[2].rpartition(")")[0]
    return found


def zombies(pid):
    children = read("/proc/%d/task/%d/children" % (pid, pid)).split()
    return [one for one in children if " Z " in
            read("/proc/%s/stat" % one).rpartition(")")[2][:3]]


def compilers(pid):
    return [one for one, name in family(pid).items() if name in COMPILERS]


def memory_kb(pid):
    """Its share of memory, with what it shares divided among the sharers."""
    for line in read("/proc/%d/smaps_rollup" % pid).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def descriptors(pid):
    try:
        return len(os.listdir("/proc/%d/fd" % pid))
    except OSError:
        return 0


class Picture:
    """A daemon at one moment."""

    def __init__(self, pid):
        everyone = family(pid)
        self.parent_kb = memory_kb(pid)
        self.all_kb = sum(map(memory_kb, everyone))
        self.parent_fds = descriptors(pid)
        self.all_fds = sum(map(descriptors, everyone))
        self.processes = len(everyone)
        self.zombies = len(zombies(pid))

    NAMES = ("parent_kb", "all_kb", "parent_fds", "all_fds", "processes",
             "zombies")


def listener_of(port):
    """The inode of the socket that listens on a port of this machine."""
    for line in read("/proc/net/tcp").splitlines()[1:]:
        fields = line.split()
        if fields[3] == "0A" and int(fields[1].split(":")[1], 16) == port:
            return fields[9]
    return None


def holders(pid, inode):
    """Which of a process and its descendants have a socket open."""
    found = []
    for one in family(pid):
        try:
            links = [os.readlink("/proc/%d/fd/%s" % (one, fd))
                     for fd in os.listdir("/proc/%d/fd" % one)]
        except OSError:
            continue
        if "socket:[%s]" % inode in links:
            found.append(one)
    return found


def owner(pid):
    """The account and the group that a process runs as; None: it is gone."""
    found = {}
    for line in read("/proc/%d/status" % pid).splitlines():
        name, _, value = line.partition(":")
        found[name] = value.split()
    if "Uid" not in found:
        return None
    return int(found["Uid"][1]), int(found["Gid"][1])


def set_descriptors(pid, count):
    """Sets how many descriptors a process may have, as its own account: root
    itself may not do so everywhere. Returns whether it could."""
    who, account = {}, owner(pid)
    if account is None:
        return False
    if os.getuid() == 0:
        who = {"user": account[0], "group": account[1], "extra_groups": []}
    words = ["prlimit", "--pid", str(pid), "--nofile=%d:" % count]
    try:
        return subprocess.run(words, stderr=subprocess.DEVNULL, check=False,
                              **who).returncode == 0
    except OSError:
        return False


def limit_descriptors(pid, spare):
    """Leaves a process so many more; returns whether that could be done."""
    used = max(map(int, os.listdir("/proc/%d/fd" % pid)), default=2) + 1
    return set_descriptors(pid, used + spare)
