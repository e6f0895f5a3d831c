#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# SIGTERM: the daemon finishes what it has, takes nothing new, and then ends.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
write_slow_compiler
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0 \
	DISTCC_BACKOFF_PERIOD=0
echo 'int x;' >x.c
"$CC" -c x.c -o local.o
"$DISTCC" slowcc -c x.c -o remote.o 2>"$scratch/first.err" &
client=$!
await 20 slow_compilers_are 1
kill -TERM "$daemon_pid"
await_logged one 1 'finish 1 jobs'
# Nobody listens any more, while the job goes on.
run distcc slowcc -c x.c -o new.o
[ "$rc" != 0 ] || fail "a new job was taken"
slow_compilers_are 1 || fail "the job was ended"
process_is_gone "$daemon_pid" && fail "the daemon did not wait"
rm "$scratch/slow"
await 30 process_is_gone "$daemon_pid"
wait "$daemon_pid"
rc=$?
forget_daemon one
expect_rc 143
wait $client
rc=$?
expect_rc 0
expect_empty "$scratch/first.err"
expect_same local.o remote.o
[ "$(logged one COMPILE_OK)" = 1 ] || fail "the job was not finished"
nothing_in "$scratch/spool" || fail "left: $(ls -AR "$scratch/spool")"
