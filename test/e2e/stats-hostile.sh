#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Clients of the statistics that mean ill are in nobody's way: jobs are
# served, and so are others who want statistics.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=stats.sh
. "$top_srcdir/test/e2e/stats.sh"

ours_only
access="--allow 127.0.0.0/8"
start_stats_daemon one
server=$(stats_pid)
mkfifo "$scratch/fifo"
"$PYTHON" "$top_srcdir/test/lib/nuisance.py" "$stats_port" \
	<"$scratch/fifo" >"$scratch/nuisance.out" 2>&1 &
nuisance=$!
exec 9>"$scratch/fifo"
await 60 grep -q '216 connections' "$scratch/nuisance.out"

echo 'int x;' >x.c
for _ in 1 2 3 4 5; do
	compile x.c
	expect_rc 0
done
fetch /metrics from=127.0.0.9 || fail "another one gets no statistics"
expect_status 200
[ "$(stats_pid)" = "$server" ] || fail "the statistics server is another one"
[ "$(find "/proc/$server/fd" -mindepth 1 | wc -l)" -lt 100 ] ||
	fail "it has too many descriptors: $(ls -l "/proc/$server/fd")"

expect_text '^Max open files *128 *128 ' "/proc/$server/limits"

# However busy they are, nobody stays for ever.
await 60 grep -q 'slow ones were ended' "$scratch/nuisance.out"
exec 9>&-
wait $nuisance
await 30 fetch /metrics
expect_status 200
