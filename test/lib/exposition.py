# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads Prometheus's text format, version 0.0.4, and forgives nothing.

usage: exposition.py FILE [SAMPLE=VALUE...]

Fails with a message if FILE breaks a rule of the format or of what metrics
are to be called, or if a SAMPLE, such as 'a_total{b="c"}', has another value.
"""

import re
import sys

NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"')
NUMBER = re.compile(r"[+-]?(\d+(\.\d+)?(e[+-]?\d+)?|Inf)$|NaN$")
TYPES = ("counter", "gauge", "histogram", "summary", "untyped")
ENDS = ("_bucket", "_sum", "_count")


class Broken(Exception):
    """The text is not what Prometheus wants."""


def need(condition, line, why):
    if not condition:
        raise Broken("%s: %s" % (why, line))


def read_labels(text, line):
    """The labels as a tuple of pairs, and what is behind them."""
    if not text.startswith("{"):
        return (), text
    labels, at = [], 1
    while text[at] != "}":
        match = LABEL.match(text, at)
        need(match, line, "no label")
        labels.append(match.groups())
        at = match.end()
        need(text[at] in ",}", line, "no end of a label")
        at += text[at] == ","
    need(len(dict(labels)) == len(labels), line, "a label twice")
    return tuple(labels), text[at + 1:]


class Exposition:
    """helps, types, and samples: (name, labels) -> number, as text."""

    def __init__(self, data):
        self.helps, self.types, self.samples = {}, {}, {}
        self.closed, self.family = set(), None
        text = data.decode("utf-8")
        need(text.endswith("\n"), text[-40:], "no end of the last line")
        for line in text[:-1].split("\n"):
            need(not re.search(r"[\x00-\x1f\x7f]", line), line, "a control")
            if line.startswith("#"):
                self.read_comment(line)
            else:
                self.read_sample(line)
        for name in self.types:
            self.check_family(name)

    def enter(self, name, line):
        """All lines of one metric stand together."""
        if name != self.family:
            need(name not in self.closed, line, "in two places")
            self.closed.add(self.family)
            self.family = name

    def read_comment(self, line):
        words = line.split(" ", 3)
        need(len(words) == 4 and words[1] in ("HELP", "TYPE"), line,
             "an odd comment")
        name = words[2]
        need(NAME.fullmatch(name), line, "no name")
        self.enter(name, line)
        table = self.helps if words[1] == "HELP" else self.types
        need(name not in table, line, "said twice")
        need(words[1] == "HELP" or words[3] in TYPES, line, "no type")
        table[name] = words[3]

    def read_sample(self, line):
        match = NAME.match(line)
        need(match, line, "no name")
        name = match.group()
        labels, rest = read_labels(line[match.end():], line)
        need(rest.startswith(" ") and NUMBER.match(rest[1:]), line,
             "no number")
        family = name
        for end in ENDS:
            if name.endswith(end) and \
                    self.types.get(name[:-len(end)]) == "histogram":
                family = name[:-len(end)]
        need(family in self.types and family in self.helps, line,
             "nobody said what it is")
        self.enter(family, line)
        key = (name, labels)
        need(key not in self.samples, line, "the same sample twice")
        self.samples[key] = rest[1:]

    def of(self, name):
        return {labels: float(value) for (n, labels), value in
                self.samples.items() if n == name}

    def check_family(self, name):
        kind = self.types[name]
        need(kind != "counter" or name.endswith("_total"), name,
             "a counter's name ends in _total")
        need(kind == "counter" or not name.endswith("_total"), name,
             "no counter, but _total")
        if kind == "histogram":
            self.check_histogram(name)
            return
        values = self.of(name)
        need(values, name, "no sample")
        if kind == "counter":
            need(min(values.values()) >= 0, name, "a negative counter")

    def check_histogram(self, name):
        series = {}
        for labels, value in self.of(name + "_bucket").items():
            need(labels and labels[-1][0] == "le", name, "no le")
            series.setdefault(labels[:-1], []).append(
                (float(labels[-1][1]), value))
        need(series, name, "no bucket")
        counts, sums = self.of(name + "_count"), self.of(name + "_sum")
        need(set(counts) == set(sums) == set(series), name, "parts missing")
        for labels, buckets in series.items():
            bounds, values = zip(*buckets)
            need(list(bounds) == sorted(set(bounds)), name, "odd bounds")
            need(list(values) == sorted(values), name, "buckets shrink")
            need(buckets[-1] == (float("inf"), counts[labels]), name,
                 "the last bucket is not all")

    def value(self, sample):
        match = NAME.match(sample)
        labels, rest = read_labels(sample[match.end():], sample)
        need(rest == "", sample, "no sample's name")
        need((match.group(), labels) in self.samples, sample, "is missing")
        return float(self.samples[match.group(), labels])


def main():
    with open(sys.argv[1], "rb") as source:
        data = source.read()
    try:
        exposition = Exposition(data)
        for word in sys.argv[2:]:
            sample, wanted = word.rsplit("=", 1)
            found = exposition.value(sample)
            need(found == float(wanted), sample, "is %g" % found)
    except (Broken, UnicodeDecodeError) as error:
        sys.exit("exposition.py: %s" % error)


if __name__ == "__main__":
    main()
