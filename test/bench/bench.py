# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures two pairs of distcc and distccd in turns; see run.

A client's CPU is that of all processes of its job, less that of the same
preprocessor run alone. The daemon's is that of its whole tree, less that of
the compilers, which is measured by running the same compile alone. With a
preprocessed source and a compiler that does nothing, little is left to
subtract: that is the exact case, and the real compiles are the check on it.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "wire"))
sys.path.insert(0, HERE)

from cpu import cpu_of, tree_cpu  # noqa: E402
from relay import Relay  # noqa: E402
import under_test  # noqa: E402

ROUNDS = 5
SLOTS = os.cpu_count() or 1
PAIRS = {
    "ours": (os.environ["DISTCC"], os.environ["DISTCCD"]),
    "packaged": (os.environ["PACKAGED_DISTCC"],
                 os.environ["PACKAGED_DISTCCD"]),
}
NOOP = """#include <fcntl.h>
#include <string.h>
#include <unistd.h>
int main(int argc, char **argv)
{
	for (int i = 1; i < argc - 1; i++) {
		if (strcmp(argv[i], "-o") == 0) {
			int fd = open(argv[i + 1], O_WRONLY | O_CREAT, 0666);
			return fd < 0 || write(fd, "object", 6) != 6;
		}
	}
	return 1;
}
"""


class Side:
    """A pair of programs and what was measured of it."""

    def __init__(self, name, work):
        self.name, self.work = name, work
        self.distcc, under_test.DISTCCD = PAIRS[name]
        self.values = {}
        lister = os.path.join(work, "list")
        self.daemon = under_test.Daemon(
            "--jobs", str(SLOTS + 2), "--log-level", "notice",
            DISTCC_CMDLIST=lister, DISTCC_IO_TIMEOUT="300")
        self.relay = Relay(self.daemon.port)
        self.env = dict(self.daemon.place.env, DISTCC_FALLBACK="0",
                        DISTCC_IO_TIMEOUT="300",
                        PATH=work + ":" + under_test.PATH)

    def hosts(self, port, option):
        return "127.0.0.1:%d/%d%s" % (port, SLOTS + 1, option)

    def note(self, what, value):
        self.values.setdefault(what, []).append(value)

    def job(self, words, option, label, base_client, base_compiler):
        env = dict(self.env, DISTCC_HOSTS=self.hosts(self.daemon.port,
                                                     option))
        repeat = 50
        before = tree_cpu(self.daemon.pid)
        used = cpu_of([self.distcc] + words, env, self.work, repeat)
        daemon = (tree_cpu(self.daemon.pid) - before) / repeat
        self.note(label + ": client CPU ms", (used - base_client) * 1e3)
        self.note(label + ": daemon CPU ms", (daemon - base_compiler) * 1e3)

    def start_up(self):
        """What each job pays before it does anything. Both in one breath: a
        machine is not as fast at all times."""
        nothing = cpu_of(["true"], self.env, self.work, 200)
        used = cpu_of([self.distcc, "--version"], self.env, self.work, 200)
        self.note("--version: CPU, times that of true", used / nothing)

    def memory(self, words, option, label):
        """The peak of the client itself, looked at as often as possible."""
        env = dict(self.env, DISTCC_HOSTS=self.hosts(self.daemon.port,
                                                     option))
        client = subprocess.Popen([self.distcc] + words, env=env,
                                  cwd=self.work, stdin=subprocess.DEVNULL)
        peak, program = 0, os.path.realpath(self.distcc)
        while client.poll() is None:
            if under_test.program_of(client.pid) == program:
                peak = max(peak, under_test.high_water(client.pid))
        self.note(label + ": client peak kB", peak)

    def wire(self, words, option, label):
        env = dict(self.env, DISTCC_HOSTS=self.hosts(self.relay.port,
                                                     option))
        relay = self.relay
        before = relay.sent + relay.received, relay.reads
        cpu_of([self.distcc] + words, env, self.work)
        self.note(label + ": bytes on the wire",
                  relay.sent + relay.received - before[0])

    def throughput(self, words, option, label, jobs):
        env = dict(self.env, DISTCC_PAUSE_TIME_MSEC="10",
                   DISTCC_HOSTS=self.hosts(self.daemon.port, option))
        start, running, done = time.monotonic(), [], 0
        while done < jobs:
            while len(running) < SLOTS + 1 and done < jobs:
                out = ["-o", "out%d.o" % (done % 16)]
                running.append(subprocess.Popen(
                    [self.distcc] + words[:-2] + out, env=env,
                    cwd=self.work, stdin=subprocess.DEVNULL))
                done += 1
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
            running = [p for p in running if p.poll() is None]
        for process in running:
            process.wait()
        self.note(label + ": jobs per second",
                  jobs / (time.monotonic() - start))


def prepare(work):
    os.chmod(work, 0o755)
    with open(os.path.join(work, "noop.c"), "w", encoding="ascii") as f:
        f.write(NOOP)
    subprocess.run(["gcc", "-O2", "noop.c", "-o", "noopcc"], cwd=work,
                   check=True)
    with open(os.path.join(work, "list"), "w", encoding="ascii") as f:
        f.write("%s/noopcc\n/usr/bin/gcc\n/usr/bin/x86_64-linux-gnu-gcc\n" %
                work)
    with open(os.path.join(work, "small.c"), "w", encoding="ascii") as f:
        f.write("#include <stdio.h>\n#include <stdlib.h>\n"
                "#include <string.h>\nint f(char *s) { return puts(s); }\n")
    with open(os.path.join(work, "large.c"), "w", encoding="ascii") as f:
        for i in range(20000):
            f.write("extern int function_%d(int first, long second);\n" % i)
    for name in "small", "large":
        subprocess.run(["gcc", "-E", name + ".c", "-o", name + ".i"],
                       cwd=work, check=True)


def measure(sides, work, jobs):
    env = {"PATH": work + ":" + under_test.PATH, "LC_ALL": "C"}
    cpp = cpu_of(["gcc", "-E", "small.c", "-o", "cpp.i"], env, work, 20)
    cc = cpu_of(["gcc", "-c", "small.i", "-o", "cc.o"], env, work, 20)
    noop = cpu_of(["noopcc", "-c", "small.i", "-o", "cc.o"], env, work,
                     20)
    cases = [("noop small", ["noopcc", "-c", "small.i", "-o", "a.o"], 0,
              noop),
             ("noop large", ["noopcc", "-c", "large.i", "-o", "a.o"], 0,
              noop),
             ("gcc small.c", ["gcc", "-c", "small.c", "-o", "a.o"], cpp, cc)]
    for side in sides:
        side.start_up()
    for option in "", ",lzo":
        for name, words, client, compiler in cases:
            for side in sides:
                label = name + option
                side.job(words, option, label, client, compiler)
                side.memory(words, option, label)
                side.wire(words, option, label)
                side.throughput(words, option, label, jobs)


def report(sides):
    ours, packaged = sides
    print("%-38s %12s %12s %7s" % ("", "ours", "packaged", "ratio"))
    for what, values in ours.values.items():
        a = statistics.median(values)
        b = statistics.median(packaged.values[what])
        ratio = "%7.2f" % (a / b) if b > 0 else "      -"
        print("%-38s %12.2f %12.2f %s" % (what, a, b, ratio))


def main():
    jobs = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    place = under_test.Place()
    work = place.path("work")
    prepare(work)
    sides = [Side(name, work) for name in ("ours", "packaged")]
    try:
        for _ in range(ROUNDS):
            measure(sides, work, jobs)
            sides.reverse()
    finally:
        for side in sides:
            side.relay.close()
            side.daemon.stop()
            shutil.rmtree(side.daemon.place.dir, ignore_errors=True)
        place.remove()
    sides.sort(key=lambda side: side.name)
    report(sides)


main()
