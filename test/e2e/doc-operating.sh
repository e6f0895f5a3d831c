#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What doc/operating.txt tells others' programs is right, as far as they are
# here, and init/distccd.conf has options that there are.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
# block FIRST LAST: what stands, indented, from one line to the other.
block() {
	sed -n "/^    $1/,/^    $2/s/^    //p" "$top_srcdir/doc/operating.txt"
}

block 'table inet' '}' >"$scratch/nft"
[ -s "$scratch/nft" ] || fail "there are no rules for nftables"
if command -v nft >"$scratch/which" && unshare --net true 2>"$scratch/err"; then
	run unshare --net nft --check --file "$scratch/nft"
	expect_rc 0
fi

block defaults '    server two' >"$scratch/haproxy"
[ -s "$scratch/haproxy" ] || fail "there are no lines for HAProxy"
if command -v haproxy >"$scratch/which"; then
	run haproxy -c -f "$scratch/haproxy"
	expect_rc 0
fi

run "$DISTCCD" --help
expect_rc 0
sed -n 's/^#\([a-z][a-z-]*\).*/\1/p' "$top_srcdir/init/distccd.conf" |
	sort -u >"$scratch/options"
[ "$(wc -l <"$scratch/options")" -gt 20 ] || fail "options are missing"
while read -r option; do
	expect_text "--$option\([ =]\|$\)" "$scratch/out"
done <"$scratch/options"
