#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A new object has the mode that umask gives; an old one is replaced whole.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0

mode() {
	stat -c %a "$1"
}

write_source plain.c
for mask in 022 077 002 000; do
	umask $mask
	rm -f local.o remote.o
	"$CC" -c plain.c -o local.o
	run distcc "$CC" -c plain.c -o remote.o
	expect_rc 0
	[ "$(mode local.o)" = "$(mode remote.o)" ] ||
		fail "with umask $mask: $(mode local.o), but $(mode remote.o)"
done
umask 022

echo "an old object that is much longer than the new one" >old.o
head -c 100000 /dev/zero >>old.o
run distcc "$CC" -c plain.c -o old.o
expect_rc 0
expect_same local.o old.o
