#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# When every host is dead the compile runs here, and says so.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

dead=$dead_port
export DISTCC_HOSTS="127.0.0.1:$dead"

write_source plain.c
"$CC" -c plain.c -o local.o
run distcc "$CC" -c plain.c -o remote.o
expect_rc 0
expect_text 'failed to distribute' "$scratch/err"
expect_same local.o remote.o
