# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # shared with lib.sh and the tests
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The agents of a test, which end with it. agent.sh and pumping.sh source this.

: "${DISTCC_AGENT:=$top_builddir/distcc-agent}"
DISTCC_AGENT=$(realpath "$DISTCC_AGENT")

# The agents of this test.
agent_pids() {
	"$PYTHON" "$top_srcdir/test/lib/strays.py" "$scratch" |
		sed -n 's/^\([0-9]*\) [^ ]*distcc-agent\( .*\)\{0,1\}$/\1/p'
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
