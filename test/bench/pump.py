# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures our pump mode beside the packaged one, in turns; see pump.

What counts is the CPU of this machine's side: the client, what it starts, and
the agent or include server. A round has a cold pass, with an agent that has
just been started, and a warm one, in which it has seen all units before. Both
sides talk to a daemon of their own kind, which really compiles.
"""

import glob
import os
import shutil
import signal
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "wire"))
sys.path.insert(0, HERE)

from relay import Relay  # noqa: E402
import under_test  # noqa: E402
import units  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "3"))
SERVER = "/usr/lib/python3/dist-packages/include_server"


def process_cpu(pid):
    """CPU seconds of one process, its threads and what it waited for."""
    used = 0.0
    for name in glob.glob("/proc/%d/task/*/schedstat" % pid):
        with open(name, encoding="ascii") as f:
            used += int(f.read().split()[0]) / 1e9
    with open("/proc/%d/stat" % pid, encoding="ascii") as f:
        fields = f.read().rpartition(")")[2].split()
    ticks = os.sysconf("SC_CLK_TCK")
    return used + (int(fields[13]) + int(fields[14])) / ticks


class Side:
    def __init__(self, name):
        self.name = name
        ours = name == "ours"
        self.distcc = os.environ["DISTCC" if ours else "PACKAGED_DISTCC"]
        under_test.DISTCCD = os.environ["DISTCCD" if ours else
                                        "PACKAGED_DISTCCD"]
        self.daemon = under_test.Daemon("--jobs", "4", "--log-level",
                                        "notice", DISTCC_IO_TIMEOUT="300")
        self.relay = Relay(self.daemon.port)
        self.place = self.daemon.place
        self.values = {}
        self.env = dict(self.place.env, DISTCC_FALLBACK="0",
                        DISTCC_IO_TIMEOUT="300",
                        PATH=under_test.PATH,
                        DISTCC_HOSTS="127.0.0.1:%d/4,lzo,cpp" %
                        self.relay.port)
        self.agent = None

    def start_agent(self):
        """As cold as it gets, but for what compilers said of themselves."""
        work = self.place.path("agent")
        shutil.rmtree(work, ignore_errors=True)
        os.mkdir(work)
        socket = os.path.join(work, "socket")
        pid_file = os.path.join(work, "pid")
        if self.name == "ours":
            agent = os.path.join(os.path.dirname(self.distcc),
                                 "distcc-agent")
            words = [agent, "--socket", socket, "--pid-file", pid_file]
            self.env["DISTCC_AGENT_SOCKET"] = socket
        else:
            words = [sys.executable, os.path.join(HERE, "legacy/start.py"),
                     SERVER, "--port", socket, "--pid_file", pid_file,
                     "-d1"]
            self.env["INCLUDE_SERVER_PORT"] = socket
        subprocess.run(words, env=self.env, check=True,
                       stdin=subprocess.DEVNULL)
        with open(pid_file, encoding="ascii") as f:
            self.agent = int(f.read())

    def stop_agent(self):
        os.kill(self.agent, signal.SIGTERM)
        under_test.wait_until(lambda: under_test.program_of(self.agent) == "")

    def one(self, words, cwd):
        """The CPU of one job's client."""
        words = words + ["-o", self.place.path("work", "out.o")]
        process = subprocess.Popen([self.distcc] + words, env=self.env,
                                   cwd=cwd, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit("%s: %s: exit %d" % (self.name, words,
                                                  process.returncode))
        return usage.ru_utime + usage.ru_stime

    def run(self, label, cwd, commands):
        agent = process_cpu(self.agent)
        sent = self.relay.sent
        client = sum(self.one(words, cwd) for words in commands)
        agent = process_cpu(self.agent) - agent
        count = len(commands)
        for what, value in (("client", client), ("agent", agent),
                            ("both", client + agent)):
            self.values.setdefault("%s: %s CPU ms" % (label, what),
                                   []).append(value * 1e3 / count)
        self.values.setdefault(label + ": bytes sent", []).append(
            (self.relay.sent - sent) / count)

    def stop(self):
        self.relay.close()
        self.daemon.stop()
        shutil.rmtree(self.place.dir, ignore_errors=True)


def report(sides, count):
    ours, packaged = sides
    print("%-34s %10s %10s %7s" % ("per unit", "ours", "packaged", "ratio"))
    for what, values in ours.values.items():
        a = statistics.median(values)
        b = statistics.median(packaged.values[what])
        print("%-34s %10.2f %10.2f %7.2f" % (what, a, b, a / b))
    print("%d units, %d rounds, medians" % (count, ROUNDS))


def main():
    source, build = os.environ["top_srcdir"], os.environ["top_builddir"]
    place = under_test.Place()
    sides = [Side("ours"), Side("packaged")]
    count = 0
    try:
        loads = units.workloads(os.path.abspath(source),
                                os.path.abspath(build), place.path("work"))
        for number in range(ROUNDS):
            for name, cwd, commands in loads:
                count += len(commands) if number == 0 else 0
                for side in sides:
                    side.start_agent()
                    for label in "cold", "warm":
                        side.run(name + " " + label, cwd, commands)
                    side.stop_agent()
            sides.reverse()
    finally:
        for side in sides:
            side.stop()
        place.remove()
    sides.sort(key=lambda side: side.name)
    report(sides, count)


if __name__ == "__main__":
    main()
