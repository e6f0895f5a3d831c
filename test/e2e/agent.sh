# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # shared with lib.sh and the tests
# SPDX-License-Identifier: GPL-2.0-or-later
#
# distcc-agent under test, and what asks it. A test sources this behind
# lib.sh.

# shellcheck source=agents.sh
. "$top_srcdir/test/e2e/agents.sh"
: "${PUMPASK:=$top_builddir/test/lib/pumpask}"
PUMPASK=$(realpath "$PUMPASK")
# pumpask is not beside the agent; it finds it by this.
PATH=${DISTCC_AGENT%/*}:$PATH

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
