# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures two daemons under load, in turns; see daemon.

The compiler does nothing but make a small object, so that what is measured is
the daemon. Its CPU is that of its whole process tree, less what the compiler
uses when it is run alone.
"""

import os
import shutil
import signal
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "wire"))
sys.path.insert(0, os.path.join(HERE, "..", "load"))
sys.path.insert(0, HERE)

from cpu import cpu_of, tree, tree_cpu  # noqa: E402
import generator  # noqa: E402
import under_test  # noqa: E402

CPUS = os.cpu_count() or 1
JOBS = CPUS + 2
ADDRESSES = 64
DAEMONS = {
    "ours": os.environ["DISTCCD"],
    "packaged": os.environ["PACKAGED_DISTCCD"],
}
SIZES = {"1 KB": 1 << 10, "200 KB": 200 << 10, "2 MB": 2 << 20}
CLIENTS = {"1 client": 1, "2 x CPUs": 2 * CPUS, "10 x jobs": 10 * JOBS}


class Side:
    """A daemon and what was measured of it."""

    def __init__(self, name, compiler):
        self.name = name
        self.values = {}
        self.lost = {}
        under_test.DISTCCD = DAEMONS[name]
        self.daemon = under_test.Daemon(
            "--jobs", str(JOBS), "--allow", "127.0.0.0/8", "--log-level",
            "notice", DISTCC_CMDLIST=compiler.list, DISTCC_IO_TIMEOUT="300")

    def note(self, what, value):
        self.values.setdefault(what, []).append(value)

    def median(self, what):
        return statistics.median(self.values[what])

    def case(self, label, request, clients, seconds, compiler_cpu):
        before = tree_cpu(self.daemon.pid)
        figures = generator.run(
            self.daemon.port, request, clients=clients, seconds=seconds,
            sources=min(ADDRESSES, max(clients, 1)))
        used = tree_cpu(self.daemon.pid) - before
        each = [one["ok"] for one in figures["sources"]]
        self.note(label + ": jobs per second", figures["per_second"])
        self.note(label + ": CPU us per job",
                  (used / max(figures["ok"], 1) - compiler_cpu) * 1e6)
        self.note(label + ": p95 ms", figures["p95_ms"])
        self.note(label + ": longest ms",
                  max(one["longest_ms"] for one in figures["sources"]))
        self.note(label + ": least served, of the most served",
                  min(each) / max(max(each), 1))
        lost = figures["started"] - figures["ok"]
        self.lost[label] = self.lost.get(label, 0) + lost

    def system_calls(self, request):
        """Of the whole tree, for one small job."""
        count = 200
        words = ["strace", "-qq", "-f", "-c", "-o",
                 self.daemon.place.path("strace")]
        for pid in tree(self.daemon.pid):
            words += ["-p", str(pid)]
        strace = subprocess.Popen(words, stderr=subprocess.DEVNULL)
        under_test.wait_until(lambda: is_traced(self.daemon.pid))
        generator.run(self.daemon.port, request, jobs=count, clients=2)
        strace.send_signal(signal.SIGINT)
        strace.wait()
        with open(self.daemon.place.path("strace"), encoding="ascii") as f:
            total = f.read().split("\n")[-2].split()
        calls = [int(word) for word in total[:-1] if word.isdigit()]
        self.note("system calls per job, the compiler's too",
                  calls[-2 if len(calls) > 2 else -1] / count)


def is_traced(pid):
    with open("/proc/%d/status" % pid, encoding="ascii") as f:
        return "TracerPid:\t0\n" not in f.read()


def measure(sides, requests, seconds, compiler):
    env = {"PATH": under_test.PATH}
    words = [compiler.program, "-o", "noop.o"]
    alone = cpu_of(words, env, os.path.dirname(compiler.program), 500)
    for size, request in requests.items():
        for clients, count in CLIENTS.items():
            for side in sides:
                side.case("%s, %s" % (size, clients), request, count,
                          seconds, alone)


def report(ours, packaged):
    print("%-54s %10s %10s %7s" % ("", "ours", "packaged", "ratio"))
    for what in ours.values:
        a, b = ours.median(what), packaged.median(what)
        ratio = "%7.2f" % (a / b) if b > 0 else "      -"
        print("%-54s %10.2f %10.2f %s" % (what, a, b, ratio))
    for what in ours.lost:
        print("%-54s %10d %10d" % (what + ": jobs lost", ours.lost[what],
                                   packaged.lost[what]))
    for size in SIZES:
        rates = [[side.median("%s, %s: jobs per second" % (size, clients))
                  for clients in CLIENTS] for side in (ours, packaged)]
        print("%-54s %10.2f %10.2f" % (
            size + ": ten times the clients, of the best rate",
            rates[0][-1] / max(rates[0]), rates[1][-1] / max(rates[1])))


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    place = under_test.Place()
    compiler = generator.Compiler(place.path("work"), static=True)
    requests = {name: compiler.request(place.path("r%d" % size), size)
                for name, size in SIZES.items()}
    sides = [Side(name, compiler) for name in DAEMONS]
    ours, packaged = sides
    try:
        for _ in range(rounds):
            measure(sides, requests, seconds, compiler)
            sides.reverse()
        if shutil.which("strace"):
            for side in sides:
                side.system_calls(requests["1 KB"])
    finally:
        for side in sides:
            side.daemon.stop()
            side.daemon.place.remove()
        place.remove()
    report(ours, packaged)


main()
