#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Many clients at once, over more hosts than one: each gets its own object.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
first=$port
start_daemon two
export DISTCC_HOSTS="127.0.0.1:$first/3 127.0.0.1:$port/3,lzo"
export DISTCC_FALLBACK=0 DISTCC_PAUSE_TIME_MSEC=50
total=60
i=0
{
	printf 'all:\n.c.o:\n\t%s\n' "\$(CC) -O1 -c \$<"
	while [ $i -lt $total ]; do
		i=$((i + 1))
		echo "int number_$i(void) { return $i; }" >"n$i.c"
		printf 'all: n%d.o\n' $i
	done
} >Makefile
command -v make >/dev/null || skip "no make"
run make -s -j12 CC="timeout 60 $DISTCC $CC"
expect_rc 0
i=0
while [ $i -lt $total ]; do
	i=$((i + 1))
	"$CC" -O1 -c "n$i.c" -o local.o
	expect_same local.o "n$i.o"
done
all_logged() {
	[ $(($(logged one COMPILE_OK) + $(logged two COMPILE_OK))) = $total ]
}
await 20 all_logged
[ "$(logged two COMPILE_OK)" -gt 0 ] || fail "the second host got nothing"
