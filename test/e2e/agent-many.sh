#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Clients that say nothing, that say it slowly, and that do not take what
# they asked for are in nobody's way.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=agent.sh
. "$top_srcdir/test/e2e/agent.sh"

ours_only
write_unit
ask "$CC" -c x.c
expect_rc 0
"$PYTHON" - "$(agent_socket)" "$PUMPASK" "$scratch/bodies" "$CC" \
	<<'EOT' || fail "somebody was in the way"
import socket, subprocess, sys
path, ask = sys.argv[1], sys.argv[2:]
status = (b"SCAN00000001KIND00000002VIEW00000000CDIR00000000"
          b"PATH00000000ENVC00000000ARGC00000001ARGV00000001x")

def connect():
    sock = socket.socket(socket.AF_UNIX)
    sock.settimeout(20)
    sock.connect(path)
    return sock

silent = [connect() for _ in range(200)]
slow = [connect() for _ in range(20)]
greedy = [connect() for _ in range(20)]
for sock in greedy:
    sock.sendall(status)
for byte in status:
    for sock in slow:
        sock.sendall(bytes([byte]))
    plan = subprocess.run(ask + ["-c", "x.c"], capture_output=True,
                          check=True).stdout
    assert plan.count(b"FILE") == 2, plan
for sock in slow:
    assert sock.recv(100).startswith(b"SAID")
for sock in silent[:50]:
    sock.close()
# Nonsense, and too much of it, is the end of a talk.
for data in (b"nonsense and more", b"ENVV00010000" + b"x" * 0x10000):
    sock = connect()
    try:
        while True:
            sock.sendall(data)
    except (BrokenPipeError, ConnectionResetError):
        pass
EOT
agents_are 1 || fail "the agent is gone"
ask "$CC" -c x.c
expect_rc 0
