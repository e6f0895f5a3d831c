#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every reason to compile here is explained in distcc(1), by its name.
set -u
cd "${top_srcdir:-.}" || exit 99
reasons=$(sed -n 's/.*\[REASON_[A-Z_]*\] = { "\([a-z_]*\)",.*/\1/p' \
	src/compiler/reason.c)
[ "$(echo "$reasons" | wc -l)" = \
	"$(grep -c '^	\[REASON_' src/compiler/reason.c)" ] || exit 99
status=0
for reason in $reasons; do
	[ "$reason" = none ] || grep -q "^\.It Cm $reason\$" man/distcc.1 || {
		echo "man/distcc.1 does not explain $reason"
		status=1
	}
done
exit $status
