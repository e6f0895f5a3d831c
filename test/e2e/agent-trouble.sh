#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Whatever is the matter with the agent, the client goes on, and knows why.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=agent.sh
. "$top_srcdir/test/e2e/agent.sh"

ours_only
write_unit

expect_no_plan() {
	ask "$CC" -c x.c
	expect_rc 1
	expect_text "^no -[0-9]* $1" "$scratch/out"
}

forget() {
	rm -f "$DISTCC_DIR"/agent/*.avoid
}

# One that was killed: the next client starts another.
ask "$CC" -c x.c
expect_rc 0
first=$(agent_pids)
kill -KILL "$first"
await 20 process_is_gone "$first"
expect_file "$(agent_socket)"
ask "$CC" -c x.c
expect_rc 0
[ "$(agent_pids)" != "$first" ] || fail "it lives"

# Who has too few descriptors to start one leaves none that is deaf.
kill -KILL "$(agent_pids)"
for n in 9 10 11 12 13 14 15; do
	# shellcheck disable=SC3045  # POSIX or not, they have it
	(ulimit -n "$n" && "$PUMPASK" "$CC" -c x.c >"$scratch/few" 2>&1) || :
	forget
done
ask "$CC" -c x.c
expect_rc 0
[ "$(agent_pids | wc -w)" -eq 1 ] || fail "more than one: $(agent_pids)"

# One that hangs: the first client waits, and no other does.
kill -STOP "$(agent_pids)"
expect_no_plan 'the agent: .*time'
expect_no_plan 'the agent failed a moment ago'
kill -CONT "$(agent_pids)"
expect_no_plan 'the agent failed a moment ago'
forget
ask "$CC" -c x.c
expect_rc 0
# That mark is old.
touch -d '1 minute ago' "$(agent_socket).avoid"
ask "$CC" -c x.c
expect_rc 0
touch "$(agent_socket).avoid"
expect_no_plan 'the agent failed a moment ago'
forget

# A scanner that says no is no trouble of the agent's.
echo '#include "none.h"' >y.c
ask "$CC" -c y.c
expect_rc 1
expect_text '^no -11 .*: .*none.h' "$scratch/out"
ask "$CC" -c x.c
expect_rc 0

# What a server did not agree with is not planned again.
run "$PUMPASK" --distrust "$CC" -c x.c
expect_rc 0
expect_no_plan 'a server'
end_agents

# The directory for temporary files that it began with is gone.
printf '#if __has_attribute(unused)\n#include "a.h"\n#endif\n' >z.c
mkdir "$scratch/passing"
run env TMPDIR="$scratch/passing" "$PUMPASK" "$scratch/bodies" "$CC" -c x.c
expect_rc 0
rmdir "$scratch/passing"
ask "$CC" -std=gnu99 -c z.c
expect_rc 0
end_agents

# Who is about to start it hangs: nobody else does, nor waits for ever.
cat >"$scratch/hold.py" <<'EOT'
import fcntl, subprocess, sys
with open(sys.argv[1], "r+b") as f:
    fcntl.lockf(f, fcntl.LOCK_EX)
    sys.exit(subprocess.run(sys.argv[2:]).returncode)
EOT
run "$PYTHON" "$scratch/hold.py" "$(echo "$DISTCC_DIR"/agent/*.lock)" \
	"$PUMPASK" "$scratch/bodies" "$CC" -c a.h
expect_rc 1
expect_text '^no -5 the agent at ' "$scratch/out"
agents_are 0 || fail "an agent was started"
forget
run "$PYTHON" "$scratch/hold.py" a.h "$PUMPASK" "$scratch/bodies" "$CC" -c x.c
expect_rc 0
end_agents

# A directory that others can write to is no place for a socket.
chmod 777 "$DISTCC_DIR/agent"
expect_no_plan 'the agent at .*: Operation not permitted'
chmod 700 "$DISTCC_DIR/agent"
agents_are 0 || fail "an agent was started there"

# A name that is too long.
long=$scratch/$("$PYTHON" -c 'print("x" * 100)')
mkdir "$long"
DISTCC_DIR=$long expect_no_plan '.*is too long for the name of a socket'

# One that is another for each directory.
DISTCC_DIR=relative XDG_RUNTIME_DIR='' \
	expect_no_plan 'there is no home for an agent'
expect_no_file relative/agent

# No program.
mkdir "$scratch/none"
for words in 'there is no distcc-agent' 'the agent failed a moment ago'; do
	PATH=/usr/bin:/bin DISTCC_DIR=$scratch/none expect_no_plan "$words"
done

# An agent of another version, and one that talks nonsense.
mkdir -m 755 "$scratch/fake"
fake() {
	rm -f "$scratch/fake.out"
	"$PYTHON" "$top_srcdir/test/lib/fakeagent.py" "$@" \
		>"$scratch/fake.out" 2>"$scratch/fake.err" &
	fake=$!
	await 20 grep -qs ready "$scratch/fake.out"
	export DISTCC_AGENT_SOCKET="$1"
}
end_fake() {
	rm -f "$scratch/fake.out"
	kill "$fake"
	wait "$fake"
	rm -f "$DISTCC_AGENT_SOCKET" "$DISTCC_AGENT_SOCKET.avoid"
	unset DISTCC_AGENT_SOCKET
}
for answer in SAID00000000 'HTTP/1.1 400' '' \
	PLAN00000001TIME00000000ALLP00000000USRP00000000; do
	fake "$scratch/fake/socket" "$answer"
	expect_no_plan 'the agent: '
	end_fake
done

# One whose bodies are, or are not, where it says they are.
zeros=00000000
plan=PLAN00000001TIME${zeros}ALLP${zeros}USRP${zeros}SYSC$zeros
plan=${plan}READ${zeros}READ${zeros}SENT${zeros}SENT${zeros}NFIL00000001
plan=${plan}NAME00000002/xKIND${zeros}FILE00000006SEGM${zeros}FROM
fake "$scratch/fake/socket" "${plan}00000004"
ask "$CC" -c x.c
expect_rc 0
end_fake
for at in 00000005 0000000b fffffffc; do
	fake "$scratch/fake/socket" "$plan$at"
	expect_no_plan "the agent's plan"
	end_fake
done

# Somebody else's.
if [ "$(id -u)" = 0 ]; then
	chmod 777 "$scratch/fake"
	fake "$scratch/fake/socket" SAID00000000 65534
	expect_no_plan 'the agent at .* is another user.s'
	end_fake
	# And an agent has nothing to say to others.
	ask "$CC" -c x.c
	expect_rc 0
	chmod 755 "$DISTCC_DIR" "$DISTCC_DIR/agent" "$scratch/home"
	chmod 777 "$(agent_socket)"
	"$PYTHON" - "$(agent_socket)" <<-'EOT' || fail "others are answered"
	import os, socket, sys
	os.setuid(65534)
	sock = socket.socket(socket.AF_UNIX)
	sock.settimeout(20)
	sock.connect(sys.argv[1])
	try:
	    sock.sendall(b"SCAN00000001KIND00000002VIEW00000000CDIR00000000"
	                 b"PATH00000000ENVC00000000ARGC00000001"
	                 b"ARGV00000001x")
	    said = sock.recv(100)
	except (BrokenPipeError, ConnectionResetError):
	    said = b""
	assert said == b"", said
	EOT
fi
