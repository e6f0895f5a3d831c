#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --allow takes masks of bits.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one --allow 127.1.2.0/23
cat >"$scratch/ask.py" <<'EOF'
import socket, sys
with socket.socket() as s:
    s.settimeout(20)
    s.bind((sys.argv[1], 0))
    s.connect(("127.0.0.1", int(sys.argv[2])))
    sys.path.insert(0, sys.argv[3])
    import peer
    try:
        s.sendall(peer.request(1, ["gcc", "-c", "x.c"], b"int x;\n"))
        print(len(s.recv(12)))
    except ConnectionError:
        print(0)
EOF
while read -r address want; do
	run "$PYTHON" "$scratch/ask.py" "$address" "$port" \
		"$top_srcdir/test/wire"
	[ "$(cat "$scratch/out")" = "$want" ] ||
		fail "$address: $(cat "$scratch/out") bytes and not $want"
done <<EOF
127.0.0.1 12
127.1.2.1 12
127.1.3.255 12
127.1.1.255 0
127.1.4.0 0
127.0.0.3 0
EOF
await_logged one 3 COMPILE_OK
