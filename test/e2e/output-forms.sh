#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The output may be in another directory, glued to -o, or /dev/null.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0

write_source plain.c
mkdir out "$scratch/elsewhere"
"$CC" -c plain.c -o local.o
run distcc "$CC" -c plain.c -o out/a.o
expect_rc 0
expect_same local.o out/a.o
run distcc "$CC" -c plain.c -oout/b.o
expect_rc 0
expect_same local.o out/b.o
run distcc "$CC" -c plain.c -o "$scratch/elsewhere/c.obj"
expect_rc 0
expect_same local.o "$scratch/elsewhere/c.obj"
run distcc "$CC" -o out/d.o -c plain.c
expect_rc 0
expect_same local.o out/d.o
run distcc "$CC" -c plain.c -o /dev/null
expect_rc 0
[ -c /dev/null ] || fail "/dev/null was replaced"
await_logged one 5 COMPILE_OK
[ "$(ls -A out)" = "a.o
b.o
d.o" ] || fail "out has something else: $(ls -A out)"
