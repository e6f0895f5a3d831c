#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --check says what would be active, then what is wrong, with the exit code
# that a start would have; and it starts nothing.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
chmod 755 "$scratch/work"
[ "$(id -u)" = 0 ] && set -- --user nobody
TMPDIR=$scratch/spool
check() {
	run timeout 20 "$DISTCCD" --check --config "$no_options" "$@"
}

# says LINE: the report has exactly this line.
says() {
	grep -qxF -e "$1" "$scratch/out" ||
		fail "no '$1' in: $(cat "$scratch/out")"
}

check "$@" --allow 10.1.2.3/8 --allow ::1 --proxy-from 10.9.0.0/16 --jobs 7 \
	--listen 127.0.0.1 --port 4000 --pid-file "$scratch/spool/pid" \
	--log-file "$scratch/spool/log" --job-memory 0 --min-free-disk 0
expect_rc 0
expect_empty "$scratch/err"
for line in "config: $no_options" "mode: standalone" \
	"listen: port 4000 of 127.0.0.1" "allow: 10.0.0.0/8" "allow: ::1" \
	"proxy-from: 10.9.0.0/16" "jobs: 7" "receivers: 8" \
	"job-lifetime: 1800 s" "job-memory: no limit" "min-free-disk: off" \
	"drain-time: 30 s" "TMPDIR: $scratch/spool (writable)" \
	"log: $scratch/spool/log" "log-format: text" \
	"pid-file: $scratch/spool/pid" "stats: off" \
	"sandbox: none (compilers run as the daemon's account)" \
	"protocols: 1, 2, and 3 (pump mode)" "verdict: it would start"; do
	says "$line"
done
expect_text "^compiler: $CC = /" "$scratch/out"
if [ "$(id -u)" = 0 ]; then
	expect_text "^user: nobody (" "$scratch/out"
fi
expect_no_file "$scratch/spool/log"
expect_no_file "$scratch/spool/pid"
nothing_in "$scratch/spool" || fail "the check left something"

check "$@" --allow 127.0.0.1
expect_rc 0
says "listen: port 3632 of all addresses"
expect_text "^jobs: [0-9]* (chosen: 2 and [0-9]*" "$scratch/out"
expect_text "^min-free-memory: 100 MiB ([0-9]* MiB are free)" "$scratch/out"

# What a start says, and its exit code, behind the whole report.
check "$@" --log-file /nonexistent/log
expect_rc 101
says "allow: nobody"
says "verdict: it would not start: exit status 101"
expect_text "nobody may connect" "$scratch/err"
expect_text "Warning: --log-file /nonexistent/log" "$scratch/err"
TMPDIR=$scratch/nowhere check "$@" --allow 127.0.0.1
expect_rc 107
says "TMPDIR: $scratch/nowhere (not usable)"
expect_text "$scratch/nowhere" "$scratch/err"
: >"$scratch/list"
DISTCC_CMDLIST=$scratch/list check "$@" --allow 127.0.0.1
expect_rc 110
expect_text "$scratch/list is empty" "$scratch/err"
printf '%s\n' "$(command -v "$CC")" /nonexistent/cc >"$scratch/list"
DISTCC_CMDLIST=$scratch/list check "$@" --allow 127.0.0.1
expect_rc 0
says "compiler: $(command -v "$CC")"
expect_text "Warning: .*/nonexistent/cc cannot be run" "$scratch/err"
check "$@" --allow 127.0.0.1 --listen not..a..name
expect_rc 102
expect_text "not..a..name" "$scratch/err"
# Of several failures, that which a start would come to first.
TMPDIR=$scratch/nowhere check "$@"
expect_rc 101
says "verdict: it would not start: exit status 101"
expect_text "nobody may connect" "$scratch/err"
expect_text "$scratch/nowhere" "$scratch/err"
check "$@" --jobs 0
expect_rc 101
check "$@" --inetd
expect_rc 0
says "mode: inetd"
says "allow: everyone"
check "$@" --allow 127.0.0.1 --min-free-disk 100000000
expect_rc 0
expect_text "Warning: --min-free-disk 100000000" "$scratch/err"

# TMPDIR counts as the daemon's user sees it, not as root does.
mkdir "$scratch/closed"
chmod 555 "$scratch/closed"
TMPDIR=$scratch/closed check "$@" --allow 127.0.0.1
expect_rc 107
says "TMPDIR: $scratch/closed (not usable)"
if [ "$(id -u)" = 0 ]; then
	check --user root --allow 127.0.0.1
	expect_rc 112
	check --user no-such-account --allow 127.0.0.1
	expect_rc 0
	expect_text "Warning: --user no-such-account" "$scratch/err"
fi
