# SPDX-License-Identifier: GPL-2.0-or-later
"""What a daemon's statistics say, and whether that can be."""

import http.client
import json
import re
import threading

import generator  # noqa: F401  (finds the folder of under_test)
import under_test

# The longest pause before a statistics server that was killed is back.
BACK = 60


def fetch(port, path):
    """The page, or None: the server is not there, or was killed just now."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read().decode()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    if answer.status != 200:
        raise ValueError("%s: status %d" % (path, answer.status))
    return text


def from_json(text):
    """Counters by their names in /metrics."""
    found = json.loads(text)["since_start"]
    counters = {"connections": found["connections"],
                "received_bytes": found["bytes_in"],
                "sent_bytes": found["bytes_out"]}
    for kind in "jobs", "refusals":
        for name, value in found[kind].items():
            counters["%s %s" % (kind, name)] = value
    return counters


def from_metrics(text):
    counters = {}
    for line in text.splitlines():
        if not re.fullmatch(r'# (HELP|TYPE) distccd_.+|distccd_\w+'
                            r'(\{(\w+="([^"\\]|\\.)*",?)+\})? \S+', line):
            raise ValueError("no line of metrics: " + line)
        match = re.fullmatch(r'distccd_(connections|jobs|refusals|'
                             r'\w+_bytes)_total(?:\{\w+="(\w+)"\})? (\d+)',
                             line)
        if match:
            name = match[1] + (" " + match[2] if match[2] else "")
            counters[name] = int(match[3])
    return counters


READERS = {"/status.json": from_json, "/metrics": from_metrics}


def read(port, path="/status.json"):
    """Counters; {} if there is no server."""
    text = fetch(port, path)
    return {} if text is None else READERS[path](text)


class Reader(threading.Thread):
    """Reads them now and then. No counter may go back, whatever became of
    the server in the meantime."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port = port
        self.ended = threading.Event()
        self.count = self.missed = 0
        self.last = {}
        self.wrong = []

    def run(self):
        while not self.ended.wait(0.3):
            for path in READERS:
                try:
                    self.compare(read(self.port, path), path)
                except (ValueError, KeyError) as error:
                    self.wrong.append("%s: %r" % (path, error))

    def compare(self, counters, path):
        self.count += bool(counters)
        self.missed += not counters
        for name, value in counters.items():
            if value < self.last.get(name, 0):
                self.wrong.append("%s: %s went from %d to %d" % (
                    path, name, self.last[name], value))
        self.last.update(counters)

    def stop(self):
        self.ended.set()
        self.join(60)


class Statistics:
    """Counters since it was made, as a daemon that has come to rest, or will
    soon, has them."""

    def __init__(self, port):
        self.port = port
        self.before = self.wait()

    def wait(self):
        found = {}

        def is_back():
            found.update(read(self.port))
            return bool(found)
        under_test.wait_until(is_back, BACK)
        return found

    def more(self, name):
        counters = read(self.port)
        return counters.get(name, 0) - self.before.get(name, 0)

    def complaints(self, ok, busy, exactly):
        """The generator saw so many jobs end so; those of others count as
        well, unless it was exactly these."""
        if not self.before or not self.wait():
            return ["the statistics server does not come back"]
        found = []
        for name, seen in (("jobs ok", ok), ("jobs overload", busy)):
            # The daemon counts a job a moment after the client has it all.
            under_test.wait_until(lambda: self.more(name) >= seen, 10)
            counted = self.more(name)
            if counted < seen or (exactly and counted != seen):
                found.append("statistics: %d more %s, but the clients saw %d"
                             % (counted, name, seen))
        if exactly:
            # Nobody is there any more, so the two pages are of one state.
            one, other = read(self.port), read(self.port, "/metrics")
            found += ["statistics: %s is %s, and %s in metrics" % (
                name, value, other.get(name))
                for name, value in one.items() if other.get(name) != value]
        return found
