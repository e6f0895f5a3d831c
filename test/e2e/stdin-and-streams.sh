#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The compiler's streams are the caller's; distcc adds nothing to them.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
echo 'int from_stdin;' >x.c
"$CC" -xc -c - -o local.o <x.c
distcc "$CC" -xc -c - -o remote.o <x.c || fail "a source from stdin"
expect_same local.o remote.o
run distcc "$CC" -c x.c -o -
"$CC" -c x.c -o - >local.out 2>local.err
[ "$rc" = $? ] || say "output to stdout: status $rc"
rm -f -- ./-
# Closed streams do not confuse it.
run distcc "$CC" -c x.c -o a.o <&-
expect_rc 0
distcc "$CC" -c x.c -o b.o >&- 2>&- || fail "with closed outputs"
expect_same a.o b.o

# A compiler that may not say what it has to say fails: in all three ways.
ours_only
printf 'int f(void) { int unused; return 0; }\n' >warn.c
printf '#warning here\nint f(void) { return 0; }\n' >cppwarn.c
for command in "-Wall -c warn.c" "-c cppwarn.c" "-fsyntax-only -Wall warn.c"; do
	rm -f x.o
	# shellcheck disable=SC2086  # words on purpose
	"$CC" $command -o x.o 2>&-
	local_rc=$?
	ls >"$scratch/local.list"
	rm -f x.o
	# shellcheck disable=SC2086
	distcc "$CC" $command -o x.o 2>&-
	[ $? = $local_rc ] || fail "$command with closed stderr: not $local_rc"
	ls >"$scratch/remote.list"
	expect_same "$scratch/local.list" "$scratch/remote.list"
done

# Parents that wait for no child; Python's run() gives back what it is told.
run "$PYTHON" -c 'import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
os.execvp(sys.argv[1], sys.argv[1:])' "$DISTCC" "$CC" -c x.c -o c.o
expect_rc 0
expect_same a.o c.o

# Who waits for input holds no slot that its writer needs: one of each, and the
# reader comes first.
ours_only
mkfifo pipe
DISTCC_HOSTS="--localslots=1 --localslots_cpp=1 127.0.0.1:$port"
CLIENT_TIMEOUT=30 distcc "$CC" -c -x assembler - -o "$PWD/piped.o" <pipe &
reader=$!
exec 3>pipe
assembles() {
	cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' |
		grep -q "as .*-o $PWD/piped.o"
}
await 20 assembles
run distcc "$CC" -S x.c -o -
expect_rc 0
cat "$scratch/out" >&3
exec 3>&-
wait "$reader" || fail "the reader ended with $?"
expect_file piped.o
