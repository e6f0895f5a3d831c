#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The packaged distccmon-text shows a job of ours while it runs.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

command -v distccmon-text >/dev/null || skip "no distccmon-text"
write_slow_compiler
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
echo 'int x;' >watched.c
"$DISTCC" slowcc -c watched.c 2>"$scratch/err" &
client=$!
await 20 slow_compilers_are 1
shown() {
	distccmon-text >"$scratch/out"
	grep -q "Compile.*watched\.c.*127\.0\.0\.1\[0\]" "$scratch/out"
}
await 10 shown
grep -q "^ *$client " "$scratch/out" || fail "it has another process id"
rm "$scratch/slow"
await 20 process_is_gone $client
wait $client
rc=$?
expect_rc 0
nothing_in "$DISTCC_DIR/state" || fail "a state file is left"
