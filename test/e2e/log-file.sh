#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# DISTCC_LOG gets the client's log; a file that cannot be opened is named.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0
echo 'int x;' >x.c
DISTCC_LOG=$scratch/client.log DISTCC_VERBOSE=1 run distcc "$CC" -c x.c
expect_rc 0
expect_empty "$scratch/err"
expect_text 'distcc\[[0-9]*\]' "$scratch/client.log"
expect_text 'completed ok' "$scratch/client.log"
DISTCC_LOG=$scratch/none/client.log run distcc "$CC" -c x.c
expect_rc 0
expect_text 'failed to open logfile' "$scratch/err"
