#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What is not served, and to whom not; and a port that is taken.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=stats.sh
. "$top_srcdir/test/e2e/stats.sh"

ours_only
start_stats_daemon one

fetch /metrics method=HEAD
expect_status 200
expect_empty "$scratch/body"
expect_text "^Content-Security-Policy: default-src 'none'; " "$scratch/head"
expect_text '^X-Content-Type-Options: nosniff$' "$scratch/head"
expect_text '^Cache-Control: no-store$' "$scratch/head"
expect_text '^Connection: close$' "$scratch/head"
for path in /nothing /metrics/ /../../etc/passwd /%2e%2e/etc/passwd //; do
	fetch $path
	expect_status 404
done
for method in POST PUT DELETE OPTIONS TRACE PATCH; do
	fetch / method=$method
	expect_status 405
	expect_text '^Allow: GET, HEAD$' "$scratch/head"
done
fetch / Host:rebound.example.com
expect_status 421
fetch / Host:localhost
expect_status 200

# Who may not have jobs done gets no statistics, and no answer: 127.0.0.2 is
# this machine as well, but not in the list.
fetch / from=127.0.0.2 && fail "127.0.0.2 was served"

# Taken, the port is an error of the start; and the daemon listens where it
# is told.
[ "$(id -u)" = 0 ] && set -- --user nobody
TMPDIR=$scratch/spool run timeout 20 "$DISTCCD" --no-detach --daemon \
	--allow 127.0.0.1 --listen 127.0.0.1 \
	--port "$("$PYTHON" "$top_srcdir/test/lib/freeport.py")" \
	--stats --stats-port "$stats_port" --log-stderr "$@"
expect_rc 102
expect_text "$stats_port" "$scratch/err"

access="--allow 127.0.0.0/8"
start_stats_daemon two --stats-listen 127.0.0.3
fetch / to=127.0.0.3
expect_status 200
fetch / && fail "it listens on 127.0.0.1 as well"
:
