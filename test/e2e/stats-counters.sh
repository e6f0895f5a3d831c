#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# /metrics and /status.json count what was done, whatever files are called.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=stats.sh
. "$top_srcdir/test/e2e/stats.sh"

ours_only
start_stats_daemon one --jobs 3
odd='"} 1\q<b>'"$(printf 'a\377\033[2J')"'.c'
echo 'int x;' >good.c
echo 'int x;' >"$odd"
echo 'int x' >bad.c
for file in good.c "$odd" bad.c bad.c bad.c; do
	compile "$file"
done
DISTCC_FALLBACK=0 DISTCC_HOSTS="127.0.0.1:$port" \
	run distcc "$CC" -c -fplugin=x good.c
await 20 page_has /metrics 'jobs_total{outcome="error"} 3'
expect_text '^Content-Type: text/plain; version=0.0.4; charset=utf-8$' \
	"$scratch/head"
jobs=$("$PYTHON" - "$scratch/body" <<'END'
import re, sys
text = open(sys.argv[1], "rb").read().decode()
print(sum(int(n) for n in re.findall(r"_jobs_total\{outcome.* (\d+)", text)))
END
)
set -- 'distccd_jobs_total{outcome="ok"}=2' \
	'distccd_jobs_total{outcome="error"}=3' \
	"distccd_connections_total=$jobs" \
	'distccd_job_seconds_count=5' \
	'distccd_phase_seconds_count{phase="compile"}=5' \
	'distccd_slots=3' \
	'distccd_compilers_running=0' \
	'distccd_queue=0' \
	'distccd_stopping=0'
"$PYTHON" "$top_srcdir/test/lib/exposition.py" "$scratch/body" "$@" ||
	fail "/metrics is wrong: $(cat "$scratch/body")"
if command -v promtool >/dev/null; then
	promtool check metrics <"$scratch/body" >"$scratch/out" 2>&1 ||
		fail "promtool: $(cat "$scratch/out")"
	expect_empty "$scratch/out"
fi

fetch /status.json
expect_text '^Content-Type: application/json$' "$scratch/head"
"$PYTHON" - "$scratch/body" "$port" <<'END' || fail "/status.json is wrong"
import json, sys
page = json.loads(open(sys.argv[1], "rb").read().decode("utf-8"))
total = page["since_start"]
assert page["state"] == "serving" and page["now"]["slots"] == 3, page
assert (total["jobs"]["ok"], total["jobs"]["error"]) == (2, 3), total
assert total["total"]["count"] == 5 == sum(total["total"]["buckets"]), total
assert sum(c["ok"] + c["failed"] for c in total["compilers"]) == 5, total
assert page["windows"][0]["compiles"] == 5, page["windows"]
names = [job["input"] for job in page["last_jobs"]]
assert '"} 1\\q<b>a??[2J.c' in names and names.count("bad.c") == 3, names
bad = [job for job in page["last_jobs"] if job["input"] == "bad.c"][0]
assert bad["outcome"] == "error" and bad["exit_status"] == 1, bad
assert bad["bytes_in"] > 0 and bad["seconds"] > 0, bad
history = page["history"]
lengths = {len(v) for v in history.values() if isinstance(v, list)}
assert lengths == {3600 // history["step_seconds"]}, lengths
END
