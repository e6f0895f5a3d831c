#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A client that is told to end leaves at once, and takes the compiler along.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
write_slow_compiler
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
echo 'int x;' >x.c
count=0
for signal in TERM:143 INT:130 HUP:129; do
	echo old >x.o
	"$PYTHON" "$top_srcdir/test/lib/fresh.py" "$DISTCC" slowcc -c x.c \
		2>"$scratch/err" &
	client=$!
	await 20 slow_compilers_are 1
	kill "-${signal%:*}" $client
	await 10 process_is_gone $client
	wait $client
	rc=$?
	expect_rc "${signal#*:}"
	await 20 slow_compilers_are 0
	[ "$(cat x.o)" = old ] || fail "the old object was touched"
	nothing_in "$TMPDIR" || fail "left in TMPDIR: $(ls -A "$TMPDIR")"
	nothing_in "$DISTCC_DIR/state" || fail "a state file is left"
	count=$((count + 1))
	await_logged one $count CLI_DISCONN
	[ "$(ls -A .)" = "x.c
x.o" ] || fail "left here: $(ls -A .)"
done
