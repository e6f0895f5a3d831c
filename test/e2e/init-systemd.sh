#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# systemd understands all of the units, and thinks well of their hardening.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=init.sh
. "$top_srcdir/test/e2e/init.sh"

ours_only
systemd-analyze --version >"$scratch/version" 2>&1 ||
	skip "no systemd-analyze"
make_init systemd/distccd.service.in "$root/units/distccd.service"
make_init systemd/distccd.socket "$root/units/distccd.socket"
run systemd-analyze --man=no verify "$root/units/distccd.service" \
	"$root/units/distccd.socket"
expect_rc 0
# It warns of what it does not understand, and is content.
expect_no_text distccd "$scratch/err"

# Older ones cannot look at a unit that is not loaded.
systemd-analyze --help | grep -q -e '--offline' ||
	skip "this systemd-analyze has no --offline"
run systemd-analyze --no-pager --offline=true --threshold=30 security \
	"$root/units/distccd.service"
tail -n 1 "$scratch/out"
expect_rc 0
