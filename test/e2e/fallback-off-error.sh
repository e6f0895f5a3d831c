#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# With DISTCC_FALLBACK=0 a compile error is still the compiler's verdict,
# and the host that gave it is not blamed.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0

echo 'int f(void) { return missing; }' >error.c
echo 'int x;' >good.c
run distcc "$CC" -c error.c
expect_rc 1
expect_text missing "$scratch/err"
expect_no_file error.o
run distcc "$CC" -c good.c
expect_rc 0
await_logged one 1 COMPILE_OK
[ "$(logged one COMPILE_ERROR)" -ge 1 ] || fail "the daemon saw no error"
