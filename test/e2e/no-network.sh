#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A machine without network blames none of its hosts for that, and still tries
# each of them.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
alone() {
	timeout 60 unshare "$how" "$@"
}
for how in -n -Urn ''; do
	[ -n "$how" ] && alone true 2>/dev/null && break
done
[ -n "$how" ] || skip "it takes unshare to have no network"

no_marks() {
	[ -z "$(find "$DISTCC_DIR" -name 'backoff_*')" ] ||
		fail "marked: $(ls "$DISTCC_DIR/lock")"
}

# Of a loopback that is down, each address is out of reach.
export DISTCC_HOSTS="127.0.0.1:3632 127.0.0.2:3632"
echo 'int x;' >x.c
DISTCC_FALLBACK=0 DISTCC_VERBOSE=1 run alone "$DISTCC" "$CC" -c x.c
expect_rc 103
for host in $DISTCC_HOSTS; do
	expect_text "connect to $host: Network is unreachable" "$scratch/err"
done
no_marks
run alone "$DISTCC" "$CC" -c x.c
expect_rc 0
expect_text 'running locally instead' "$scratch/err"
no_marks
tail -n 1 "$DISTCC_DIR/journal" >"$scratch/last"
expect_text 'hosts_failed' "$scratch/last"

# Nor is it a host's fault that no name can be looked up.
cat >"$scratch/ask.py" <<EOF
import socket, sys
try:
    socket.getaddrinfo("nobody.invalid", 3632)
except socket.gaierror as error:
    sys.exit(error.args[0] != socket.EAI_AGAIN)
EOF
if alone "$PYTHON" "$scratch/ask.py"; then
	DISTCC_HOSTS=nobody.invalid DISTCC_FALLBACK=0 \
		run alone "$DISTCC" "$CC" -c x.c
	expect_rc 103
	expect_text 'cannot be looked up now' "$scratch/err"
	no_marks
fi

# With a network, one that refuses is to blame.
DISTCC_HOSTS="127.0.0.1:$dead_port" DISTCC_FALLBACK=0 \
	run distcc "$CC" -c x.c
expect_rc 103
expect_file "$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${dead_port}_0"
