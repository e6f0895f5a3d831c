#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A job that found no room on the disk shows, until another one finds some.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=stats.sh
. "$top_srcdir/test/e2e/stats.sh"

ours_only
echo "min-free-disk 100000000" >"$scratch/conf"
chmod 644 "$scratch/conf"
start_stats_daemon one --config "$scratch/conf"
echo 'int x;' >x.c
DISTCC_HOSTS="127.0.0.1:$port" run distcc "$CC" -c x.c
expect_rc 0
await 20 page_has /metrics '^distccd_short_of{resource="disk"} 1$'
expect_text '^distccd_refusals_total{reason="disk"} 1$' "$scratch/body"
expect_text '^distccd_jobs_total{outcome="overload"} 1$' "$scratch/body"
await 20 page_has / '^dcc_rej_overload 1$'

echo "min-free-disk 0" >"$scratch/conf"
kill -HUP "$daemon_pid"
await_logged one 1 'read the configuration again'
compile x.c
expect_rc 0
await 20 page_has /metrics '^distccd_short_of{resource="disk"} 0$'
