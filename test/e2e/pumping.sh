# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # shared with lib.sh and the tests
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Jobs that go with their sources (pump mode). A test sources this behind
# lib.sh.

# shellcheck source=agents.sh
. "$top_srcdir/test/e2e/agents.sh"
PUMP_CC=$CC

# last_job KEY: that field of the last job in the journal.
last_job() {
	tail -n 1 "$DISTCC_DIR/journal" | tr '\t' '\n' | sed -n "s/^$1=//p"
}

# expect_way WAY [NO_PUMP]: the way that the last job went, and why no other.
expect_way() {
	[ "$(last_job way)" = "$1" ] ||
		fail "it went by $(last_job way): $(last_job no_pump)" \
			"$(last_job reason)"
	case $(last_job no_pump) in
	"${2-}" | "${2-}:"*) ;;
	*) fail "the sources did not go for '$(last_job no_pump)'" ;;
	esac
}

# same COMMAND...: here and by distcc it leaves the same objects, dependency
# files, messages and status. Files that it makes are those called out*.
same() {
	rm -rf out* "$scratch/here"
	mkdir "$scratch/here"
	"$@" >"$scratch/here.out" 2>"$scratch/here.err"
	here_rc=$?
	for made in out*; do
		[ ! -e "$made" ] || mv "$made" "$scratch/here"
	done
	run distcc "$@"
	expect_rc $here_rc
	expect_same "$scratch/here.out" "$scratch/out"
	expect_same "$scratch/here.err" "$scratch/err"
	for made in "$scratch/here"/* out*; do
		[ -e "$made" ] || continue
		expect_same "$scratch/here/${made##*/}" "${made##*/}"
	done
}

# pumped COMMAND...: so it is, and it went with its sources.
pumped() {
	same "$@"
	expect_way pump
}
