#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# An output directory that cannot be written: the compiler's own message.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
echo 'int x;' >x.c
"$CC" -c x.c -o missing/x.o 2>/dev/null
local_rc=$?
run distcc "$CC" -c x.c -o missing/x.o
expect_rc $local_rc
expect_text 'missing/x.o' "$scratch/err"
expect_no_file missing

# A directory in the object's place.
mkdir object.o
run distcc "$CC" -c x.c -o object.o
[ "$rc" != 0 ] || fail "a directory was replaced"
[ -d object.o ] || fail "the directory is gone"

# A directory that comes into the object's place while a server compiles.
write_slow_compiler
start_daemon slow
DISTCC_FALLBACK=0 DISTCC_HOSTS="127.0.0.1:$port" "$DISTCC" slowcc -c x.c \
	-o y.o 2>"$scratch/err" &
client=$!
await 20 slow_compilers_are 1
mkdir y.o
rm "$scratch/slow"
await 20 process_is_gone $client
wait $client
rc=$?
[ "$rc" != 0 ] || fail "an object that could not be placed is a success"
expect_text y.o "$scratch/err"
nothing_in y.o || fail "something is in the directory y.o"
await_logged slow 1 COMPILE_OK
expect_no_file "$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${port}_0"

[ "$(id -u)" != 0 ] || exit 0
mkdir closed
chmod 555 closed
run distcc "$CC" -c x.c -o closed/x.o
expect_rc 1
expect_text closed "$scratch/err"
# The host is not to blame.
expect_no_file "$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${port}_0"
