#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Warnings and errors are those of a local compile: both streams and status.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"

cat >warning.c <<EOF
int f(void) { int unused; return 0; }
#warning "from the preprocessor"
EOF
cat >error.c <<EOF
int f(void)
{
	return missing;
}
EOF
echo '#include "there-is-no-such-file.h"' >cpp-error.c
printf '#error one\nint f(void) { return missing; }\n' >two-errors.c

both() {
	rm -f local.o remote.o
	"$CC" "$@" -o remote.o >local.out 2>local.err
	local_rc=$?
	[ ! -e remote.o ] || mv remote.o local.o
	run distcc "$CC" "$@" -o remote.o
	expect_rc $local_rc
	expect_same local.out "$scratch/out"
	expect_same local.err "$scratch/err"
	if [ -e local.o ]; then
		expect_same local.o remote.o
	else
		expect_no_file remote.o
	fi
}

for source in warning.c error.c cpp-error.c two-errors.c; do
	both -Wall -c $source
	both -Wall -Werror -c $source
	both -w -O2 -S $source
	both -Wall -fdiagnostics-color=always -c $source
	both -Wall -fno-diagnostics-show-caret -c $source
done
