# SPDX-License-Identifier: GPL-2.0-or-later
"""A daemon among honest clients and hostile peers, with accidents, for a few
minutes. No honest client may be lost, get a wrong object, or wait for ever;
and when all are gone, so is all that they used.

usage: soak.py

$SOAK_SECONDS is how long the phases take in all (130), $SOAK_SEED what chance
begins with. Root is needed for a small file system as the daemon's TMPDIR;
without, that part is left out. The names of phases as arguments run these
alone.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import figures  # noqa: E402
import generator  # noqa: E402
import honest  # noqa: E402
import hostile  # noqa: E402
import under_test  # noqa: E402
import watching  # noqa: E402

SECONDS = int(os.environ.get("SOAK_SECONDS", "130"))
SEED = os.environ.get("SOAK_SEED", "1")
PACKAGED = os.environ.get("PACKAGED_DISTCC", "/usr/bin/distcc")
JOBS = (os.cpu_count() or 1) + 2
HELP = subprocess.run([under_test.DISTCCD, "--help"], capture_output=True,
                      text=True, check=False).stdout
# The longest that an honest client may take, so that a hang is an end.
DEADLINE = int(os.environ.get("SOAK_DEADLINE", "180"))
DISK_MB = 192
SOURCES = 64
CRASHES = (signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGSEGV)
BALANCER = "127.0.2.1"
HEADERS = (b"PROXY TCP4 127.0.2.7 127.0.0.1 5000 3632\r\n",
           b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\x7f\0\2\x08\x7f\0\0\1" +
           b"\x13\x88\x0e\x30")


def has(option):
    """Whether the daemon under test has it."""
    line = re.search("^.*%s(?![-a-z]).*$" % option, HELP, re.MULTILINE)
    return line is not None and "not built in" not in line.group()


class Daemon(under_test.Daemon):
    """One with a small file system, if there may be one, and few files."""

    def __init__(self, *options, few_files=0, stats_port=None, **env):
        self.few_files = few_files
        self.stats_port = stats_port
        self.mounted = False
        super().__init__(*options, **env)

    def prepare(self):
        spool = self.place.path("spool")
        self.mounted = os.getuid() == 0 and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=%dm,mode=1777" % DISK_MB,
             "none", spool], stderr=subprocess.DEVNULL,
            check=False).returncode == 0
        if self.few_files:
            self.command = ["/bin/sh", "-c", 'ulimit -n "$0"; exec "$@"',
                            str(self.few_files), *self.command]

    def stop(self):
        complaints = super().stop()
        if self.mounted:
            subprocess.run(["umount", "-l", self.place.path("spool")],
                           check=False)
        return complaints


class Soak:
    """The whole of it: phases, and what was found."""

    def __init__(self):
        self.complaints = []
        self.rows = []
        self.pictures = []
        self.kills = 0
        self.place = under_test.Place()
        self.work = self.place.path("work")
        self.compiler = generator.Compiler(self.work)
        with open(self.compiler.list, "a", encoding="ascii") as f:
            f.write("/usr/bin/gcc\n/usr/bin/x86_64-linux-gnu-gcc\n")
        self.requests = [
            self.compiler.request(self.place.path("r%d" % i), size, version)
            for i, (size, version) in enumerate(
                ((1000, 1), (200000, 1), (30000, 2)))]
        self.add_headers()
        self.objects = honest.write_units(self.work)
        self.daemon = self.start_daemon()

    def complain(self, text):
        self.complaints.append(text)
        print("!! " + text, flush=True)

    def add_headers(self):
        """The same as the first request, as balancers send it."""
        with open(self.requests[0], "rb") as f:
            request = f.read()
        self.requests += [generator.write(
            self.place.path("proxied%d" % i), header + request)
            for i, header in enumerate(HEADERS)]

    def start_daemon(self, *options, **more):
        words = ["--jobs", str(JOBS), "--allow", "127.0.0.0/8",
                 "--log-level", "notice", "--job-lifetime", "120", *options]
        if has("--receivers"):
            words += ["--receivers", str(4 * JOBS)]
        if has("--drain-time"):
            words += ["--drain-time", "10"]
        if has("--min-free-disk"):
            words += ["--min-free-disk", "24"]
        if has("--proxy-from"):
            words += ["--proxy-from", BALANCER]
        stats_port = None
        if has("--stats"):
            stats_port = int(subprocess.run(
                [sys.executable, os.path.join(HERE, "..", "lib",
                                              "freeport.py")],
                capture_output=True, check=True).stdout)
            words += ["--stats", "--stats-port", str(stats_port)]
        return Daemon(*words, DISTCC_CMDLIST=self.compiler.list,
                      DISTCC_IO_TIMEOUT="60", stats_port=stats_port, **more)

    def client_env(self, option, number):
        state = self.place.path("state", "client%s" % number)
        os.makedirs(state, exist_ok=True)
        return dict(self.place.env, DISTCC_DIR=state,
                    DISTCC_BACKOFF_PERIOD="1", DISTCC_IO_TIMEOUT="120",
                    DISTCC_HOSTS="127.0.0.1:%d/8%s" % (self.daemon.port,
                                                       option))

    # --- honest clients --------------------------------------------------

    def start_loads(self, seconds):
        shapes = [{"clients": 28}, {"clients": 14, "body_delay": 50},
                  {"clients": 14, "head_delay": 20}]
        if has("--proxy-from"):
            shapes += [{"clients": 2, "sources": 1, "first_source": BALANCER}
                       for _ in HEADERS]
        loads = []
        for i, (request, shape) in enumerate(zip(self.requests, shapes)):
            options = {"sources": SOURCES, "seconds": seconds,
                       "deadline": DEADLINE, **shape}
            # The third one's comes compressed.
            if i != 2:
                options["object"] = self.compiler.object
            loads.append(generator.Load(self.daemon.port, request, **options))
        return loads

    def start_builders(self):
        shapes = [(under_test.DISTCC, ""), (under_test.DISTCC, ",lzo")]
        if os.path.exists(PACKAGED):
            shapes += [(PACKAGED, ""), (PACKAGED, ",lzo")]
        builders = [honest.Builder(program, self.client_env(option, i),
                                   self.work, self.objects,
                                   "%s %d" % (SEED, i))
                    for i, (program, option) in enumerate(shapes)]
        for builder in builders:
            builder.start()
        return builders

    def finish_loads(self, name, loads, allowed):
        total = dict.fromkeys(generator.ENDINGS, 0)
        rate = longest = 0
        for load in loads:
            try:
                figures = load.finish(SECONDS + DEADLINE + 60)
            except (RuntimeError, subprocess.TimeoutExpired) as error:
                self.complain("%s: %s" % (name, error))
                continue
            for ending in generator.ENDINGS:
                total[ending] += figures[ending]
            rate += figures["per_second"]
            longest = max([longest] + [one["longest_ms"]
                                       for one in figures["sources"]])
        for ending, count in total.items():
            if count and ending not in ("ok", *allowed):
                self.complain("%s: %d jobs of %d: %s" % (
                    name, count, sum(total.values()), ending))
        if not total["ok"]:
            self.complain("%s: nobody was served" % name)
        return total, rate, longest

    def finish_builders(self, name, builders):
        for builder in builders:
            builder.ended.set()
        for builder in builders:
            builder.join(DEADLINE * 3)
            if builder.is_alive():
                self.complain("%s: %s hangs" % (name, builder.program))
            for text in builder.wrong[:3]:
                self.complain("%s: %s" % (name, text))
        return (sum(builder.done for builder in builders),
                sum(builder.local for builder in builders))

    # --- phases ----------------------------------------------------------

    def phase(self, name, seconds, peers=(), accident=None, allowed=()):
        """Honest clients for so long, with peers, and with an accident."""
        started = time.monotonic()
        threads = [peer(self.daemon.port, SEED) for peer in peers]
        if peers:
            threads.append(hostile.Killed(
                self.daemon.port, SEED,
                [under_test.DISTCC, "gcc", "-c", "unit0.c"],
                self.client_env("", "killed"), self.work))
        port, statistics, reader = self.daemon.stats_port, None, None
        if port is not None:
            statistics = figures.Statistics(port)
            reader = figures.Reader(port)
            reader.start()
        if peers and port is not None:
            threads.append(hostile.Scraper(port, SEED))
        for thread in threads:
            thread.start()
        loads, builders = self.start_loads(seconds), self.start_builders()
        if accident:
            accident(started + seconds)
        total, rate, longest = self.finish_loads(name, loads, allowed)
        built, local = self.finish_builders(name, builders)
        for thread in threads:
            thread.stop()
        if statistics is not None:
            self.check_statistics(name, statistics, reader,
                                  total["ok"] + built - local,
                                  total["busy"], not peers)
        if self.daemon.process.poll() is not None:
            self.complain("%s: the daemon has ended" % name)
        self.rows.append((
            name, total["ok"], total["busy"], total["status"],
            sum(total.values()) - total["ok"] - total["busy"] -
            total["status"], built, local, rate, longest,
            sum(thread.count for thread in threads),
            reader.count if reader else 0,
            time.monotonic() - started))
        print("%-12s done: %d ok" % (name, total["ok"]), flush=True)

    def check_statistics(self, name, statistics, reader, ok, busy, exactly):
        reader.stop()
        if not reader.count:
            self.complain(name + ": no statistics were read")
        if reader.missed and not self.kills:
            self.complain("%s: statistics were not there %d times" % (
                name, reader.missed))
        for text in reader.wrong[:3] + statistics.complaints(ok, busy,
                                                             exactly):
            self.complain("%s: %s" % (name, text))

    def warm_up(self, seconds):
        self.phase("warm-up", seconds)
        self.before = self.idle_picture()

    def attacks(self, seconds):
        def hang_up(end):
            while time.monotonic() < end - 4:
                time.sleep(3)
                if has("--drain-time"):
                    self.daemon.process.send_signal(signal.SIGHUP)
                self.kill_statistics()
        self.phase("attacks", seconds, hostile.ATTACKS, hang_up)
        if self.daemon.stats_port is not None and self.kills < 2:
            self.complain("the statistics server was killed %d times" %
                          self.kills)

    def crowds(self, seconds):
        self.phase("crowds", seconds, hostile.CROWDS)

    def everything(self, seconds):
        self.phase("everything", seconds, hostile.ATTACKS + hostile.CROWDS)

    def kill_statistics(self):
        if self.daemon.stats_port is None:
            return
        for pid in self.statistics_servers():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                self.kills += 1

    def statistics_servers(self):
        """Who has the sockets for long: not a worker that was just born, nor
        a server that is about to be replaced."""
        stats = watching.listener_of(self.daemon.stats_port)
        main = watching.listener_of(self.daemon.port)
        before = set()
        for _ in range(30):
            found = set(watching.holders(self.daemon.pid, stats)) - set(
                watching.holders(self.daemon.pid, main))
            if found & before:
                return found & before
            before = found
            time.sleep(0.1)
        return set()

    def full_disk(self, seconds):
        if not self.daemon.mounted:
            print("full disk: left out, no tmpfs may be mounted here")
            return
        balloon = self.daemon.place.path("spool", "balloon")

        def fill(end):
            while time.monotonic() < end - 3:
                with open(balloon, "wb") as f:
                    try:
                        while True:
                            f.write(bytes(1 << 20))
                            f.flush()
                    except OSError:
                        pass
                    time.sleep(1.5)
                os.unlink(balloon)
                time.sleep(1.5)
        self.phase("full disk", seconds, (hostile.Cut,), fill,
                   ("busy", "status"))

    def few_files(self, seconds):
        """Processes that are born meanwhile have the low limit too, so that
        their jobs may fail; they get it back with the parent's."""
        def squeeze(end):
            while time.monotonic() < end - 3:
                for spare in (0, 2, 6):
                    if not watching.limit_descriptors(self.daemon.pid,
                                                      spare):
                        print("few files: left out, no limit can be set")
                        return
                    time.sleep(0.5)
                for pid in watching.family(self.daemon.pid):
                    watching.set_descriptors(pid, 1024)
                time.sleep(0.5)
        self.phase("few files", seconds, (hostile.Silent,), squeeze,
                   ("busy", "status"))

    def stopped(self, seconds):
        """Compilers stop for a while, as a swapping machine's do."""
        self.compiler.take(100)

        def stop(end):
            while time.monotonic() < end - 3:
                pids = watching.compilers(self.daemon.pid)[:JOBS - 1]
                for signo, pause in ((signal.SIGSTOP, 2), (signal.SIGCONT,
                                                           0.5)):
                    for pid in pids:
                        try:
                            os.kill(pid, signo)
                        except ProcessLookupError:
                            continue
                    time.sleep(pause)
        self.phase("stopped", seconds, (hostile.Cut,), stop)
        self.compiler.take(0)

    def recovered(self, seconds):
        self.phase("recovered", seconds)
        after = self.idle_picture()
        self.compare(self.before, after)
        self.check_slots()

    # --- verdicts --------------------------------------------------------

    def idle_picture(self):
        """When nothing runs any more."""
        if not under_test.wait_until(
                lambda: not watching.compilers(self.daemon.pid), 60):
            self.complain("compilers run on: %s" %
                          watching.compilers(self.daemon.pid))
        if not under_test.wait_until(
                lambda: not self.daemon.job_files(), 30):
            self.complain("files are left: %s" % self.daemon.job_files()[:9])
        under_test.wait_until(
            lambda: watching.Picture(self.daemon.pid).zombies == 0, 10)
        return watching.Picture(self.daemon.pid)

    def compare(self, before, after):
        """Memory may grow by a fourth and 4 MB, the rest not at all, but for
        workers that were not needed yet."""
        for name in watching.Picture.NAMES:
            old, new = getattr(before, name), getattr(after, name)
            self.pictures.append((name, old, new))
            more = max(after.processes - before.processes, 0)
            room = {"parent_kb": old / 4 + 4096,
                    "all_kb": old / 4 + 4096 + 2048 * more,
                    "parent_fds": 4 + 3 * more, "all_fds": 4 + 24 * more,
                    "processes": 5 * JOBS, "zombies": 0}[name]
            if new > old + room:
                self.complain("%s grew from %d to %d" % (name, old, new))

    def check_slots(self):
        """All slots still serve: so many compilers run at a time."""
        self.compiler.take(1000)
        load = generator.Load(self.daemon.port, self.requests[0],
                              jobs=4 * JOBS, clients=4 * JOBS,
                              sources=SOURCES, deadline=DEADLINE)
        most = 0
        while load.process.poll() is None and most < JOBS:
            most = max(most, len(watching.compilers(self.daemon.pid)))
            time.sleep(0.01)
        self.finish_loads("slots", [load], ())
        self.compiler.take(0)
        if most != JOBS:
            self.complain("%d of %d slots are in use" % (most, JOBS))

    def few_from_start(self, seconds):
        """Another daemon, which may hardly open a file."""
        main, self.daemon = self.daemon, self.start_daemon(few_files=40)
        try:
            self.phase("40 files", seconds, (hostile.Silent, hostile.Cut),
                       allowed=("busy",))
        finally:
            self.end_daemon()
            self.daemon = main

    def end_daemon(self):
        for line in self.daemon.log().splitlines():
            status = re.search("ended with status 0x([0-9a-f]+)", line)
            if status and int(status[1], 16) & 0x7f in CRASHES:
                self.complain(line)
        for text in self.daemon.stop():
            self.complain(text)
        strays = subprocess.run(
            [sys.executable, os.path.join(HERE, "..", "lib", "strays.py"),
             self.daemon.place.dir, "--kill"], capture_output=True,
            text=True, check=False)
        if strays.returncode:
            self.complain("processes are left: " + strays.stdout)
        if not self.complaints:
            self.daemon.place.remove()

    def run(self, only):
        plan = (("warm-up", self.warm_up, 8), ("attacks", self.attacks, 14),
                ("crowds", self.crowds, 10),
                ("everything", self.everything, 12),
                ("full-disk", self.full_disk, 14),
                ("few-files", self.few_files, 12),
                ("stopped", self.stopped, 12),
                ("40-files", self.few_from_start, 8),
                ("recovered", self.recovered, 10))
        try:
            for name, phase, share in plan:
                if self.daemon.process.poll() is not None:
                    break
                if not only or name in ("warm-up", "recovered", *only):
                    phase(max(4, SECONDS * share // 100))
        finally:
            self.end_daemon()
        self.report()

    def report(self):
        """A column for each: how the load's jobs ended, what real clients
        compiled (of these, not by this daemon), jobs a second, the longest
        one's time, hostile connections, pages of statistics, seconds."""
        print("%-10s %6s %5s %6s %4s %5s %5s %5s %9s %5s %5s %4s" % (
            "phase", "ok", "busy", "failed", "lost", "built", "local",
            "/s", "longest", "peers", "pages", "s"))
        total = [sum(column) for column in list(zip(*self.rows))[1:]]
        total[6] = total[0] / max(total[-1], 1)
        total[7] = max(row[8] for row in self.rows)
        for row in self.rows + [("in all", *total)]:
            print("%-10s %6d %5d %6d %4d %5d %5d %5.0f %6.0f ms %5d %5d %4.0f"
                  % row)
        for name, old, new in self.pictures:
            print("%-20s %8d when warm, %8d at the end" % (name, old, new))
        for text in self.complaints:
            print("FAILED: " + text)
        print("failed" if self.complaints else "passed")


def main():
    soak = Soak()
    soak.run(sys.argv[1:])
    if not soak.complaints:
        soak.place.remove()
    sys.exit(bool(soak.complaints))


main()
