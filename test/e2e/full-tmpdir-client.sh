#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A full TMPDIR of the client: no job is lost, nothing is left.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
[ "$(id -u)" = 0 ] || skip "only root can make a small file system"
mount -t tmpfs -o size=64k none "$scratch/tmp" 2>/dev/null ||
	skip "no tmpfs may be mounted here"
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "int name_%d;\n", i }' >big.c
TMPDIR=$scratch/spool "$CC" -c big.c -o local.o
head -c 200k /dev/zero >"$scratch/tmp/filler" 2>/dev/null
run distcc "$CC" -c big.c -o remote.o
rm "$scratch/tmp/filler"
left=$(ls -A "$scratch/tmp")
umount "$scratch/tmp"
[ -z "$left" ] || fail "left in TMPDIR: $left"
if [ "$rc" = 0 ]; then
	expect_same local.o remote.o
else
	grep -qi 'no space' "$scratch/err" || fail "no word of the cause"
	expect_no_file remote.o
fi
