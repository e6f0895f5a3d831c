#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# When an agent goes: nobody asks, it is told to, its program was replaced,
# or its socket is not its own any more. It takes away no socket but its own.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=agent.sh
. "$top_srcdir/test/e2e/agent.sh"

ours_only
write_unit
mkdir -m 700 "$scratch/place"
socket=$scratch/place/socket
export DISTCC_AGENT_SOCKET="$socket"

start() {
	run "$DISTCC_AGENT" --socket "$socket" --pid-file "$scratch/place/pid" \
		--log-file "$scratch/place/log" "$@"
	expect_rc 0
	[ "$(cat "$scratch/place/pid")" = "$(agent_pids)" ] ||
		fail "the pid file is wrong"
	ask "$CC" -c x.c
	expect_rc 0
}

expect_gone() {
	await 20 agents_are 0
	expect_no_file "$socket"
	expect_no_file "$scratch/place/pid"
	expect_text "leaves: $1" "$scratch/place/log"
	rm "$scratch/place/log"
}

start --idle-time 1
expect_gone 'nobody asks'

start
kill -TERM "$(agent_pids)"
expect_gone 'a signal'

start
run "$DISTCC_AGENT" --socket "$socket" --stop
expect_rc 0
expect_gone 'somebody asked'
run "$DISTCC_AGENT" --socket "$socket" --status
expect_rc 1

# Whoever has connected by then is answered.
start
"$PYTHON" - "$socket" "$(agent_pids)" <<'EOT' || fail "a client is lost"
import os, signal, socket, sys
agent, pid = sys.argv[1], int(sys.argv[2])
os.kill(pid, signal.SIGSTOP)
waiting = [socket.socket(socket.AF_UNIX) for _ in range(20)]
for sock in waiting:
    sock.connect(agent)
    sock.sendall(b"SCAN00000001KIND00000002VIEW00000000CDIR00000000"
                 b"PATH00000000ENVC00000000ARGC00000001ARGV00000001x")
os.kill(pid, signal.SIGTERM)
os.kill(pid, signal.SIGCONT)
for sock in waiting:
    sock.settimeout(20)
    assert sock.recv(4) == b"SAID"
EOT
expect_gone 'a signal'

# A new program: who asks first is still answered, and the next one not by it.
cp "$DISTCC_AGENT" "$scratch/place/distcc-agent"
real=$DISTCC_AGENT
DISTCC_AGENT=$scratch/place/distcc-agent
start
cp "$real" "$scratch/place/new"
mv "$scratch/place/new" "$DISTCC_AGENT"
asks_and_sees_it_gone() {
	ask "$CC" -c x.c
	agents_are 0
}
await 20 asks_and_sees_it_gone
expect_gone 'the program was replaced'
DISTCC_AGENT=$real

# Another agent in its place stays, with its socket.
start
old=$(agent_pids)
run "$DISTCC_AGENT" --socket "$socket" --pid-file "$scratch/place/pid"
expect_rc 0
kill -TERM "$old"
await 20 agents_are 1
expect_file "$socket"
ask "$CC" -c x.c
expect_rc 0
run "$DISTCC_AGENT" --socket "$socket" --stop
await 20 agents_are 0
expect_no_file "$socket"
