#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A limit on the size of files hits what the compiler hits, and nothing else.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
write_source small.c
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "int name_%d = 1;\n", i }' \
	>big.c

# limited BLOCKS COMMAND...: its files may have that many KiB, about.
limited() {
	(
		# shellcheck disable=SC3045  # POSIX or not, they have it
		ulimit -c 0
		ulimit -f "$1"
		shift
		exec "$@"
	)
}

# as_the_compiler BLOCKS FILE: status, object and messages are those of alone.
as_the_compiler() {
	rm -f alone.o behind.o
	limited "$1" "$CC" -pipe -c "$2" -o x.o 2>alone.err
	alone_rc=$?
	[ ! -e x.o ] || mv x.o alone.o
	run limited "$1" "$DISTCC" "$CC" -pipe -c "$2" -o x.o
	[ ! -e x.o ] || mv x.o behind.o
	expect_rc $alone_rc
	expect_same alone.err "$scratch/err"
	[ "$alone_rc" != 0 ] || expect_same alone.o behind.o
}

# The daemon is under one itself: less than what messages may have.
# shellcheck disable=SC3045
ulimit -S -f 16000
start_daemon one
# shellcheck disable=SC3045
ulimit -S -f unlimited
export DISTCC_HOSTS="127.0.0.1:$port"
DISTCC_FALLBACK=0 run limited 16000 "$DISTCC" "$CC" -c small.c
expect_rc 0
await_logged one 1 COMPILE_OK
DISTCC_FALLBACK=0 run limited 100 "$DISTCC" "$CC" -c small.c
expect_rc 0
as_the_compiler 100 small.c
# The preprocessed source, the object.
as_the_compiler 400 big.c
as_the_compiler 1 big.c
[ "$alone_rc" != 0 ] || fail "the limit has no effect"

# A journal that is full is no reason to die either.
head -c 300k /dev/zero >>"$DISTCC_DIR/journal"
DISTCC_FALLBACK=0 run limited 200 "$DISTCC" "$CC" -c small.c
expect_rc 0
expect_no_file "$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${port}_0"
