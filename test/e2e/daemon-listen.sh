#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --listen can be given several times, and nothing else is listened on.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
set -- --config "$no_options"
[ "$(id -u)" = 0 ] && set -- --user nobody "$@"
for attempt in 1 2 3 4 5; do
	port=$("$PYTHON" "$top_srcdir/test/lib/freeport.py")
	TMPDIR=$scratch/spool timeout 60 "$DISTCCD" --no-detach --daemon \
		--allow 127.0.0.0/8 --listen 127.0.0.1 --listen 127.0.0.2 \
		--port "$port" --log-stderr "$@" 2>"$scratch/one.log" &
	daemon=$!
	until "$PYTHON" "$top_srcdir/test/lib/freeport.py" "$port"; do
		kill -0 "$daemon" 2>/dev/null || break
	done
	kill -0 "$daemon" 2>/dev/null && break
	say "attempt $attempt: $(cat "$scratch/one.log")"
done
export DISTCC_FALLBACK=0
echo 'int x;' >x.c
for address in 127.0.0.1 127.0.0.2; do
	rm -f x.o
	DISTCC_HOSTS="$address:$port" run distcc "$CC" -c x.c
	expect_rc 0
	expect_file x.o
done
rm -f x.o
DISTCC_HOSTS="127.0.0.3:$port" run distcc "$CC" -c x.c
expect_rc 103
expect_no_file x.o
kill -TERM "$daemon"
await 15 process_is_gone "$daemon"
