#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Protocol 2 carries the same job, compressed.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port,lzo" DISTCC_FALLBACK=0

write_source plain.c
"$CC" -O2 -c plain.c -o local.o
run distcc "$CC" -O2 -c plain.c -o remote.o
expect_rc 0
expect_same local.o remote.o
await_logged one 1 COMPILE_OK
