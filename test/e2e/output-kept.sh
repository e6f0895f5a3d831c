#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A failed compile leaves no object, and the old one only where gcc leaves it.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
echo 'int f(void) { return missing; }' >error.c
run distcc "$CC" -c error.c -o fresh.o
expect_rc 1
expect_no_file fresh.o
echo old >local.o
"$CC" -c error.c -o local.o 2>/dev/null
echo old >remote.o
run distcc "$CC" -c error.c -o remote.o
expect_rc 1
[ -e local.o ] && expect_same local.o remote.o
[ -e local.o ] || expect_no_file remote.o
