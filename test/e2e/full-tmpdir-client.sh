#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A full TMPDIR of the client: the job is done by the compiler here, which
# either needs no TMPDIR, or says itself what is wrong; nothing is left.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
[ "$(id -u)" = 0 ] || skip "only root can make a small file system"
mount -t tmpfs -o size=64k none "$scratch/tmp" 2>/dev/null ||
	skip "no tmpfs may be mounted here"
# shellcheck disable=SC2154  # status is set right there
trap 'status=$?; umount "$scratch/tmp"; (exit $status); finish' EXIT
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "int name_%d;\n", i }' >big.c
TMPDIR=$scratch/spool "$CC" -c big.c -o local.o
head -c 200k /dev/zero >"$scratch/tmp/filler" 2>/dev/null
if echo >"$scratch/tmp/more" 2>/dev/null; then
	fail "TMPDIR is not full"
fi
rm -f "$scratch/tmp/more"

# What the compiler does alone is what is to be done.
as_the_compiler() {
	rm -f plain.o remote.o
	"$CC" "$@" -c big.c -o plain.o 2>"$scratch/plain.err"
	plain_rc=$?
	run distcc "$CC" "$@" -c big.c -o remote.o
	expect_rc $plain_rc
	if [ "$plain_rc" = 0 ]; then
		expect_same local.o remote.o
		expect_empty "$scratch/err"
	else
		expect_text 'No space left' "$scratch/plain.err"
		expect_text 'No space left' "$scratch/err"
		expect_no_file remote.o
	fi
	[ "$(ls -A "$scratch/tmp")" = filler ] ||
		fail "left in TMPDIR: $(ls -A "$scratch/tmp")"
}
as_the_compiler -pipe
[ "$plain_rc" = 0 ] || fail "the compiler fails even with -pipe"
as_the_compiler -O0

# No host is to blame.
expect_no_file "$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${port}_0"
DISTCC_FALLBACK=0 run distcc "$CC" -pipe -c big.c -o forbidden.o
[ "$rc" != 0 ] || fail "it was compiled here"
expect_text "$scratch/tmp\|big.c" "$scratch/err"
expect_no_file forbidden.o
rm "$scratch/tmp/filler"
