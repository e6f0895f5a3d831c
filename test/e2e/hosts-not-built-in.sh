#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What is understood but cannot be done is named as not built in; the other
# hosts serve.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_FALLBACK=0
echo 'int x;' >x.c
DISTCC_HOSTS="+zeroconf me@far/3 @near:/opt/distccd,lzo 127.0.0.1:$port" \
	run distcc "$CC" -c x.c
expect_rc 0
expect_file x.o
await_logged one 1 COMPILE_OK
for word in '+zeroconf' 'me@far/3' '@near:/opt/distccd,lzo'; do
	grep -F -e "'$word'" "$scratch/err" | grep -q 'not built in' ||
		fail "$word is not named as not built in"
done
[ "$(wc -l <"$scratch/err")" = 3 ] || fail "there is more to say than that"

# Alone they are no hosts.
rm -f x.o
DISTCC_HOSTS="+zeroconf @near" run distcc "$CC" -c x.c
expect_rc 116
expect_no_file x.o

run distcc --show-principal
expect_rc 101
expect_text '--show-principal is not built in' "$scratch/err"
