#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A service manager hears that the daemon is ready, that it lives, that it
# reads its configuration again, and that it is about to end, for a job's sake.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
write_slow_compiler
"$PYTHON" "$top_srcdir/test/lib/notified.py" "$scratch/notify" \
	"$scratch/heard" &
ear=$!
await 20 test -s "$scratch/heard"
export NOTIFY_SOCKET="$scratch/notify" WATCHDOG_USEC=200000
start_daemon one
unset NOTIFY_SOCKET WATCHDOG_USEC

# heard N TEXT: whether the manager has heard TEXT N times.
heard() {
	[ "$(grep -c "$2" "$scratch/heard")" -ge "$1" ]
}

await 20 heard 1 '^READY=1'
# Again and again, though nobody asks.
await 20 heard 3 'WATCHDOG=1'
kill -HUP "$daemon_pid"
await 20 heard 1 '^RELOADING=1.*MONOTONIC_USEC=[0-9]'
await 20 heard 2 '^READY=1'

export DISTCC_HOSTS="127.0.0.1:$port"
echo 'int x;' >x.c
"$DISTCC" slowcc -c x.c &
client=$!
await 20 slow_compilers_are 1
await 20 heard 1 'STATUS=1 compiling'
kill -TERM "$daemon_pid"
await 20 heard 1 '^STOPPING=1'
# It lives while it waits for the job.
before=$(grep -c WATCHDOG "$scratch/heard")
await 20 heard $((before + 3)) 'WATCHDOG=1'
rm "$scratch/slow"
wait $client
rc=$?
expect_rc 0
await 20 process_is_gone "$daemon_pid"
wait "$daemon_pid"
rc=$?
forget_daemon one
expect_rc 143
kill $ear
