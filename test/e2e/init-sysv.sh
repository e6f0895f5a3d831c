#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The script for init starts, reports on, reloads and stops the daemon, and
# exits as the Linux Standard Base wants it.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=init.sh
. "$top_srcdir/test/e2e/init.sh"

ours_only
[ -e "/proc/$$/exe" ] || skip "no /proc"
log=$scratch/spool.log
: >"$log"
chmod 666 "$log"
make_sysv --log-file "$log" --log-level info

is() {
	run sh "$sysv" "$2"
	expect_rc "$1"
}

is 2 nonsense
expect_text Usage "$scratch/err"
is 2 ''
is 3 status
is 7 reload
is 7 force-reload
is 0 stop
is 0 try-restart
is 3 status

start_sysv --log-file "$log" --log-level info
expect_file "$root/run/distccd.pid"
pid=$(cat "$root/run/distccd.pid")
is 0 status
expect_text "pid $pid" "$scratch/out"
is 0 start
expect_text already "$scratch/out"
[ "$(cat "$root/run/distccd.pid")" = "$pid" ] || fail "it was started again"
is 0 reload
is 0 status

echo 'int x;' >x.c
DISTCC_HOSTS=127.0.0.1:$port DISTCC_FALLBACK=0 run distcc "$CC" -c x.c
expect_rc 0

is 0 restart
is 0 status
[ "$(cat "$root/run/distccd.pid")" != "$pid" ] || fail "it was not restarted"
kill -0 "$pid" 2>/dev/null && fail "$pid still runs"
is 0 stop
is 3 status
expect_no_file "$root/run/distccd.pid"

# The account that the daemon runs as may write the pid file; whatever other
# process it names there is left alone.
sleep 100 &
sleeper=$!
mkdir -p "$root/run"
echo "$sleeper" >"$root/run/distccd.pid"
is 1 status
is 7 reload
is 0 stop
kill -0 "$sleeper" || fail "another process was ended"
kill "$sleeper"

# What is wrong with the configuration is told by the status.
echo 'DISTCCD_OPTIONS="--port 99999"' >>"$defaults"
is 6 start
is 3 status
echo 'STARTDISTCC=false' >>"$defaults"
is 0 start
is 3 status
echo "DAEMON=$scratch/missing" >>"$defaults"
is 5 start
is 0 stop
