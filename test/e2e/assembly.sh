#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# -S gives the assembly that a local compile gives.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0

write_source plain.c
"$CC" -O1 -S plain.c -o local.s
run distcc "$CC" -O1 -S plain.c -o remote.s
expect_rc 0
expect_same local.s remote.s
run distcc "$CC" -O1 -S plain.c
expect_rc 0
expect_same local.s plain.s
await_logged one 2 COMPILE_OK
