#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The host list: DISTCC_HOSTS, then $DISTCC_DIR/hosts, or ~/.distcc/hosts.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

mkdir "$HOME/.distcc"
echo "from-home" >"$HOME/.distcc/hosts"
printf '# comment\nfrom-dir/3 # more\n\nlast\n' >"$DISTCC_DIR/hosts"

DISTCC_HOSTS=from-variable run "$DISTCC" --show-hosts
echo from-variable >expected
expect_same expected "$scratch/out"

run "$DISTCC" --show-hosts
printf 'from-dir/3\nlast\n' >expected
expect_same expected "$scratch/out"

unset DISTCC_DIR
run "$DISTCC" --show-hosts
echo from-home >expected
expect_same expected "$scratch/out"

echo 'int x;' >x.c
DISTCC_HOSTS="" DISTCC_FALLBACK=1 run distcc "$CC" -c x.c
expect_rc 0
expect_text 'DISTCC_HOSTS contained no hosts' "$scratch/err"
expect_file x.o
