#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A C file compiled elsewhere gives the bytes of a local compile.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0

write_source plain.c
for options in "" -O2 "-O2 -fPIC -Wall" "-std=c99 -DX=1 -I. -Iinc"; do
	# shellcheck disable=SC2086  # words on purpose
	set -- $options
	"$CC" "$@" -c plain.c -o local.o
	run distcc "$CC" "$@" -c plain.c -o remote.o
	expect_rc 0
	expect_empty "$scratch/out"
	expect_empty "$scratch/err"
	expect_same local.o remote.o
done
await_logged one 4 COMPILE_OK
