#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A source of 20 MB goes through, in both protocols.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one

# Comments would not survive the preprocessor; a long string does.
awk 'BEGIN {
	print "const char big[] =";
	for (i = 0; i < 320000; i++)
		printf "\"%060d\\n\"\n", i * 7919;
	print ";";
}' >big.c
size=$(wc -c <big.c)
[ "$size" -gt 20000000 ] || fail "the source has only $size bytes"
"$CC" -c big.c -o local.o
count=0
for options in "" ,lzo; do
	export DISTCC_HOSTS="127.0.0.1:$port$options" DISTCC_FALLBACK=0
	rm -f remote.o
	run distcc "$CC" -c big.c -o remote.o
	expect_rc 0
	expect_same local.o remote.o
	count=$((count + 1))
	await_logged one $count COMPILE_OK
done
