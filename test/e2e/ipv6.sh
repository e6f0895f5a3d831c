#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A host may be an IPv6 address in brackets, with a port and a limit.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
"$PYTHON" -c "
import socket
socket.create_connection(('::1', $port), 5).close()" 2>/dev/null ||
	skip "no IPv6 loopback here"
export DISTCC_FALLBACK=0
echo 'int x;' >x.c
DISTCC_HOSTS="[::1]:$port/2,lzo" run distcc "$CC" -c x.c
expect_rc 0
expect_file x.o
await_logged one 1 COMPILE_OK
