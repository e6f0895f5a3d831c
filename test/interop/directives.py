# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares what the evaluator of directives (by reached.c) reaches with what
the compilers on this machine reach, for the snippets in directives.txt. With
COUNT and SEED, they are changed at random instead.

A row that is not marked must be evaluated, and to the same files in the same
order as by the compiler. One marked "refused" must be refused. Where the
compiler finds an error, a row must be marked "error", and must be refused;
what a mutation makes of it may be either.
"""

import functools
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

REACHED = os.path.abspath(os.path.join(
    os.environ.get("top_builddir", "."), "test", "interop", "reached"))
ROWS = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                    "directives.txt")
LANGUAGES = {"c": "c", "cxx": "c++", "asm": "assembler-with-cpp"}
WORDS = b"""#if #ifdef #ifndef #elif #else #endif #define #undef #include
defined ( ) , ## # __VA_ARGS__ ... && || ! ? : 0 1 2u -1 < > A B f( g( h
/* */ // \\ " ' <1.h> "2.h" 'a' + - * / % << >> ~ ^ & | == != <= >=""".split()


class Row:
    def __init__(self, name, marks):
        self.name = name
        self.marks = marks
        self.files = {"main": b""}

    def languages(self):
        return [word for word in self.marks if word in LANGUAGES] or \
            ["c", "cxx"]

    def compilers(self):
        named = [word for word in self.marks if word in ("gcc", "clang")]
        return [word for word in named if shutil.which(word)] if named else \
            [word for word in ("gcc", "clang") if shutil.which(word)]

    def options(self, language):
        """Those of the row; the standard is named, as defaults change."""
        named = [word for word in self.marks if word.startswith("-")]
        if language != "asm" and not any("-std=" in word for word in named):
            named.append("-std=gnu17" if language == "c" else "-std=gnu++17")
        return named


def read_rows(path):
    rows = []
    with open(path, "rb") as f:
        lines = f.read().split(b"\n")
    for line in lines:
        if line.startswith(b"== "):
            name, _, marks = line[3:].decode().partition(" | ")
            rows.append(Row(name.strip(), marks.split()))
            current = "main"
        elif line.startswith(b"-- "):
            current = line[3:].decode()
            rows[-1].files[current] = b""
        elif rows:
            rows[-1].files[current] += line + b"\n"
    for row in rows:
        for name, text in row.files.items():
            row.files[name] = unescape(text)
    return rows


def unescape(text):
    """Bytes that a text file does not show: {CR}, {TAB}, {BLANK}, {FF}..."""
    for word, byte in ((b"{CR}", b"\r"), (b"{TAB}", b"\t"), (b"{VT}", b"\v"),
                       (b"{BLANK}", b" "), (b"{FF}", b"\f"),
                       (b"{BOM}", b"\xef\xbb\xbf"), (b"{NUL}", b"\0"),
                       (b"{NOLF}\n", b"")):
        text = text.replace(word, byte)
    return text


def run(command, text=b""):
    return subprocess.run(command, input=text, capture_output=True,
                          check=False)


@functools.lru_cache(maxsize=None)
def predefined(command):
    """The name of a file in the working directory."""
    name = "predefined" + str(abs(hash(command)))
    with open(name, "wb") as f:
        f.write(run([*command, "-dM", "-E", "-"]).stdout)
    return name


@functools.lru_cache(maxsize=None)
def answer(command, function, operand):
    if function == "defined":
        text = f"#ifdef {operand}\nyes\n#endif\n"
        return "1" if b"yes" in run([*command, "-E", "-P", "-"],
                                    text.encode()).stdout else "0"
    text = f"{function}({operand})\n"
    out = run([*command, "-E", "-P", "-"], text.encode()).stdout
    return out.split()[-1].decode()


def modes(language, compiler, options):
    found = []
    if language == "cxx":
        found += ["cxx", "raw", "separators"]
    elif language == "asm":
        found += ["assembler"]
    elif compiler == "gcc" and "-std=c90" not in options and \
            "-std=c11" not in options:
        found += ["raw"]
    if "-std=c90" in options:
        found += ["c90"]
    if "-std=c11" in options or "-std=c90" in options:
        found += ["trigraphs"]
    return [word for mode in found for word in ("-m", mode)]


def ours(command, language, compiler, options):
    """The files, and how it ended: "done", or why it refused."""
    process = subprocess.Popen(
        [REACHED, *modes(language, compiler, options), "-p",
         predefined(command), "-I", "d1", "-I", "d2", "main"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    files, end = [], "crashed"
    for line in process.stdout:
        line = line.decode(errors="replace").rstrip("\n")
        if line.startswith("? "):
            _, function, operand = line.split(" ", 2)
            process.stdin.write(answer(command, function, operand).encode()
                                + b"\n")
            process.stdin.flush()
        elif line == "done" or line.startswith("refused "):
            end = line
        elif os.path.isfile(line):
            with open(line, "rb") as f:
                files += re.findall(r"reached_(\d)",
                                    f.read().decode("latin-1"))
    process.stdin.close()
    process.stdout.close()
    return files, end if process.wait() == 0 else "crashed"


def theirs(command):
    result = run([*command, "-Id1", "-Id2", "-E", "-P", "main"])
    return re.findall(r"reached_(\d)", result.stdout.decode("latin-1")), \
        result.returncode == 0, result.stderr.decode(errors="replace")


def lay_out(row):
    for directory in ("d1", "d2"):
        os.makedirs(directory, exist_ok=True)
    for i in range(1, 10):
        with open(f"{i}.h", "w", encoding="ascii") as f:
            f.write(f"reached_{i}\n")
    for name, text in row.files.items():
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        with open(name, "wb") as f:
            f.write(text)


def compare(row, must=True):
    """A complaint, or None. Without must, anything may be refused."""
    lay_out(row)
    for language in row.languages():
        for compiler in row.compilers():
            options = row.options(language)
            command = (compiler, *options, "-x", LANGUAGES[language])
            files, end = ours(command, language, compiler, options)
            wanted, is_fine, errors = theirs(command)
            what = f"{row.name}: {' '.join(command)}: "
            seen = f"{files} {end}, compiler: {wanted} {is_fine}"
            if end == "crashed":
                return what + end
            if end == "done" and is_fine and files != wanted:
                return what + seen
            if not must:
                continue
            if not is_fine and "error" not in row.marks:
                return what + errors
            if is_fine and "error" in row.marks:
                return what + "is no error there"
            wants_end = "refused" in row.marks or "error" in row.marks
            if (end != "done") != wants_end:
                return what + seen
    return None


def mutate(row, rng):
    changed = Row(row.name, [mark for mark in row.marks
                             if mark not in ("refused", "error")])
    changed.files = dict(row.files)
    name = rng.choice(list(changed.files))
    text = bytearray(changed.files[name])
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(text) + 1)
        length = rng.choice((0, 0, 1, 1, 2, 5, 12))
        kind = rng.randrange(4)
        if kind == 0:
            text[at:at + length] = rng.choice(WORDS)
        elif kind == 1:
            text[at:at] = b" " + rng.choice(WORDS) + b" "
        elif kind == 2:
            start = rng.randrange(len(text) + 1)
            text[at:at + length] = text[start:start + rng.randrange(30)]
        else:
            text[at:at + length] = bytes([rng.choice(b"\n\n \\'\"()#,/*\t\r")])
    changed.files[name] = bytes(text)
    return changed


def main():
    rows = read_rows(ROWS)
    count = int(sys.argv[1]) if len(sys.argv) > 2 else 0
    rng = random.Random(int(sys.argv[2]) if count else 0)
    failed = 0
    if not shutil.which("gcc") and not shutil.which("clang"):
        print("skipped: there is no compiler")
        return 77
    with tempfile.TemporaryDirectory() as directory:
        os.chdir(directory)
        for row in rows if count == 0 else ():
            complaint = compare(row)
            if complaint:
                print("FAIL", complaint)
                failed += 1
        for _ in range(count):
            row = mutate(rng.choice(rows), rng)
            complaint = compare(row, must=False)
            if complaint:
                print("FAIL", complaint, flush=True)
                for name, text in row.files.items():
                    print("--", name)
                    sys.stdout.write(text.decode("latin-1"))
                failed += 1
        os.chdir("/")
    print(f"{count or len(rows)} rows, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
