#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A source that can be read only once reaches the compiler whole.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
write_source plain.c
"$CC" -E plain.c -o plain.i
mkfifo pipe.i
feed() {
	cat plain.i >pipe.i &
	feeder=$!
}
feed
"$CC" -c pipe.i -o local.o
wait $feeder
feed
CLIENT_TIMEOUT=30 run distcc "$CC" -c pipe.i -o remote.o
expect_rc 0
expect_same local.o remote.o
await 5 process_is_gone $feeder
wait $feeder
rc=$?
expect_rc 0
[ "$(logged one COMPILE_)" = 0 ] || fail "the daemon got a pipe"
