#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# An empty source is a source.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
for options in "" ,lzo; do
	export DISTCC_HOSTS="127.0.0.1:$port$options" DISTCC_FALLBACK=0
	: >empty.c
	: >empty.i
	for name in empty.c empty.i; do
		"$CC" -c $name -o local.o
		rm -f remote.o
		run distcc "$CC" -c $name -o remote.o
		expect_rc 0
		expect_same local.o remote.o
	done
done
await_logged one 4 COMPILE_OK
