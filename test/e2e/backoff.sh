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

# It failed twice: the period is twice as long.
expect_text '^x2$' "$mark"
touch -d '100 seconds ago' "$mark"
run distcc "$CC" -c x.c
expect_rc 116
touch -d '200 seconds ago' "$mark"
run distcc "$CC" -c x.c
expect_rc 103
expect_text '^x3$' "$mark"

# A longer period holds longer.
touch -d '1000 seconds ago' "$mark"
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

# A host that refuses a job is well: it is not avoided, and a mark goes.
mark=$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${port}_0
echo x >"$mark"
touch -d '100 seconds ago' "$mark"
ln -s "$(command -v "$CC")" "$scratch/bin/nobodys-$CC"
DISTCC_HOSTS="127.0.0.1:$port" run distcc "$scratch/bin/nobodys-$CC" -c x.c
[ "$rc" != 0 ] || fail "it was not refused"
expect_no_file "$mark"

# Who finds its own disk unusable blames nobody.
DISTCC_HOSTS="127.0.0.1:$port" run distcc "$CC" -c x.c -o missing/x.o
[ "$rc" != 0 ] || fail "it was put into a directory that is missing"
expect_no_file "$mark"
echo '#error no' >bad.c
DISTCC_HOSTS="127.0.0.1:$port" run distcc "$CC" -c bad.c
expect_rc 1
expect_no_file "$mark"
