#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# One bad word in the host list is named and skipped; the others serve.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_FALLBACK=0

echo 'int x;' >x.c
count=0
for bad in ':4200' 'angry::' 'mbp@' 'far:99999' 'far:0' 'far/0' 'far/-1' \
	'far,cpp' 'far,nonsense' '--nonsense' '[::1' 'far/x' \
	'far:99999999999999999999'; do
	rm -f x.o
	DISTCC_HOSTS="$bad 127.0.0.1:$port" run distcc "$CC" -c x.c
	expect_rc 0
	expect_file x.o
	grep -q -F -e "$bad" "$scratch/err" ||
		fail "the bad word $bad is not named"
	count=$((count + 1))
	await_logged one $count COMPILE_OK
done
