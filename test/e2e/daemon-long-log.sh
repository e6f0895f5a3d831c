#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A log longer than any file that a compiler may write ends no worker; a
# compiler that writes more than that is ended, and leaves nothing.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
# Holes cost no space; where they cannot be so big, there is nothing to see.
if ! dd if=/dev/null of="$scratch/long" bs=1048576 seek=1100 2>/dev/null; then
	skip "no file may be that long here"
fi
chmod 666 "$scratch/long"
start_daemon one --log-file "$scratch/long"
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0 DISTCC_BACKOFF_PERIOD=0
echo 'int x;' >x.c
run distcc "$CC" -c x.c
expect_rc 0
expect_empty "$scratch/err"

# The assembler seeks over the zeros.
echo 'char x[1100000000] = { 1 };' >big.c
run distcc "$CC" -c big.c
[ "$rc" != 0 ] || fail "it was compiled"
expect_no_file big.o
run distcc "$CC" -c x.c
expect_rc 0
stop_daemon one
tail -c 2000 "$scratch/long" | tr -d '\0' >"$scratch/end"
rm "$scratch/long"
[ "$(grep -c COMPILE_OK "$scratch/end")" = 2 ] || fail "$(cat "$scratch/end")"
