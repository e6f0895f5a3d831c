#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# In a session of distcc 3.x's pump, its include server is asked, and its
# discrepancies are counted.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=pumping.sh
. "$top_srcdir/test/e2e/pumping.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port,lzo,cpp" DISTCC_FALLBACK=0
mkdir "$scratch/session" inc
export INCLUDE_SERVER_PORT="$scratch/session/socket"
"$PYTHON" "$top_srcdir/test/lib/includeserver.py" "$INCLUDE_SERVER_PORT" \
	"$scratch/asked" 2>"$scratch/server.out" &
echo $! >"$scratch/server.pid"
daemons="$daemons server"
await 20 test -S "$INCLUDE_SERVER_PORT"

printf '#include <stdio.h>\n#include "a.h"\nint f(void) { return A; }\n' >x.c
echo '#define A 1' >inc/a.h
pumped "$CC" -g -Iinc -c x.c -o out.o
pumped "$CC" -g -MD -I"$PWD/inc" -c "$PWD/x.c" -o out.o
[ "$(wc -l <"$scratch/asked")" = 2 ] || fail "it was not asked"
agents_are 0 || fail "an agent was started"
# It does not say which files it means to be read: nothing is compared.
same "$CC" -Wall -Iinc -c x.c -o out.o
expect_way pump

# What it cannot do is preprocessed.
echo '#error no' >error.c
same "$CC" -c error.c -o out.o

# A compile that fails only there is counted, and is the last.
unset DISTCC_FALLBACK
"$PYTHON" "$top_srcdir/test/lib/meddler.py" "$scratch/fail.port" "$port" \
	fail 2>"$scratch/fail.out" &
echo $! >"$scratch/fail.pid"
daemons="$daemons fail"
await 20 test -s "$scratch/fail.port"
DISTCC_HOSTS="127.0.0.1:$(cat "$scratch/fail.port"),lzo,cpp"
run distcc "$CC" -Iinc -c x.c -o out.o
expect_rc 0
expect_text 'preprocessed here from now on' "$scratch/err"
[ "$(wc -c <"$scratch/session/discrepancy_counter")" = 1 ] ||
	fail "it was not counted"
same "$CC" -Iinc -c x.c -o out.o
expect_way cpp discrepancy
expect_empty "$scratch/err"
DISTCC_MAX_DISCREPANCY=0 run distcc "$CC" -c x.c -o out.o
expect_rc 101
