#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A daemon killed outright: clients go on here, the next start sweeps up.
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
kill -KILL "$daemon_pid"
wait "$daemon_pid"
forget_daemon one
await 20 slow_compilers_are 0
await 20 process_is_gone $client
wait $client
rc=$?
expect_rc 0
expect_same local.o remote.o

start_daemon two
await 10 no_job_files
rm "$scratch/slow"
DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0 run distcc slowcc -c x.c
expect_rc 0
