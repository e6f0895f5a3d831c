#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# "stop" of the script for init waits for jobs, and not for ever.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=init.sh
. "$top_srcdir/test/e2e/init.sh"

ours_only
[ -e "/proc/$$/exe" ] || skip "no /proc"
log=$scratch/spool.log
: >"$log"
chmod 666 "$log"
write_slow_compiler
echo 'int x;' >x.c

# A job that ends meanwhile is whole.
more_defaults="DISTCC_CMDLIST=$DISTCC_CMDLIST"
start_sysv --log-file "$log" --log-level info --drain-time 600
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0
distcc slowcc -c x.c &
client=$!
await 20 slow_compilers_are 1
sh "$sysv" stop >"$scratch/stop" 2>&1 &
stopping=$!
refuses() {
	! "$PYTHON" "$top_srcdir/test/lib/freeport.py" "$port"
}
await 20 refuses
kill -0 "$stopping" || fail "it did not wait: $(cat "$scratch/stop")"
rm "$scratch/slow"
wait "$client" || fail "the job was not whole"
expect_file x.o
wait "$stopping" || fail "it was not stopped: $(cat "$scratch/stop")"
expect_no_text 'still run' "$scratch/stop"

# One that does not end is ended.
: >"$scratch/slow"
echo 'STOP_SECONDS=1' >>"$defaults"
run sh "$sysv" start
expect_rc 0
distcc slowcc -c x.c &
client=$!
await 20 slow_compilers_are 1
run sh "$sysv" stop
expect_rc 0
expect_text 'still run' "$scratch/out"
wait "$client" && fail "the job was not ended"
run sh "$sysv" status
expect_rc 3
