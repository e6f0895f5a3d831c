#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The statistics server dies, and the daemon goes on and starts another,
# which knows what was before; with the daemon it dies, too.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=stats.sh
. "$top_srcdir/test/e2e/stats.sh"

ours_only
start_stats_daemon one
echo 'int x;' >x.c
compile x.c
expect_rc 0
await 20 page_has / '^dcc_num_compiles1 1$'
for _ in 1 2; do
	server=$(stats_pid)
	kill -KILL "$server"
	compile x.c
	expect_rc 0
	await 20 fetch /
	[ "$(stats_pid)" != "$server" ] || fail "it did not die"
done
await 20 page_has / '^dcc_num_compiles1 3$'
expect_text 'dcc_tcp_accept 3' "$scratch/body"
[ "$(logged one 'the statistics server ended')" = 2 ] ||
	fail "the log does not say twice that it ended"

# It has neither the daemon's sockets nor its lock.
server=$(stats_pid)
find "/proc/$server/fd" -lname '*lock*' >"$scratch/locks"
expect_empty "$scratch/locks"
kill -KILL "$daemon_pid"
wait "$daemon_pid"
forget_daemon one
await 20 process_is_gone "$server"
rm -rf "$scratch"/spool/*
