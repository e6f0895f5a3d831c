#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Peers that say nothing do not keep the daemon from serving others: with no
# worker left, those who have begun to speak have to go on or to leave.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
# Two compilers, and eight clients that are received meanwhile.
start_daemon one --jobs 2
cat >"$scratch/silent.py" <<'EOF'
import socket, sys
peers = []
for i in range(16):
    s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 20)
    s.sendall(b"DIST"[:i % 4 + 1])
    peers.append(s)
open(sys.argv[2], "w").close()
for s in peers:
    s.settimeout(60)
    try:
        while s.recv(4096):
            pass
    except ConnectionResetError:
        pass
EOF
"$PYTHON" "$scratch/silent.py" "$port" "$scratch/connected" &
silent=$!
await 20 test -e "$scratch/connected"
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0
echo 'int x;' >x.c
CLIENT_TIMEOUT=30 run distcc "$CC" -c x.c
expect_rc 0
await_logged one 1 'makes room for one'
# All of them are let go in time.
await 30 process_is_gone $silent
wait $silent
rc=$?
expect_rc 0
