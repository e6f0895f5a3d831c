#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A source that is preprocessed already is sent as it is.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0

write_source plain.c
"$CC" -E plain.c -o plain.i
"$CC" -c plain.i -o local.o
run distcc "$CC" -c plain.i -o remote.o
expect_rc 0
expect_same local.o remote.o
await_logged one 1 COMPILE_OK
