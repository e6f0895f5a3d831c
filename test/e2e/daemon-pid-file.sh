#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A detached daemon leaves its id in --pid-file, and removes it at its end.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
set -- --config "$no_options"
[ "$(id -u)" = 0 ] && set -- --user nobody "$@"
pid_file=$scratch/spool/pid
mkdir "$scratch/logs"
chmod 1777 "$scratch/logs"
write_script "$scratch/start" <<EOF
#!/bin/sh
exec "$DISTCCD" --daemon --allow 127.0.0.1 --listen 127.0.0.1 \\
	--log-file "$scratch/logs/one" --pid-file "$pid_file" "\$@"
EOF
for attempt in 1 2 3 4 5; do
	port=$("$PYTHON" "$top_srcdir/test/lib/freeport.py")
	TMPDIR=$scratch/spool run timeout 20 "$scratch/start" \
		--port "$port" "$@"
	[ "$rc" = 102 ] || break
	say "attempt $attempt: port $port was taken meanwhile"
done
expect_rc 0
# The start command has returned, so the port is open.
"$PYTHON" "$top_srcdir/test/lib/freeport.py" "$port" || fail "no port is open"
await 10 test -s "$pid_file"
pid=$(cat "$pid_file")
kill -0 "$pid" || fail "the pid file names no process"
echo 'int x;' >x.c
DISTCC_FALLBACK=0 DISTCC_HOSTS="127.0.0.1:$port" run distcc "$CC" -c x.c
kill -TERM "$pid"
expect_rc 0
await 15 process_is_gone "$pid"
expect_no_file "$pid_file"
