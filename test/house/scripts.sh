#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# All shell scripts are clean under shellcheck.
set -u
cd "${top_srcdir:-.}" || exit 99
if ! command -v shellcheck >/dev/null; then
	echo "skipped: no shellcheck"
	exit 77
fi
set --
for file in bootstrap .ci/* $(find test -name '*.sh') test/bench/run \
	test/bench/daemon init/default/distccd init/sysv/distccd.in src/tools/*.in; do
	[ -f "$file" ] && head -n 1 "$file" | grep -q 'sh$\|shell=sh' &&
		set -- "$@" "$file"
done
[ $# -gt 0 ] || exit 99
shellcheck -x -P SCRIPTDIR "$@"
