#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The compiler's streams are the caller's; distcc adds nothing to them.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
echo 'int from_stdin;' >x.c
"$CC" -xc -c - -o local.o <x.c
distcc "$CC" -xc -c - -o remote.o <x.c || fail "a source from stdin"
expect_same local.o remote.o
run distcc "$CC" -c x.c -o -
"$CC" -c x.c -o - >local.out 2>local.err
[ "$rc" = $? ] || say "output to stdout: status $rc"
rm -f -- ./-
# Closed streams do not confuse it.
run distcc "$CC" -c x.c -o a.o <&-
expect_rc 0
distcc "$CC" -c x.c -o b.o >&- 2>&- || fail "with closed outputs"
expect_same a.o b.o
