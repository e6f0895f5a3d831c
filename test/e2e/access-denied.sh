#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A peer that no --allow rule names is refused; the log names the peer.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
cat >"$scratch/ask.py" <<'EOF'
import socket, sys
with socket.socket() as s:
    s.settimeout(20)
    s.bind((sys.argv[1], 0))
    s.connect(("127.0.0.1", int(sys.argv[2])))
    s.sendall(b"DIST00000001")
    try:
        print(len(s.recv(100)))
    except ConnectionResetError:
        print(0)
EOF
run "$PYTHON" "$scratch/ask.py" 127.0.0.2 "$port"
expect_rc 0
[ "$(cat "$scratch/out")" = 0 ] || fail "127.0.0.2 got an answer"
await_logged one 1 "127\.0\.0\.2"
[ "$(logged one 'denied')" = 1 ] || fail "the log does not say why"

export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0
echo 'int x;' >x.c
run distcc "$CC" -c x.c
expect_rc 0
