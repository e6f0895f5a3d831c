# SPDX-License-Identifier: GPL-2.0-or-later
"""differential.py TABLE TREE: each command of the table, twice.

The environment says where: DISTCC, DISTCC_HOSTS, and an empty directory, the
current one. Each command runs twice in a fresh copy of TREE at one place, by
itself and behind distcc; every file that there is then, both streams and the
status must be the same, and the command must have been compiled where the
table says:

    remote        by the server, whose verdict was final
    columns       the same, optimized, with -g: the code and all that is told
                  of it is equal, but for columns, and for whether a place is
                  the beginning of a statement, which follows from columns
    producer      the same, not optimized, with -g: all is equal but for the
                  producer's command line, which has one option more
    again         by the server, and here too, for its messages
    cpp           here, as it did not preprocess
    here:REASON   here, for that reason
    varies:REASON the same, but what it makes differs from time to time
    lines         by the server; only the table of lines differs: clang has the
                  lines, too, of a macro's arguments from the preprocessor
    files         by the server; only what is told of lines differs, and the
                  numbers of files (clang)

A word that begins with ! in a command is run in a shell before each of the
two; one that begins with ? is a program that its gcc needs (cc1obj). Commands
whose compiler is not there, or lacks such a program, are skipped.
"""
import concurrent.futures
import functools
import os
import queue
import re
import shlex
import shutil
import stat
import struct
import subprocess
import sys
import tempfile

IGNORED = {
    "columns": re.compile(rb"(\.rela)?\.debug_"),
    "producer": re.compile(rb"(\.rela)?\.debug_(str|info|types)$"),
    "lines": re.compile(rb"(\.rela)?\.debug_line$"),
    "files": re.compile(rb"(\.rela)?\.debug_(line|line_str|info)$"),
}

# What objdump says of these two kinds, but for this. Offsets move where a
# string or a number is longer.
UNEQUAL = [re.compile(text) for text in (
    r"<[0-9a-f]+>", r"offset: \w+", r"0x[0-9a-f]+", r"Abbrev Number: \d+", r"\(indexed.*?\)",
    r" -fdirectives-only", r"^ *Length: .*$", r"^.*DW_AT_\w+_column.*$",
    r"^.*DW_OP_implicit_pointer.*$", r"alt indirect.*?\)", r" +$")]


def sections(elf, ignored):
    """The contents of an ELF64 object's sections by name, but for some."""
    if elf[:5] != b"\x7fELF\x02":
        return elf
    start, = struct.unpack_from("<Q", elf, 40)
    size, count, names_at = struct.unpack_from("<HHH", elf, 58)
    heads = [struct.unpack_from("<IIQQQQ", elf, start + i * size)
             for i in range(count)]
    names = elf[heads[names_at][4]:][:heads[names_at][5]]
    found = []
    for name, kind, _, _, offset, length in heads:
        name = names[name:names.index(b"\0", name)]
        if ignored.match(name) is None:
            found.append((name, b"" if kind == 8
                          else elf[offset:offset + length]))
    return found


def dump(elf, what):
    """What objdump tells of an object's debug information."""
    with tempfile.NamedTemporaryFile(suffix=".o") as file:
        file.write(elf)
        file.flush()
        lines = subprocess.run(
            ["objdump", "-W" + what, file.name], capture_output=True,
            text=True, check=True).stdout.split("\n")
    return lines[3:]


def statements(elf):
    """Addresses with file and line, where one of these changes."""
    rows, last = [], None
    for line in dump(elf, "L"):
        words = line.split()
        if len(words) < 3 or words[:2] == last:
            continue
        last = words[:2]
        rows.append(words[:3])
    return rows


def description(elf):
    lines = dump(elf, "i")
    for unequal in UNEQUAL:
        lines = [unequal.sub("", line) for line in lines]
    return [line for line in lines if line]


def is_told_equally(kind, one, other):
    if kind in ("files", "lines"):
        return True
    return statements(one) == statements(other) and (
        description(one) == description(other))


def content_of(path, status):
    """What a file holds, or where a link leads to."""
    if stat.S_ISLNK(status.st_mode):
        return os.fsencode(os.readlink(path))
    with open(path, "rb") as file:
        return file.read()


def files_in(top):
    """Content, mode and number of links of all files that are no folders."""
    found = {}
    for folder, folders, names in os.walk(top):
        for name in names + folders:
            path = os.path.join(folder, name)
            status = os.lstat(path)
            if not stat.S_ISDIR(status.st_mode):
                found[os.path.relpath(path, top)] = (
                    content_of(path, status), status.st_mode, status.st_nlink)
    return found


def run(tree, place, command, first, extra):
    """Status, stdout, stderr and files of the command in a fresh tree."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(tree, place)
    for line in first:
        subprocess.run(line, shell=True, cwd=place, check=True)
    done = subprocess.run(command, cwd=place, capture_output=True,
                          stdin=subprocess.DEVNULL,
                          env={**os.environ, **extra}, timeout=60)
    return done.returncode, done.stdout, done.stderr, files_in(place)


def verdict_of(log):
    """Where distcc's log says that the compile was done."""
    here = re.search(r"compiling here: .*\((\w+)\)$", log, re.M)
    if here:
        return "here:" + here.group(1)
    if " here too, " in log:
        return "again"
    if "completed ok" in log:
        return "remote"
    if re.search(r"compiling .* here: ", log):
        return "cpp"
    return "unknown"


def difference(expected, alone, behind):
    varies = expected.startswith("varies:")
    for what, one, other in zip(("status", "stdout", "stderr"),
                                alone, behind):
        if one != other and not (varies and what != "status"):
            return f"{what}: {one!r} alone, {other!r} behind distcc"
    alone, behind = alone[3], behind[3]
    if alone.keys() != behind.keys():
        return (f"files: only alone {sorted(alone.keys() - behind.keys())}, "
                f"only behind distcc {sorted(behind.keys() - alone.keys())}")
    for name, (data, mode, links) in alone.items():
        if (mode, links) != behind[name][1:]:
            return (f"{name}: mode {mode:o} and {behind[name][1]:o}, "
                    f"{links} and {behind[name][2]} links")
        if varies or data == behind[name][0]:
            continue
        ignored = IGNORED.get(expected)
        if ignored and sections(data, ignored) == sections(
                behind[name][0], ignored) and is_told_equally(
                    expected, data, behind[name][0]):
            continue
        return f"{name} differs"
    return None


def plain(words):
    """The command itself."""
    return [word for word in words if word[0] not in "!?"]


@functools.lru_cache(None)
def has_program(compiler, name):
    """gcc names a program's path where it has that, and repeats its name."""
    path = subprocess.run([compiler, "-print-prog-name=" + name],
                          capture_output=True, text=True, check=True).stdout
    return os.path.isabs(path.strip())


def can_run(line):
    words = shlex.split(line)
    compiler = plain(words)[0]
    return shutil.which(compiler) and all(
        has_program(compiler, word[1:])
        for word in words if word.startswith("?"))


def check(job):
    number, (expected, line), tree, slot = job
    words = shlex.split(line)
    first = [word[1:] for word in words if word.startswith("!")]
    command = plain(words)
    place = os.path.abspath(f"place.{slot.get()}")
    log = f"{place}.log"
    try:
        alone = run(tree, place, command, first, {})
        behind = run(tree, place, [os.environ["DISTCC"]] + command, first,
                     {"DISTCC_VERBOSE": "1", "DISTCC_LOG": log})
        with open(log, encoding="utf-8", errors="replace") as file:
            text = file.read()
    finally:
        if os.path.exists(log):
            os.unlink(log)
        shutil.rmtree(place, ignore_errors=True)
        slot.put(place.rsplit(".", 1)[1])
    found = verdict_of(text)
    wrong = difference(expected, alone, behind)
    wanted = "remote" if expected in IGNORED else expected
    if found != wanted.replace("varies:", "here:"):
        wrong = (wrong + "; " if wrong else "") + f"it was {found}"
    return f"{number}: {expected} {line}: {wrong}" if wrong else None


def table(path):
    """The lines of the table: number, what is expected, command."""
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip() and not line.startswith("#"):
                yield number, line.strip().split(None, 1)


def main():
    path, tree = sys.argv[1:]
    slots = queue.Queue()
    for name in "ab":
        slots.put(name)
    jobs = [(number, case, os.path.abspath(tree), slots)
            for number, case in table(path) if can_run(case[1])]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        wrong = [found for found in pool.map(check, jobs) if found]
    print("\n".join(wrong))
    kinds = [job[1][0].split(":")[0] for job in jobs]
    print(", ".join(f"{kinds.count(kind)} {kind}"
                    for kind in sorted(set(kinds))))
    return 1 if wrong or not jobs else 0


if __name__ == "__main__":
    sys.exit(main())
