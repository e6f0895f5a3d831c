#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Links to distcc, to the packaged distcc and to ccache in PATH, in whatever
# order and under whatever name: the object is right, and nothing loops.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0
export DISTCC_LOG="$scratch/client.log"
CLIENT_TIMEOUT=30
real=$PATH
away=$(dirname "$(command -v "$CC")")

mkdir -p bin ours second copied hard sub/deep
cp "$DISTCC" bin/distcc
ln -s ../bin/distcc "ours/$CC"
ln -s "$PWD/bin/distcc" "second/$CC"
cp "$DISTCC" "copied/$CC"
ln bin/distcc "hard/$CC" || skip "no hard links here"
ln -s ours alias
ln -s "$PWD/alias" sub/alias
write_source plain.c
"$CC" -O1 -c plain.c -o local.o

# try COMMAND...: it compiles on the daemon, and in few processes.
done_there=0
try() {
	rm -f remote.o "$DISTCC_LOG"
	say "PATH=$PATH"
	run timeout -k 5 30 "$@" -O1 -c plain.c -o remote.o
	expect_rc 0
	expect_same local.o remote.o
	processes=$(sed -n 's/^distcc\[\([0-9]*\)\].*/\1/p' "$DISTCC_LOG" |
		sort -u | wc -l)
	[ "$processes" -le "${most:-1}" ] ||
		fail "distcc ran $processes times"
	done_there=$((done_there + 1))
	await_logged one "$done_there" COMPILE_OK
}

# One directory, by all its names.
for dir in "$PWD/ours" "$PWD/ours/" "$PWD//ours//" "$PWD/./ours/." \
	"$PWD/sub/../ours" "$PWD/alias" "$PWD/sub/alias" ours ./ours \
	sub/deep/../../ours "$PWD/copied" "$PWD/hard" hard copied; do
	PATH=$dir:$real
	try "$CC"
	try "$dir/$CC"
	try "$PWD/bin/distcc" "$CC"
	PATH=$dir:$away
	try "$(command -v "$CC")"
	PATH=$real
	try "$dir/$CC"
done

# Several, also more than once, and the working directory.
for PATH in "$PWD/ours:$PWD/second:$real" "$PWD/ours:$PWD/copied:$real" \
	"$PWD/copied:$PWD/hard:$PWD/second:$real" \
	"$PWD/ours:$real:$PWD/ours:$real" "$PWD/ours:$PWD/alias/:$real" \
	"$PWD/missing:$PWD/ours::$real" "$PWD/hard:$PWD/second:.:$real"; do
	try "$CC"
	try "$PWD/bin/distcc" "$CC"
done
cd ours || exit 99
cp ../plain.c ../local.o .
for PATH in ":$real" ".:$real" "./:$real" "../ours:$real" "./.::$real"; do
	try "./$CC"
	try "$CC"
done
for PATH in "$real" "$real:"; do
	try "./$CC"
done
