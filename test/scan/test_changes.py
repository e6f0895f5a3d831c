# SPDX-License-Identifier: GPL-2.0-or-later
"""What changes between two units is seen in the second, whatever it is."""

import os
import shutil
import sys
import tempfile

from scanner import Scanner, dependencies

CASES = []


def case(function):
    CASES.append(function)
    return function


def write(path, text, times=None):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    if times is not None:
        os.utime(path, ns=times)


def setting():
    """A source with two directories of headers."""
    write("u.c", '#include "h.h"\n')
    write("a/other.h", "")
    write("b/h.h", "int b;\n")


COMMAND = ["gcc", "-c", "-Ia", "-Ib", "u.c"]


@case
def header_is_generated_anew():
    setting()
    yield COMMAND
    write("b/new.h", "int n;\n")
    write("b/h.h", '#include "new.h"\n')
    yield COMMAND


@case
def header_is_edited_in_the_same_tick_and_size():
    setting()
    write("b/x.h", "int x;\n")
    write("b/y.h", "int y;\n")
    write("b/h.h", '#include "x.h"\n')
    yield COMMAND
    for name in "yxyxyxyx":
        write("b/h.h", f'#include "{name}.h"\n')
        yield COMMAND


@case
def header_is_edited_and_gets_its_old_time_back():
    setting()
    write("b/x.h", "int x;\n")
    write("b/y.h", "int y;\n")
    write("b/h.h", '#include "x.h"\n', (10 ** 18, 10 ** 18))
    yield COMMAND
    write("b/h.h", '#include "y.h"\n', (10 ** 18, 10 ** 18))
    yield COMMAND


@case
def header_appears_in_an_earlier_directory():
    setting()
    yield COMMAND
    write("a/h.h", "int a;\n")
    yield COMMAND


@case
def header_appears_beside_the_source():
    setting()
    yield COMMAND
    write("h.h", "int here;\n")
    yield COMMAND


@case
def subdirectory_with_the_header_appears():
    setting()
    write("u.c", "#include <sub/h.h>\n")
    write("b/sub/h.h", "int b;\n")
    yield COMMAND
    write("a/sub/h.h", "int a;\n")
    yield COMMAND


@case
def directory_of_an_option_appears():
    setting()
    command = ["gcc", "-c", "-Ilate/sub", "-Ib", "u.c"]
    yield command
    write("late/sub/h.h", "int late;\n")
    yield command


@case
def link_to_a_header_leads_elsewhere():
    setting()
    write("b/one.h", "int one;\n")
    write("b/two.h", "int two;\n")
    os.unlink("b/h.h")
    os.symlink("one.h", "b/h.h")
    yield COMMAND
    os.unlink("b/h.h")
    os.symlink("two.h", "b/h.h")
    yield COMMAND


@case
def link_to_a_directory_leads_elsewhere():
    setting()
    write("v1/h.h", "int one;\n")
    write("v2/h.h", "int two;\n")
    os.symlink("v1", "now")
    command = ["gcc", "-c", "-Inow", "u.c"]
    yield command
    os.symlink("v2", "next")
    os.rename("next", "now")
    yield command


@case
def directory_becomes_a_link_to_itself():
    setting()
    yield COMMAND
    os.rename("b", "c")
    os.symlink("c", "b")
    yield COMMAND


@case
def header_is_replaced_by_renaming():
    setting()
    write("b/x.h", "int x;\n")
    yield COMMAND
    write("b/h.tmp", '#include "x.h"\n')
    os.rename("b/h.tmp", "b/h.h")
    yield COMMAND


@case
def header_is_written_through_another_link():
    setting()
    write("b/x.h", "int x;\n")
    os.mkdir("far")
    os.link("b/h.h", "far/h.h")
    yield COMMAND
    write("far/h.h", '#include "x.h"\n')
    yield COMMAND


@case
def header_is_written_behind_a_link():
    setting()
    write("b/x.h", "int x;\n")
    write("far/h.h", "int far;\n")
    os.unlink("b/h.h")
    os.symlink("../far/h.h", "b/h.h")
    yield COMMAND
    write("far/h.h", '#include "../b/x.h"\n')
    yield COMMAND


@case
def earlier_header_is_removed():
    setting()
    write("a/h.h", "int a;\n")
    yield COMMAND
    os.unlink("a/h.h")
    yield COMMAND


@case
def last_header_is_removed():
    setting()
    yield COMMAND
    os.unlink("b/h.h")
    yield COMMAND


@case
def directory_is_replaced_by_another():
    setting()
    write("c/h.h", '#include "i.h"\n')
    write("c/i.h", "int i;\n")
    yield COMMAND
    os.rename("b", "old")
    os.rename("c", "b")
    yield COMMAND


@case
def header_becomes_a_directory():
    setting()
    write("a/h.h", "int a;\n")
    yield COMMAND
    os.unlink("a/h.h")
    os.mkdir("a/h.h")
    yield COMMAND


@case
def what_is_looked_for_by_has_include_appears():
    setting()
    write("u.c", '#if __has_include("maybe.h")\n#include "h.h"\n#endif\n')
    yield COMMAND
    write("b/maybe.h", "")
    yield COMMAND


@case
def precompiled_header_appears():
    setting()
    yield COMMAND
    write("b/h.h.gch", "")
    yield COMMAND


@case
def header_becomes_unreadable():
    setting()
    yield COMMAND
    os.unlink("b/h.h")
    os.mkfifo("b/h.h")
    yield COMMAND


@case
def directory_of_the_compiler_appears():
    setting()
    write("u.c", "#include <h.h>\n")
    write("usr/include/h.h", "int late;\n")
    command = ["gcc", "-c", "--sysroot=" + os.getcwd(), "u.c"]
    yield command
    write("usr/local/include/h.h", "int early;\n")
    yield command
    shutil.rmtree("usr/local")
    yield command


@case
def source_is_edited():
    setting()
    yield COMMAND
    write("u.c", "int nothing;\n")
    yield COMMAND


def judge(answer, command):
    """What is wrong with the answer, or None."""
    wanted = None
    if not os.path.exists("b/h.h.gch") and not is_fifo("b/h.h"):
        wanted = dependencies(command)
    if wanted is None:
        return None if answer.refusal else "not refused"
    if answer.refusal:
        return f"refused: {answer.refusal} {answer.culprit}"
    found = answer.paths(without="l")
    if found != wanted:
        return f"has {sorted(found - wanted)}, lacks {sorted(wanted - found)}"
    return None


def is_fifo(path):
    return os.path.exists(path) and not os.path.isfile(path) and \
        not os.path.isdir(path)


def fresh_digests(command):
    """What a scanner says that remembers nothing."""
    scanner = Scanner()
    answer = scanner.scan(command)
    scanner.close()
    return {one.path: (one.kind, one.digest, one.target)
            for one in answer.inputs}


def run(function, scanner):
    top = tempfile.mkdtemp(prefix="distcc-changes.")
    os.chdir(top)
    trouble = None
    for command in function():
        answer = scanner.scan(command)
        trouble = trouble or judge(answer, command)
        known = {one.path: (one.kind, one.digest, one.target)
                 for one in answer.inputs}
        if known != fresh_digests(command):
            trouble = trouble or "is not what a fresh scanner says"
    os.chdir("/")
    shutil.rmtree(top)
    return trouble


def main():
    scanner = Scanner()
    failed = 0
    for function in CASES:
        trouble = run(function, scanner)
        if trouble:
            failed += 1
            print(f"FAILED: {function.__name__}: {trouble}")
    failed += scanner.close() != 0
    print(f"{len(CASES)} changes, {failed} failed")
    sys.exit(failed != 0)


main()
