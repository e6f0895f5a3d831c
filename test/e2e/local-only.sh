#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What cannot be distributed runs here, with the same result, unasked.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"

write_source plain.c
echo 'int main(void) { return 0; }' >main.c
"$CC" -c main.c -o main.o
run distcc "$CC" main.o -o program
expect_rc 0
./program || fail "the linked program does not run"
run distcc "$CC" main.c -o program2
expect_rc 0
run distcc "$CC" -E main.c
expect_rc 0
"$CC" -E main.c >local.out
expect_same local.out "$scratch/out"
run distcc "$CC" -M plain.c
expect_rc 0
"$CC" -M plain.c >local.out
expect_same local.out "$scratch/out"
run distcc "$CC" --coverage -c plain.c
expect_rc 0
expect_file plain.gcno
run distcc "$CC" -dumpversion
expect_rc 0
cp main.c conftest.c
run distcc "$CC" -c conftest.c
expect_rc 0
run distcc "$CC" -c main.c plain.c
expect_rc 0
run distcc "$CC" -c main.c -save-temps
expect_rc 0
expect_file main.i
[ "$(logged one COMPILE_)" = 0 ] || fail "something was distributed"
