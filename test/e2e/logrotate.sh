#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# logrotate moves the log away, and the daemon goes on in a new one.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=init.sh
. "$top_srcdir/test/e2e/init.sh"

ours_only
[ -e "/proc/$$/exe" ] || skip "no /proc"
command -v logrotate >"$scratch/which" || skip "no logrotate"
logs=$root/var/log/distccd
mkdir -p "$logs"
[ "$(id -u)" != 0 ] || chown nobody "$logs"
start_sysv --log-file "$logs/distccd.log" --log-level info
make_init logrotate/distccd.in "$scratch/rotation"
# Here it is never systemd that has started the daemon.
sed -i "s|/run/systemd/system|$root/none|" "$scratch/rotation"
chmod 644 "$scratch/rotation"

echo 'int x;' >x.c
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0
run distcc "$CC" -c x.c
expect_rc 0
said() {
	[ "$(grep -c COMPILE_OK "$1" 2>/dev/null)" = "$2" ]
}
await 20 said "$logs/distccd.log" 1
run logrotate --force --state "$scratch/rotated" "$scratch/rotation"
expect_rc 0
expect_empty "$scratch/err"
expect_file "$logs/distccd.log.1"
await 20 test -e "$logs/distccd.log"
run distcc "$CC" -c x.c
expect_rc 0
await 20 said "$logs/distccd.log" 1
said "$logs/distccd.log.1" 1 || fail "the old log was written to"
run sh "$sysv" stop
expect_rc 0
