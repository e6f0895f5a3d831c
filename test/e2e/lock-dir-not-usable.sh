#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Where the directory of locks is a file, a warning names it; the job is done.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
echo 'int x;' >x.c
"$CC" -c x.c -o local.o
: >"$DISTCC_DIR/lock"
run distcc "$CC" -c x.c -o remote.o
expect_rc 0
expect_same local.o remote.o
expect_text "Warning: .*$DISTCC_DIR/lock" "$scratch/err"
[ -f "$DISTCC_DIR/lock" ] || fail "the user's file is gone"
expect_empty "$DISTCC_DIR/lock"
[ "$(logged one COMPILE_)" = 0 ] || fail "it went out without a lock"
DISTCC_FALLBACK=0 run distcc "$CC" -c x.c -o remote2.o
[ "$rc" != 0 ] || fail "it was compiled here"
expect_no_file remote2.o
