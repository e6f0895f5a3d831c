#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Slots are the files that other tools know, locked for the time of a job.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
echo 'int x;' >x.c
run distcc "$CC" -c x.c
expect_rc 0
expect_file "$DISTCC_DIR/lock/cpu_tcp_127.0.0.1_${port}_0"
run distcc "$CC" x.c -E
expect_rc 0
expect_file "$DISTCC_DIR/lock/cpu_localhost_0"
DISTCC_HOSTS="localhost" run distcc "$CC" -c x.c
expect_rc 0

# A slot that another process holds is not used: the next one is.
write_script "$scratch/hold.py" <<EOF
import fcntl, sys, os
f = open(sys.argv[1], "w")
fcntl.lockf(f, fcntl.LOCK_EX)
open(sys.argv[2], "w").close()
sys.stdin.read()
EOF
mkfifo "$scratch/hold"
"$PYTHON" "$scratch/hold.py" "$DISTCC_DIR/lock/cpu_tcp_127.0.0.1_${port}_0" \
	"$scratch/held" <"$scratch/hold" &
holder=$!
exec 9>"$scratch/hold"
await 20 test -e "$scratch/held"
expect_no_file "$DISTCC_DIR/lock/cpu_tcp_127.0.0.1_${port}_1"
run distcc "$CC" -c x.c 9>&-
expect_rc 0
expect_file "$DISTCC_DIR/lock/cpu_tcp_127.0.0.1_${port}_1"
exec 9>&-
wait $holder
await_logged one 2 COMPILE_OK
