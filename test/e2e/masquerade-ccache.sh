#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# ccache before distcc, behind it, between two of it, and with CCACHE_PREFIX:
# the object is right, and distcc does not run itself again and again.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
ccache=$(command -v ccache) || skip "no ccache"
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
export DISTCC_LOG="$scratch/client.log" CCACHE_DIR="$scratch/ccache"
CLIENT_TIMEOUT=30
real=$PATH
mkdir -p bin ours second cached
cp "$DISTCC" bin/distcc
ln -s "$PWD/bin/distcc" "ours/$CC"
cp "$DISTCC" "second/$CC"
ln -s "$ccache" "cached/$CC"
ours=$PWD/ours
second=$PWD/second
cached=$PWD/cached
write_source plain.c

# try COMMAND...: it gives the local object, in few processes, twice: the
# second time ccache has it.
nth=0
try() {
	nth=$((nth + 1))
	say "PATH=$PATH prefix=${CCACHE_PREFIX-}"
	for _ in first again; do
		rm -f out.o "$DISTCC_LOG"
		: >"$DISTCC_LOG"
		run timeout -k 5 30 "$@" -DNTH=$nth -c plain.c -o out.o
		expect_rc 0
		expect_same local.o out.o
		processes=$(sed -n 's/^distcc\[\([0-9]*\)\].*/\1/p' \
			"$DISTCC_LOG" | sort -u | wc -l)
		[ "$processes" -le 6 ] || fail "distcc ran $processes times"
		expect_no_text "run itself" "$DISTCC_LOG"
	done
}

"$CC" -c plain.c -o local.o
for CCACHE_PREFIX in "" distcc "$PWD/bin/distcc"; do
	export CCACHE_PREFIX
	for path in "$ours:$cached" "$cached:$ours" "$cached" \
		"$ours:$cached:$second" "$ours:$second:$cached" \
		"$cached:$ours:$cached:$second" \
		"$second:$cached:$ours:$cached"; do
		PATH=$path:$PWD/bin:$real
		try "$CC"
		try "$PWD/bin/distcc" "$CC"
		try ccache "$CC"
	done
	PATH=$PWD/bin:$real
	try ccache "$CC"
	try "$cached/$CC"
	try distcc "$cached/$CC"
done

# As the manual has it, ccache sends what it lacks through distcc.
export CCACHE_PREFIX=distcc
echo 'int one_more;' >>plain.c
"$CC" -c plain.c -o local.o
before=$(logged one COMPILE_OK)
PATH=$PWD/bin:$real
try ccache "$CC"
await_logged one $((before + 1)) COMPILE_OK
