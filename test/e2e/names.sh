#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# File names of any bytes work, as inputs and as outputs.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0

long=$(printf '%0200d' 7)
newline=$(printf 'a\nb')
count=0
# shellcheck disable=SC2016  # not to be expanded
for name in 'a b' "it's" 'say "x"' 'a$b' 'a`b' 'a\b' 'a;b' 'ünï' '.dot' \
	"$long" '%s%n' 'a*b' '=' 'x,y' '@at' "$newline" 'a.b.c' '~'; do
	echo 'int some_name(void) { return 4; }' >"$name.c"
	"$CC" -c "./$name.c" -o local.o
	run distcc "$CC" -c "./$name.c" -o "./$name.o"
	expect_rc 0
	expect_same local.o "./$name.o"
	count=$((count + 1))
	await_logged one $count COMPILE_OK
done
