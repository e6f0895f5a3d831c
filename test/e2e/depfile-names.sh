#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# .d files for odd names are quoted as the compiler quotes them.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0

count=0
# shellcheck disable=SC2016  # not to be expanded
for name in 'a b' 'a$b' 'a#b' '.dot' 'ä'; do
	mkdir -p local remote
	for dir in local remote; do
		echo 'int x;' >"$dir/$name.c"
	done
	(cd local && "$CC" -MD -c "$name.c" -o "$name.o")
	cd remote || exit 99
	run distcc "$CC" -MD -c "$name.c" -o "$name.o"
	cd ..
	expect_rc 0
	expect_same "local/$name.d" "remote/$name.d"
	count=$((count + 1))
	await_logged one $count COMPILE_OK
done
