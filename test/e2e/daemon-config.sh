#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Options can be in a file; the command line goes before it; what is wrong in
# it keeps the daemon from starting, and is named with its line.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
conf=$scratch/distccd.conf
check() {
	run timeout 20 "$DISTCCD" --check --config "$conf" "$@"
}

says() {
	grep -qxF -e "$1" "$scratch/out" ||
		fail "no '$1' in: $(cat "$scratch/out")"
}

cat >"$conf" <<-EOF2
# who may connect
allow 10.1.0.0/16
allow = 10.2.0.0/16
--jobs=5		# five
log-file "$scratch/spool/a log"
job-lifetime 60
listen 127.0.0.1
EOF2
TMPDIR=$scratch/spool
check
expect_rc 0
says "config: $conf"
says "jobs: 5"
says "allow: 10.1.0.0/16"
says "allow: 10.2.0.0/16"
says "log: $scratch/spool/a log"
says "listen: port 3632 of 127.0.0.1"

check --jobs 6 --allow 10.3.0.0/16 --port 4000
expect_rc 0
says "jobs: 6"
says "job-lifetime: 60 s"
says "listen: port 4000 of 127.0.0.1"
says "allow: 10.3.0.0/16"
expect_no_text "allow: 10.[12]" "$scratch/out"

# broken LINE TEXT: the line, the second, is wrong, and that is what is said.
broken() {
	printf 'allow 127.0.0.1\n%s\n' "$1" >"$conf"
	check
	expect_rc 101
	expect_text "$conf:2: $2" "$scratch/err"
	run timeout 20 "$DISTCCD" --no-detach --daemon --config "$conf"
	expect_rc 101
	expect_text "$conf:2: $2" "$scratch/err"
}
broken 'jbos 8' 'jbos: there is no such option'
broken 'jobs' 'jobs: this option needs a value'
broken 'jobs many' "jobs 'many' is not a number between 1 and 10000"
broken 'verbose yes' 'verbose: this option takes no value'
broken 'inetd' 'inetd: only the command line'
broken 'log-file "a' 'the quotes'
broken 'allow 1.2.3.4/99' "allow '1.2.3.4/99'"
printf 'jobs 8\n\0\n' >"$conf"
check
expect_rc 101
expect_text "$conf:2: a NUL" "$scratch/err"
rm "$conf"
check
expect_rc 101
expect_text "$conf: there is no such file" "$scratch/err"
mkdir "$conf"
check
expect_rc 101
expect_text "no regular file" "$scratch/err"
rmdir "$conf"

# The manual's example is one that works.
awk '/^\.Bd/ { text = "" } { text = text $0 "\n" }
	/^\.Ed/ { if (text ~ /\nallow /) { printf "%s", text } }' \
	"$top_srcdir/man/distccd.1" | grep -v '^\.' | sed 's/\\e/\\/g' >"$conf"
[ -s "$conf" ] || fail "the manual has no example"
check
expect_text "^allow: 192.168.1.0/24" "$scratch/out"
expect_rc 0
expect_no_text ERROR "$scratch/err"

# A daemon that has its options from the file only.
printf 'allow 127.0.0.1\nallow ::1\njobs 2\nlog-level notice\n' >"$conf"
access=
start_daemon one --config "$conf"
echo 'int x;' >x.c
DISTCC_FALLBACK=0 DISTCC_HOSTS="127.0.0.1:$port" run distcc "$CC" -c x.c
expect_rc 0
expect_file x.o
await_logged one 1 COMPILE_OK
stop_daemon one
