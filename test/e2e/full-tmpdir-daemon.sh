#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A full TMPDIR of the daemon: the job is done here, with the right object.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
[ "$(id -u)" = 0 ] || skip "only root can make a small file system"
mount -t tmpfs -o size=64k,mode=1777 none "$scratch/spool" 2>/dev/null ||
	skip "no tmpfs may be mounted here"
start_daemon one --min-free-disk 0
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "int name_%d;\n", i }' >big.c
"$CC" -c big.c -o local.o
export DISTCC_BACKOFF_PERIOD=0
for options in "" ,lzo; do
	export DISTCC_HOSTS="127.0.0.1:$port$options"
	rm -f remote.o
	run distcc "$CC" -c big.c -o remote.o
	status=$rc
	if [ "$status" != 0 ] || ! cmp local.o remote.o; then
		umount -l "$scratch/spool"
		fail "the object was not made here instead"
	fi
	expect_text 'failed to distribute' "$scratch/err"
done
# The daemon still serves what fits.
echo 'int x;' >small.c
run distcc "$CC" -c small.c
stop_daemon one
left=$(ls -A "$scratch/spool")
umount "$scratch/spool"
[ -z "$left" ] || fail "left in the daemon's TMPDIR: $left"
[ "$(logged one COMPILE_OK)" = 1 ] || fail "the small one was not served"
