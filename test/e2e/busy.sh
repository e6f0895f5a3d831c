#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A server that has no room says so: it is passed over for this job, without a
# mark, and the journal tells it from one that refuses.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
unset MAKELEVEL
start_daemon one
good=127.0.0.1:$port
"$PYTHON" "$top_srcdir/test/lib/garbage.py" "$scratch/busy.port" busy &
server=$!
await 20 test -s "$scratch/busy.port"
busy=127.0.0.1:$(cat "$scratch/busy.port")

# json TEST: Python's TEST holds for the object x that was printed.
json() {
	run "$PYTHON" -c "import json, sys
x = json.load(open(sys.argv[1]))
assert $1, x" "$scratch/json"
	expect_rc 0
}

write_source x.c
"$CC" -c x.c -o local.o

# The next host serves.
export DISTCC_BUILD_ID=next
DISTCC_HOSTS="$busy $good" DISTCC_FALLBACK=0 run distcc "$CC" -c x.c
expect_rc 0
expect_empty "$scratch/err"
expect_same local.o x.o
distcc --why --json x.c >"$scratch/json"
json "[t['outcome'] for t in x['jobs'][0]['tries']] == ['busy', 'ok']"
run distcc --why x.c
expect_text "^    $busy, .*: had no room for it; " "$scratch/out"
distcc --summary --json >"$scratch/json"
json "x['hosts'][0]['busy'] == 1 and x['hosts'][0]['refused'] == 0"

# No other host: this machine, with the server's words.
export DISTCC_BUILD_ID=here
rm x.o
DISTCC_HOSTS=$busy run distcc "$CC" -c x.c
expect_rc 0
expect_same local.o x.o
expect_text "$busy is busy: distccd: 7 jobs are running\$" "$scratch/err"
run distcc --why x.c
expect_rc 1
expect_text "had no room for it: .*7 jobs are running (busy)\.\$" "$scratch/out"
run distcc --summary
expect_rc 1
expect_text "^ *1 busy: " "$scratch/out"
expect_text " busy .* host\$" "$scratch/out"

# One that would do it at another time, then one that never does: busy. One
# that failed is worse news than both.
ln -s "$(command -v "$CC")" "$scratch/bin/nobodys-$CC"
for hosts in "$busy $good" "$good $busy"; do
	DISTCC_HOSTS=$hosts run distcc "$scratch/bin/nobodys-$CC" -c x.c
	expect_rc 0
	run distcc --why x.c
	expect_text "because .*$busy is busy: .*(busy)\.\$" "$scratch/out"
done
DISTCC_HOSTS="127.0.0.1:$dead_port $busy" DISTCC_BACKOFF_PERIOD=0 \
	run distcc "$CC" -c x.c
run distcc --why x.c
expect_text "(hosts_failed)\.\$" "$scratch/out"

# No fallback: no host could be used.
DISTCC_HOSTS=$busy DISTCC_FALLBACK=0 run distcc "$CC" -c x.c
expect_rc 116

DISTCC_HOSTS=$busy run distcc --doctor "$CC"
expect_rc 1
expect_text "busy: .*7 jobs are running" "$scratch/out"
DISTCC_HOSTS=$busy distcc --doctor --json "$CC" >"$scratch/json"
json "x['hosts'][0]['verdict'] == 'busy'"

[ -z "$(find "$DISTCC_DIR" -name 'backoff*')" ] || fail "it has a mark"
kill "$server"
wait "$server"
exit 0
