#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Fifty jobs at a time ask one agent, which none of them finds running; some
# of them when it is killed. Each gets its own object.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=pumping.sh
. "$top_srcdir/test/e2e/pumping.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port/50,lzo,cpp" DISTCC_FALLBACK=0
total=150
i=0
{
	printf 'all:\n.c.o:\n\t%s\n' "\$(CC) -g -O1 -MD -c \$<"
	while [ $i -lt $total ]; do
		i=$((i + 1))
		printf '#include "h%d.h"\n#include <stdio.h>\n' $i >"n$i.c"
		printf 'int f(void) { return N; }\n' >>"n$i.c"
		printf '#define N %d\n' $i >"h$i.h"
		printf 'all: n%d.o\n' $i
	done
} >Makefile
command -v make >/dev/null || skip "no make"

check() {
	i=0
	while [ $i -lt $total ]; do
		i=$((i + 1))
		mv "n$i.d" there.d
		mv "n$i.o" there.o
		"$CC" -g -O1 -MD -c "n$i.c"
		expect_same "n$i.o" there.o
		expect_same "n$i.d" there.d
		rm -f there.d there.o "n$i.o"
	done
}

run make -s -j50 CC="timeout 60 $DISTCC $CC"
expect_rc 0
expect_empty "$scratch/err"
check
[ "$(grep -c 'way=pump' "$DISTCC_DIR/journal")" = $total ] ||
	fail "not all went with their sources"

make -s -j50 CC="timeout 60 $DISTCC $CC" 2>"$scratch/err" &
build=$!
await 20 log_has one $((total + 20)) COMPILE_OK
for pid in $(agent_pids); do
	kill -KILL "$pid"
done
wait $build || fail "the build failed"
check
