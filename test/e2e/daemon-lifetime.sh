#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --lifetime: the daemon ends by itself, and takes along what is running.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
write_slow_compiler
start_daemon one --lifetime 6
export DISTCC_HOSTS="127.0.0.1:$port"
echo 'int x;' >x.c
"$CC" -c x.c -o local.o
"$DISTCC" slowcc -c x.c -o remote.o 2>"$scratch/err" &
client=$!
await 30 process_is_gone "$daemon_pid"
[ "$(logged one 'compile x.c with')" = 1 ] || fail "it ended too early"
wait "$daemon_pid"
rc=$?
forget_daemon one
# As by alarm(2): SIGALRM.
expect_rc 142
await 5 slow_compilers_are 0
nothing_in "$scratch/spool" || fail "left: $(ls -AR "$scratch/spool")"
await 20 process_is_gone $client
wait $client
rc=$?
expect_rc 0
expect_text 'failed to distribute' "$scratch/err"
expect_same local.o remote.o
