# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # shared with lib.sh and the tests
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Daemons that serve statistics. Sourced by stats-*.sh, after lib.sh.

# start_stats_daemon NAME [OPTION...]: as start_daemon; sets stats_port too.
start_stats_daemon() {
	stats_name=$1
	start_daemon "$@" --stats --stats-port 0
	await 20 test -s "$scratch/$stats_name.log"
	await_logged "$stats_name" 1 'serves statistics\|not built in'
	await_logged "$stats_name" 1 'statistics are \(on port\|not built in\)'
	[ "$(logged "$stats_name" 'statistics are not built in')" = 0 ] ||
		skip "built without libmicrohttpd"
	stats_port=$(sed -n 's/.*statistics are on port \([0-9]*\).*/\1/p' \
		"$scratch/$stats_name.log")
}

# fetch PATH [WORD...]: leaves the body in $scratch/body, the status and the
# headers in $scratch/head.
fetch() {
	timeout 60 "$PYTHON" "$top_srcdir/test/lib/fetch.py" "$scratch/head" \
		"$stats_port" "$@" >"$scratch/body"
}

expect_status() {
	[ "$(head -n 1 "$scratch/head")" = "$1" ] ||
		fail "the answer is $(head -n 1 "$scratch/head") and not $1"
}

# page_has PATH TEXT: whether the page at PATH has a line with TEXT now.
page_has() {
	fetch "$1" && grep -q -e "$2" "$scratch/body"
}

# stats_pid: the process of the statistics server that was started last.
stats_pid() {
	sed -n 's/.* process \([0-9]*\) serves statistics$/\1/p' \
		"$scratch/$stats_name.log" | tail -n 1
}

compile() {
	DISTCC_FALLBACK=0 DISTCC_HOSTS="127.0.0.1:$port" \
		run distcc "$CC" -c "$1" -o out.o
}
