#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# distcc --version and distccd --version say what scripts look for.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

for program in distcc distccd; do
	[ $program = distcc ] && run "$DISTCC" --version
	[ $program = distccd ] && run "$DISTCCD" --version
	expect_rc 0
	expect_empty "$scratch/err"
	sed -n 1p "$scratch/out" | grep -Eq "^$program [A-Za-z0-9_.-]+ [.A-Za-z0-9_-]+" ||
		fail "first line: $(sed -n 1p "$scratch/out")"
	sed -n 2p "$scratch/out" | grep -Eq \
		'^[ 	]+\(protocol.*\) \(default port 3632\)$' ||
		fail "second line: $(sed -n 2p "$scratch/out")"
done
