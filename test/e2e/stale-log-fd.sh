#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# UNCACHED_ERR_FD that is not open never leads the log into a file of a job.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_VERBOSE=1
write_source plain.c
"$CC" -MD -c plain.c -o x.o
mv x.o local.o
mv x.d local.d
for fd in 3 4 5 6 7 8 9; do
	rm -f x.o x.d
	UNCACHED_ERR_FD=$fd run distcc "$CC" -MD -c plain.c -o x.o \
		3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
	expect_rc 0
	expect_same local.o x.o
	expect_same local.d x.d
	expect_text 'completed ok' "$scratch/err"
done

# One that is open gets it.
UNCACHED_ERR_FD=9 run distcc "$CC" -c plain.c -o y.o 9>"$scratch/own.log"
expect_rc 0
expect_same local.o y.o
expect_text 'completed ok' "$scratch/own.log"
expect_empty "$scratch/err"
