#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --show-hosts prints the list's words, -j the sum of their slots.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

export DISTCC_HOSTS="--localslots=7 localhost/3 red green/9 blue:4200,lzo # x
[::1]:99/2 --localslots_cpp=3 127.0.0.1/5:3632"
run "$DISTCC" --show-hosts
expect_rc 0
cat >expected <<EOF
localhost/3
red
green/9
blue:4200,lzo
[::1]:99/2
127.0.0.1/5:3632
EOF
expect_same expected "$scratch/out"
run "$DISTCC" -j
expect_rc 0
[ "$(cat "$scratch/out")" = 27 ] || fail "-j: $(cat "$scratch/out")"
DISTCC_HOSTS="localhost far" run "$DISTCC" -j
[ "$(cat "$scratch/out")" = 6 ] || fail "-j: $(cat "$scratch/out")"
