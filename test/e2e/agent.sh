# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # shared with lib.sh and the tests
# SPDX-License-Identifier: GPL-2.0-or-later
#
# distcc-agent under test, and what asks it. A test sources this behind
# lib.sh; its agents end with it.

: "${DISTCC_AGENT:=$top_builddir/distcc-agent}"
: "${PUMPASK:=$top_builddir/test/lib/pumpask}"
DISTCC_AGENT=$(realpath "$DISTCC_AGENT")
PUMPASK=$(realpath "$PUMPASK")
# pumpask is not beside the agent; it finds it by this.
PATH=${DISTCC_AGENT%/*}:$PATH

# The agents of this test.
agent_pids() {
	"$PYTHON" "$top_srcdir/test/lib/strays.py" "$scratch" |
		sed -n 's/^\([0-9]*\) [^ ]*distcc-agent .*/\1/p'
}

agents_are() {
	[ "$(agent_pids | wc -l)" = "$1" ]
}

end_agents() {
	for pid in $(agent_pids); do
		kill -CONT "$pid"
		kill -TERM "$pid"
	done
	poll 10 agents_are 0 || fail "an agent does not end on SIGTERM"
}

finish_agents() {
	status=$?
	trap - EXIT
	(end_agents) || status=1
	(exit $status)
	finish
}
trap finish_agents EXIT

# ask COMMAND...: leaves the plan in $scratch/out, bodies in $scratch/bodies.
mkdir "$scratch/bodies"
ask() {
	run "$PUMPASK" "$scratch/bodies" "$@"
}

# own FILE: a plan without the compiler's own directories.
own() {
	grep -v '^LINK .* -> \(\.\./\)\{20\}' "$1"
}

# Where the agent of DISTCC_DIR listens; empty if there is none.
agent_socket() {
	find "$DISTCC_DIR/agent" -type s 2>/dev/null
}

# plain N: body N as a server would have it.
plain() {
	PYTHONPATH=$top_srcdir/test/wire "$PYTHON" -c '
import lzo, sys
sys.stdout.buffer.write(lzo.decode(open(sys.argv[1], "rb").read()))' \
		"$scratch/bodies/$1"
}

write_unit() {
	printf '#include "a.h"\nint x = A;\n' >x.c
	echo '#define A 1' >a.h
}
