#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A host that failed is left alone for DISTCC_BACKOFF_PERIOD seconds.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
dead=$dead_port
mark=$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${dead}_0
export DISTCC_HOSTS="127.0.0.1:$dead" DISTCC_FALLBACK=0

echo 'int x;' >x.c
run distcc "$CC" -c x.c
expect_rc 103
expect_file "$mark"

# Marked: not even tried.
run distcc "$CC" -c x.c
expect_rc 116

# The mark is old enough: tried again.
touch -d '100 seconds ago' "$mark"
run distcc "$CC" -c x.c
expect_rc 103

# A longer period holds longer.
touch -d '100 seconds ago' "$mark"
DISTCC_BACKOFF_PERIOD=1000 run distcc "$CC" -c x.c
expect_rc 116

# 0 is no back-off at all, and no endless loop either.
rm "$mark"
DISTCC_BACKOFF_PERIOD=0 run distcc "$CC" -c x.c
expect_rc 103
expect_no_file "$mark"

# Success removes the mark.
start_daemon one
mark=$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${port}_0
echo x >"$mark"
touch -d '100 seconds ago' "$mark"
DISTCC_HOSTS="127.0.0.1:$port" run distcc "$CC" -c x.c
expect_rc 0
expect_no_file "$mark"
