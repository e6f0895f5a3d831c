#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Without -o the object goes where the compiler would put it.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0

mkdir deep deep/er
write_source deep/er/plain.c
"$CC" -c deep/er/plain.c -o local.o
run distcc "$CC" -c deep/er/plain.c
expect_rc 0
expect_same local.o plain.o
expect_no_file deep/er/plain.o
await_logged one 1 COMPILE_OK
