#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A TMPDIR that cannot be used is passed over without a word, as gcc does it.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0
write_source x.c
"$CC" -c x.c -o local.o
for dir in "$scratch/missing" "$PWD/x.c"; do
	TMPDIR=$dir TMP=$scratch/tmp run distcc "$CC" -c x.c -o remote.o
	expect_rc 0
	expect_empty "$scratch/err"
	expect_same local.o remote.o
	rm remote.o
done
TMPDIR=$dir TMP=$scratch/tmp DISTCC_VERBOSE=1 run distcc "$CC" -c x.c
expect_rc 0
expect_text "TMPDIR is $dir.*$scratch/tmp" "$scratch/err"
await_logged one 3 COMPILE_OK
