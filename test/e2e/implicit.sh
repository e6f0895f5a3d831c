#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Without a compiler's name the compiler is cc.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

command -v cc >/dev/null || skip "no cc"
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0

write_source plain.c
cc -c plain.c -o local.o
run distcc -c plain.c -o remote.o
expect_rc 0
expect_same local.o remote.o
run distcc plain.c -c -o remote2.o
expect_rc 0
expect_same local.o remote2.o
await_logged one 2 COMPILE_OK
