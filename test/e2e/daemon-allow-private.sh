#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --allow-private is a rule like any other, and holds for this machine.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
access=--allow-private
start_daemon one
echo 'int x;' >x.c
DISTCC_FALLBACK=0 DISTCC_HOSTS="127.0.0.1:$port" run distcc "$CC" -c x.c
expect_rc 0
await_logged one 1 COMPILE_OK

# Without it, and with a rule for others alone, the same client is denied.
access="--allow 192.0.2.0/24"
start_daemon two
DISTCC_FALLBACK=0 DISTCC_HOSTS="127.0.0.1:$port" run distcc "$CC" -c x.c
[ "$rc" != 0 ] || fail "a client was served that no rule allows"
await_logged two 1 'denied by access list'
