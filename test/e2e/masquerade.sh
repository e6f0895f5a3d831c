#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A link called like the compiler finds the real one behind it in PATH.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0

mkdir "$scratch/links"
ln -s "$DISTCC" "$scratch/links/$CC"
write_source plain.c
"$CC" -c plain.c -o local.o
PATH=$scratch/links:$PATH
run timeout 60 "$CC" -c plain.c -o remote.o
expect_rc 0
expect_same local.o remote.o
run timeout 60 "$scratch/links/$CC" -c plain.c -o remote2.o
expect_rc 0
expect_same local.o remote2.o
await_logged one 2 COMPILE_OK
run timeout 60 "$CC" --version
expect_rc 0
expect_no_text distcc "$scratch/out"
