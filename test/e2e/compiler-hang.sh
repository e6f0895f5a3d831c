#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --job-lifetime ends a compiler that hangs, though it ignores SIGTERM.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
write_slow_compiler
start_daemon one --job-lifetime 1
export DISTCC_HOSTS="127.0.0.1:$port"
echo 'int x;' >x.c
"$CC" -c x.c -o local.o
run distcc slowcc -c x.c -o remote.o
expect_rc 0
expect_text 'failed to distribute' "$scratch/err"
expect_same local.o remote.o
await_logged one 1 COMPILE_TIMEOUT
await 10 slow_compilers_are 0
