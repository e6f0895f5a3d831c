#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --no-fork serves one job after another, in one process.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one --no-fork --proxy-from 192.0.2.1
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0
for i in 1 2 3; do
	echo "int x$i;" >x.c
	run distcc "$CC" -c x.c
	expect_rc 0
done
await_logged one 3 COMPILE_OK

# Nobody in it reads a balancer's header, and it says so.
expect_text 'Warning: --proxy-from has no effect with --no-fork' \
	"$scratch/one.log"
