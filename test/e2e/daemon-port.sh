#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The daemon opens the port it is told; a taken port is exit 102.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
set -- --config "$no_options"
[ "$(id -u)" = 0 ] && set -- --user nobody "$@"
for attempt in 1 2 3 4 5; do
	port=$("$PYTHON" "$top_srcdir/test/lib/freeport.py")
	TMPDIR=$scratch/spool timeout 60 "$DISTCCD" --no-detach --daemon \
		--allow 127.0.0.1 --listen 127.0.0.1 --port "$port" \
		--log-stderr "$@" 2>"$scratch/one.log" &
	daemon=$!
	until "$PYTHON" "$top_srcdir/test/lib/freeport.py" "$port"; do
		kill -0 "$daemon" 2>/dev/null || break
	done
	kill -0 "$daemon" 2>/dev/null && break
	say "attempt $attempt: $(cat "$scratch/one.log")"
done
TMPDIR=$scratch/spool run timeout 20 "$DISTCCD" --no-detach --daemon \
	--allow 127.0.0.1 --listen 127.0.0.1 --port "$port" --log-stderr "$@"
expect_rc 102
expect_text "$port" "$scratch/err"
echo 'int x;' >x.c
DISTCC_FALLBACK=0 DISTCC_HOSTS="127.0.0.1:$port" run distcc "$CC" -c x.c
expect_rc 0
kill -TERM "$daemon"
await 15 process_is_gone "$daemon"
