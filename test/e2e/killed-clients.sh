#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# After many jobs with clients killed at random, and the daemon stopped in the
# middle: no file, process or lock is left.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
: "${KILLED_JOBS:=120}"
start_daemon one --jobs 6
export DISTCC_HOSTS="127.0.0.1:$port/8"
write_source plain.c
cat >"$scratch/killer.py" <<'EOF'
import os, random, signal, subprocess, sys, time
total, command = int(sys.argv[1]), sys.argv[2:]
chance = random.Random(20)
running, started = [], 0
while started < total or running:
    while started < total and len(running) < 6:
        words = command + ["-o", "out%d.o" % started]
        job = subprocess.Popen(words, stderr=subprocess.DEVNULL)
        end = time.monotonic() + chance.uniform(0, 0.12)
        running.append((job, end if chance.random() < 0.5 else None))
        started += 1
    for entry in list(running):
        job, end = entry
        if job.poll() is not None:
            running.remove(entry)
        elif end is not None and time.monotonic() > end:
            job.send_signal(signal.SIGKILL)
            running[running.index(entry)] = (job, None)
    time.sleep(0.002)
EOF
run "$PYTHON" "$scratch/killer.py" "$KILLED_JOBS" "$DISTCC" "$CC" -O1 -c plain.c
expect_rc 0
"$CC" -O1 -c plain.c -o local.o
for object in out*.o; do
	expect_same local.o "$object"
done
rm -f out*.o
await 10 no_job_files
nothing_in "$TMPDIR" || fail "left in TMPDIR: $(ls -A "$TMPDIR")"
[ "$(ls -A .)" = "local.o
plain.c" ] || fail "left here: $(ls -A .)"

# Every slot is free: jobs over the whole list do not wait.
export DISTCC_FALLBACK=0
CLIENT_TIMEOUT=20 run distcc "$CC" -c plain.c
expect_rc 0
# The last worker may just have ended, but nobody stays dead and unburied.
no_zombies() {
	[ "$(cat /proc/[0-9]*/stat 2>/dev/null | sed 's/.*) //' |
		awk -v parent="$daemon_pid" '$1 == "Z" && $2 == parent' |
		wc -l)" = 0 ]
}
await 10 no_zombies
stop_daemon one
