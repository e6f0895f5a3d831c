#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A client that is killed leaves no file, and the server stops its compiler.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
write_slow_compiler
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
echo 'int x;' >x.c
for round in 1 2 3; do
	"$DISTCC" slowcc -c x.c &
	client=$!
	await 20 slow_compilers_are 1
	kill -KILL $client
	wait $client
	await 20 slow_compilers_are 0
	nothing_in "$TMPDIR" || fail "left in TMPDIR: $(ls -A "$TMPDIR")"
	[ "$(ls -A .)" = x.c ] || fail "left here: $(ls -A .)"
	await_logged one $round CLI_DISCONN
done
await 10 no_job_files
# The slots of killed clients are free again.
rm "$scratch/slow"
DISTCC_HOSTS="127.0.0.1:$port/1" DISTCC_FALLBACK=0 CLIENT_TIMEOUT=20 \
	run distcc slowcc -c x.c
expect_rc 0
