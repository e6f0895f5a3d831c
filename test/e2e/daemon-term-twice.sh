#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The second SIGTERM does not wait for jobs: the daemon takes its compilers
# along, and the job is done here.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
write_slow_compiler
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
echo 'int x;' >x.c
"$CC" -c x.c -o local.o
"$DISTCC" slowcc -c x.c -o remote.o 2>"$scratch/err" &
client=$!
await 20 slow_compilers_are 1
kill -TERM "$daemon_pid"
await_logged one 1 'finish 1 jobs'
stop_daemon one
expect_rc 143
await 5 slow_compilers_are 0
nothing_in "$scratch/spool" || fail "left: $(ls -AR "$scratch/spool")"
await 20 process_is_gone $client
wait $client
rc=$?
expect_rc 0
expect_text 'failed to distribute' "$scratch/err"
expect_same local.o remote.o
