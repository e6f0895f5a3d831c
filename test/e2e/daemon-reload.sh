#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# SIGHUP: the list of compilers is read again, for workers that know the old
# one too; a list that cannot be used changes nothing; running jobs go on.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
write_slow_compiler
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0 \
	DISTCC_BACKOFF_PERIOD=0
echo 'int x;' >x.c
rm "$scratch/slow"
run distcc slowcc -c x.c
expect_rc 0
run distcc "$CC" -c x.c
[ "$rc" != 0 ] || fail "$CC is not in the list"

: >"$scratch/slow"
"$DISTCC" slowcc -c x.c -o slow.o 2>"$scratch/slow.err" &
client=$!
await 20 slow_compilers_are 1
# The client calls it by the name that says for which machine it compiles.
ls /usr/bin/*"$CC"* >"$scratch/list"
kill -HUP "$daemon_pid"
await_logged one 1 'read the configuration again'
run distcc "$CC" -c x.c
expect_rc 0
run distcc slowcc -c x.c
[ "$rc" != 0 ] || fail "slowcc is not in the list any more"
rm "$scratch/slow"
wait $client
rc=$?
expect_rc 0
expect_empty "$scratch/slow.err"

: >"$scratch/list"
kill -HUP "$daemon_pid"
await_logged one 1 'stays as it was'
run distcc "$CC" -c x.c
expect_rc 0
