#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A job that got its slot by being told that one is free does not keep open by
# what it was told: of these a user has few.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
watches() {
	find "/proc/$1/fd" -lname 'anon_inode:inotify' 2>/dev/null | wc -l
}
has_watch() {
	[ "$(watches "$1")" -gt 0 ]
}
has_no_watch() {
	[ "$(watches "$1")" = 0 ]
}
echo 'int x;' >x.c
# Where the kernel does not tell there is nothing to be closed.
case $(uname -s) in
Linux) ;;
*) skip "no inotify" ;;
esac

# Here: while the compiler runs.
mkfifo "$scratch/first.gate" "$scratch/second.gate"
write_script "$scratch/bin/gatecc" <<EOF
#!/bin/sh
shift 3
: >"$scratch/\${2%.o}.runs"
read -r line <"$scratch/\${2%.o}.gate"
exec $CC -c x.c "\$@"
EOF
export DISTCC_HOSTS="--localslots=1"
"$DISTCC" "$scratch/bin/gatecc" -c -O1 x.c -o first.o 2>/dev/null &
first=$!
await 20 test -e "$scratch/first.runs"
"$DISTCC" "$scratch/bin/gatecc" -c -O1 x.c -o second.o 2>/dev/null &
second=$!
await 20 has_watch $second
echo >"$scratch/first.gate"
wait $first
await 20 test -e "$scratch/second.runs"
await 20 has_no_watch $second
echo >"$scratch/second.gate"
wait $second
expect_file first.o
expect_file second.o

# There: while the reply is waited for.
write_slow_compiler
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port/1" DISTCC_FALLBACK=0
"$DISTCC" slowcc -c x.c -o third.o &
first=$!
await 20 slow_compilers_are 1
"$DISTCC" slowcc -c x.c -o fourth.o &
second=$!
await 20 has_watch $second
kill -KILL $first
wait $first
await_logged one 2 'compile x.c with'
await 20 has_no_watch $second
rm "$scratch/slow"
wait $second
rc=$?
expect_rc 0
