#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# With --inetd, or a socket as its standard input, one job is served on it.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

cat >"$scratch/inetd.py" <<'EOF'
import os, socket, subprocess, sys
sys.path.insert(0, sys.argv[1])
import peer
ours, theirs = socket.socketpair()
ours.settimeout(30)
daemon = subprocess.Popen(sys.argv[2:], stdin=theirs, stdout=theirs)
theirs.close()
ours.sendall(peer.request(1, [os.environ["CC"], "-c", "x.c", "-o", "x.o"],
                          b"int x;\n"))
reply = peer.parse_reply(peer.read_all(ours))
assert reply.status == 0, reply
assert reply.object.startswith(b"\x7fELF"), reply.object[:20]
sys.exit(daemon.wait(20))
EOF
export CC
[ "$(id -u)" = 0 ] && set -- --user nobody
is_foreign "$DISTCCD" || set -- --config "$no_options" "$@"
cd "$scratch" || exit 99
TMPDIR=$scratch/spool run timeout 60 "$PYTHON" inetd.py \
	"$top_srcdir/test/wire" "$DISTCCD" --inetd --log-file \
	"$scratch/sanitizer.log" "$@"
expect_rc 0
TMPDIR=$scratch/spool run timeout 60 "$PYTHON" inetd.py \
	"$top_srcdir/test/wire" "$DISTCCD" --log-file /dev/null "$@"
expect_rc 0
