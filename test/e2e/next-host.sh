#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A host that is dead costs nothing but a warning: the next one serves.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
dead=$dead_port
export DISTCC_HOSTS="127.0.0.1:$dead 127.0.0.1:$port" DISTCC_FALLBACK=0

write_source plain.c
"$CC" -c plain.c -o local.o
run distcc "$CC" -c plain.c -o remote.o
expect_rc 0
expect_same local.o remote.o
await_logged one 1 COMPILE_OK
expect_file "$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${dead}_0"
