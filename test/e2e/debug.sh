#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# With -g the object names this directory, and nothing of the server.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0

write_source plain.c
for options in -g "-g2 -O2" "-g -gdwarf-4"; do
	# shellcheck disable=SC2086  # words on purpose
	set -- $options
	run distcc "$CC" "$@" -c plain.c -o remote.o
	expect_rc 0
	expect_text "$scratch/work" remote.o
	expect_text plain.c remote.o
	expect_no_text "$scratch/spool" remote.o
	expect_no_text distccd_ remote.o
	"$CC" "$@" -c plain.c -o local.o
	objdump -d local.o | sed 1,3d >local.code
	objdump -d remote.o | sed 1,3d >remote.code
	expect_same local.code remote.code
	objdump --dwarf=decodedline local.o | sed 1,3d >local.lines
	objdump --dwarf=decodedline remote.o | sed 1,3d >remote.lines
	expect_same local.lines remote.lines
done
await_logged one 3 COMPILE_OK
