# SPDX-License-Identifier: GPL-2.0-or-later
"""The programs under test: a daemon on a port of its own, a client with a
server that says what a test wants, and what both must have left behind:
nothing."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import peer

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("top_builddir", os.getcwd())
DISTCC = os.environ.get("DISTCC", os.path.join(BUILD, "distcc"))
DISTCCD = os.environ.get("DISTCCD", os.path.join(BUILD, "distccd"))
CASES = int(os.environ.get("FUZZ_CASES", "60"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
PATH = "/usr/local/bin:/usr/bin:/bin"

# The longest that any answer may take when the peer's timeout is 1 second.
SOON = 20


def is_foreign(program):
    text = subprocess.run([program, "--version"], capture_output=True,
                          check=False).stdout
    return b" 3." in text.split(b"\n", maxsplit=1)[0]


def has_sanitizer(program):
    with open(shutil.which(program) or program, "rb") as f:
        return b"__asan_init" in f.read()


def wait_until(condition, seconds=SOON):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def program_of(pid):
    """The program that a process runs; "" if it is gone."""
    try:
        return os.readlink("/proc/%s/exe" % pid)
    except OSError:
        return ""


def high_water(pid):
    """The most memory that a process has had, in kB; 0 if it is gone."""
    try:
        with open("/proc/%s/status" % pid, encoding="ascii") as f:
            for line in f:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1])
    except (OSError, ProcessLookupError):
        pass
    return 0


class Place:
    """A directory of a test's own, and an environment with nothing else."""

    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix="distcc-wire.")
        os.chmod(self.dir, 0o755)
        for name in ("work", "home", "tmp", "spool", "state", "log",
                     "sanitizer"):
            os.mkdir(self.path(name))
        for name in ("spool", "log", "sanitizer"):
            os.chmod(self.path(name), 0o1777)
        report = "log_path=" + self.path("sanitizer", "report")
        self.env = {
            "PATH": PATH, "LC_ALL": "C", "HOME": self.path("home"),
            "TMPDIR": self.path("tmp"), "DISTCC_DIR": self.path("state"),
            "DISTCC_IO_TIMEOUT": "1", "ASAN_OPTIONS": report,
            "UBSAN_OPTIONS": report + ":print_stacktrace=1",
        }
        more = os.environ.get("TEST_ASAN_OPTIONS")
        if more:
            self.env["ASAN_OPTIONS"] += ":" + more

    def path(self, *names):
        return os.path.join(self.dir, *names)

    def files(self, *names):
        return [os.path.join(top, f) for top, dirs, files in
                os.walk(self.path(*names)) for f in files + dirs]

    def reports(self):
        text = ""
        for name in self.files("sanitizer"):
            with open(name, encoding="utf-8", errors="replace") as f:
                text += f.read()
        return text

    def remove(self):
        shutil.rmtree(self.dir, ignore_errors=True)


class Daemon:
    """distccd, while its with statement lasts."""

    def __init__(self, *options, **env):
        self.place = Place()
        self.env = dict(self.place.env, TMPDIR=self.place.path("spool"),
                        **env)
        self.command = [DISTCCD, "--no-detach", "--daemon", "--allow",
                        "127.0.0.1", "--log-level", "info", "--log-file",
                        self.place.path("log", "log")]
        if not is_foreign(DISTCCD):
            # Not this machine's own file of options.
            with open(self.place.path("no-options"), "wb"):
                self.command += ["--config", self.place.path("no-options")]
        self.command += options
        if os.getuid() == 0:
            self.command += ["--user", "nobody"]
        self.errors = open(self.place.path("log", "stderr"), "wb")
        self.prepare()
        start = self.start_foreign if is_foreign(DISTCCD) else self.start
        start()
        self.pid = self.process.pid

    def prepare(self):
        """What a special daemon needs before it starts."""

    def popen(self, words):
        return subprocess.Popen(words, env=self.env, stdin=subprocess.DEVNULL,
                                stdout=self.errors, stderr=self.errors)

    def start(self):
        portfile = self.place.path("port")
        launcher = os.path.join(HERE, "..", "lib", "listen.py")
        self.process = self.popen(
            [sys.executable, launcher, portfile, *self.command])
        if not wait_until(lambda: os.path.exists(portfile)):
            raise RuntimeError("the daemon did not start")
        with open(portfile, encoding="ascii") as f:
            self.port = int(f.read())

    def start_foreign(self):
        for _ in range(5):
            with socket.socket() as s:
                s.bind(("127.0.0.1", 0))
                self.port = s.getsockname()[1]
            self.process = self.popen(
                self.command + ["--listen", "127.0.0.1", "--port",
                                str(self.port)])
            while self.process.poll() is None:
                with socket.socket() as s:
                    if s.connect_ex(("127.0.0.1", self.port)) == 0:
                        return
                time.sleep(0.02)
        raise RuntimeError("no port for a foreign daemon")

    def connect(self, timeout=SOON):
        return socket.create_connection(("127.0.0.1", self.port), timeout)

    def ask(self, data, timeout=SOON):
        """Sends data and returns everything that comes back."""
        with self.connect(timeout) as sock:
            try:
                sock.sendall(data)
            except (BrokenPipeError, ConnectionResetError):
                pass
            return peer.read_all(sock)

    def job_files(self):
        """What jobs have in the daemon's TMPDIR. Its own directory, with a
        lock in it, may stay as long as it runs."""
        top = self.place.path("spool")
        return [name for name in self.place.files("spool")
                if os.path.dirname(name) != top and
                os.path.basename(name) != "lock"]

    def log(self):
        try:
            with open(self.place.path("log", "log"), encoding="utf-8",
                      errors="replace") as f:
                return f.read()
        except FileNotFoundError:
            return ""

    def stop(self):
        """Ends it; returns complaints about what it left."""
        found = []
        if self.process.poll() is not None:
            found.append("it ended by itself: %s" % self.process.returncode)
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(SOON)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            found.append("it did not end on SIGTERM")
        self.errors.close()
        left = self.place.files("spool")
        if left and not is_foreign(DISTCCD):
            found.append("files are left: %s" % left)
        if self.place.reports():
            found.append(self.place.reports())
        return found

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        complaints = self.stop()
        subprocess.run([sys.executable, os.path.join(HERE, "..", "lib",
                                                     "strays.py"),
                        self.place.dir, "--kill"], check=False)
        if kind is None and not complaints:
            self.place.remove()
        else:
            print("see " + self.place.dir, file=sys.stderr)
        if kind is None and complaints:
            raise AssertionError("; ".join(complaints))


class Server:
    """A server that hands each connection to behave(sock), in a thread."""

    def __init__(self, behave):
        self.behave = behave
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.served = 0
        self.errors = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                sock, _ = self.socket.accept()
            except OSError:
                return
            self.served += 1
            threading.Thread(target=self.serve, args=(sock,),
                             daemon=True).start()

    def serve(self, sock):
        sock.settimeout(60)
        with sock, contextlib.suppress(OSError, EOFError):
            try:
                self.behave(sock)
            except ValueError as error:
                self.errors.append(error)

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


class TestCase(unittest.TestCase):
    """Bytes are shown whole enough to be understood."""

    maxDiff = 2000

    def ours_only(self, program=DISTCCD):
        if is_foreign(program):
            self.skipTest("distcc 3 does not do this")
