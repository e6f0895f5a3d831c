#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every reason to compile here, or to preprocess here what a host would take
# with its headers, is explained in distcc(1), by its name.
set -u
cd "${top_srcdir:-.}" || exit 99
reasons=$(sed -n 's/.*\[REASON_[A-Z_]*\] = { "\([a-z_]*\)",.*/\1/p' \
	src/compiler/reason.c)
[ "$(echo "$reasons" | wc -l)" = \
	"$(grep -c '^	\[REASON_' src/compiler/reason.c)" ] || exit 99
refusals=$(sed -n 's/.*\[REFUSAL_[A-Z_]*\] = { "\([a-z_]*\)",.*/\1/p' \
	src/scan/refusal.c)
[ "$(echo "$refusals" | wc -l)" = \
	"$(grep -c '^	\[REFUSAL_' src/scan/refusal.c)" ] || exit 99
status=0
for reason in $reasons $refusals; do
	[ "$reason" = none ] || grep -q "^\.It Cm $reason\$" man/distcc.1 || {
		echo "man/distcc.1 does not explain $reason"
		status=1
	}
done
exit $status
