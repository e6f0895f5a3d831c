#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Variables that compilers read: those of the preprocessor are honoured, and
# the job travels; those that change the compiler keep it here, with a reason.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
# The daemon's own are nothing to its jobs.
mkdir "$scratch/daemons"
echo '#error the headers of the daemon' >"$scratch/daemons/where.h"
CPATH=$scratch/daemons
C_INCLUDE_PATH=$CPATH
GCC_COMPARE_DEBUG=1
DEPENDENCIES_OUTPUT=$scratch/daemons.d
COMPILER_PATH=$scratch/daemons
export CPATH C_INCLUDE_PATH GCC_COMPARE_DEBUG DEPENDENCIES_OUTPUT COMPILER_PATH
start_daemon one
unset CPATH C_INCLUDE_PATH GCC_COMPARE_DEBUG DEPENDENCIES_OUTPUT COMPILER_PATH
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_VERBOSE=1
mkdir inc
echo '#define WHERE "inc"' >inc/where.h
cat >x.c <<'EOF'
#include <where.h>
const char *where(void) { return WHERE __DATE__ __TIME__; }
EOF
cp x.c x.cc
jobs=0

# far VARIABLE=VALUE COMMAND...: it is honoured, and the job travels.
far() {
	variable=$1
	shift
	env "$variable" "$@" -o local.o || fail "$variable: no local object"
	run env "$variable" "$DISTCC" "$@" -o far.o
	expect_rc 0
	expect_text 'completed ok' "$scratch/err"
	expect_same local.o far.o
	jobs=$((jobs + 1))
}

# A clock that stands still.
export SOURCE_DATE_EPOCH=1000000000
for variable in CPATH C_INCLUDE_PATH; do
	far "$variable=inc" "$CC" -c x.c
done
for variable in CPATH CPLUS_INCLUDE_PATH; do
	if command -v g++ >/dev/null; then
		far "$variable=inc" g++ -c x.cc
	fi
done
far SOURCE_DATE_EPOCH=2000000000 "$CC" -Iinc -c x.c
expect_text 'May 18 2033' far.o
far LC_ALL=C.UTF-8 "$CC" -Iinc -c x.c
far LANG=xx_XX "$CC" -Iinc -c x.c
far LIBRARY_PATH=inc "$CC" -Iinc -c x.c
far TZ=Asia/Tokyo "$CC" -Iinc -c x.c

# here VARIABLE=VALUE: the job stays.
source=x.c
here() {
	env "$1" "$CC" -Iinc -c "$source" -o local.o 2>/dev/null
	run env "$1" "$DISTCC" "$CC" -Iinc -c "$source" -o here.o
	expect_rc 0
	expect_text "${1%%=*} (environment)" "$scratch/err"
	expect_same local.o here.o
}

here GCC_EXEC_PREFIX=/usr/lib/gcc/
here COMPILER_PATH=/nowhere
here "DEPENDENCIES_OUTPUT=$scratch/once.d"
expect_text '^x.o: x.c' "$scratch/once.d"
case $("$CC" --version) in
*clang*) ;;
*)
	here GCC_COMPARE_DEBUG=-fno-inline
	;;
esac
if command -v clang >/dev/null; then
	CC=clang
	# Not every clang can stop the clock.
	write_source timeless.c
	source=timeless.c
	here CCC_OVERRIDE_OPTIONS='#+-O2'
	run env CC_PRINT_OPTIONS=1 CC_PRINT_OPTIONS_FILE="$scratch/options" \
		"$DISTCC" clang -Iinc -c x.c
	expect_rc 0
	[ "$(grep -c -e -c "$scratch/options")" = 1 ] ||
		fail "clang was not run once"
fi
await_logged one $jobs COMPILE_OK
expect_no_file "$scratch/daemons.d"
