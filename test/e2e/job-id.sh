#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The name that a job has in the client's journal finds it, and nothing else,
# in the daemon's log, be that text or JSON; the log says when it was.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon text
text=127.0.0.1:$port
start_daemon json --log-format json
json=127.0.0.1:$port
export DISTCC_FALLBACK=0
write_source a.c
write_source b.c

# compile HOST FILE: sets id to the name of the job.
compile() {
	DISTCC_HOSTS=$1 run distcc "$CC" -c "$2"
	expect_rc 0
	distcc --why --json "$2" >"$scratch/why"
	run "$PYTHON" -c "import json, sys
print(json.load(open(sys.argv[1]))['jobs'][0]['tries'][-1]['job'])" \
		"$scratch/why"
	expect_rc 0
	id=$(cat "$scratch/out")
	run distcc --why "$2"
	expect_text ": done; in its log, this is job $id\$" "$scratch/out"
}

# A line of text: stamp, program, function, and what distcc 3 says.
stamp='[0-9]\{4\}-[0-9][0-9]-[0-9][0-9]T[0-9:]\{8\}\.[0-9]\{3\}[-+][0-9:]\{5\}'
for source in a.c b.c; do
	compile "$text" $source
	await_logged text 1 "client: $id "
	[ "$(logged text "client: $id ")" = 1 ] || fail "more than one job"
	grep "client: $id " "$scratch/text.log" >"$scratch/line"
	expect_text "^$stamp distccd\[[0-9]*\] (dcc_job_summary) client: $id \
COMPILE_OK exit:0 sig:0 core:0 ret:0 time:[0-9]*ms [^ ]* $source cpu:" \
		"$scratch/line"
done
[ "$(grep -vc "^$stamp distccd\[" "$scratch/text.log")" = 0 ] ||
	fail "a line has no stamp"
expect_text ") connection from $id\$" "$scratch/text.log"

# check TEST: Python's TEST holds for the one job x called id, and each line
# of the daemon's log is an object l of lines.
check() {
	run "$PYTHON" -c "import json, sys
lines = [json.loads(line) for line in open(sys.argv[1], encoding='utf-8')]
jobs = [l for l in lines if l.get('job') == sys.argv[2]]
assert len(jobs) == 1, jobs
x = jobs[0]
assert $1, x" "$scratch/json.log" "$id"
	expect_rc 0
}

for source in a.c b.c; do
	compile "$json" $source
	await_logged json 1 "\"job\":\"$id\""
	check "x['event'] == 'job' and x['input'] == '$source'"
	check "x['outcome'] == 'ok' and x['refusal'] == 'none'"
	check "x['client'] == '127.0.0.1' and x['level'] == 'notice'"
	check "x['bytes_in'] > 100 and x['bytes_out'] > 100"
	check "any(l.get('message') == 'connection from $id' for l in lines)"
	check "all('time' in l and l['pid'] > 1 and l['function'] for l in lines)"
done

# What a client calls its source breaks no line, however long it is.
name=$(printf 'q"\\\377%0200d' 0).c
write_source "$name"
compile "$json" "$name"
await_logged json 1 "\"job\":\"$id\""
check "x['input'].startswith('q\"\\\\\\ufffd000')"
name=$(printf '%0100d' 0)
mkdir -p "$name/$name/$name"
write_source "$name/$name/$name/c.c"
compile "$text" "$name/$name/$name/c.c"
await_logged text 1 "client: $id "
expect_text "client: $id .* [0/]\{255\}\.\.\. cpu:" "$scratch/text.log"

# A refusal is found as well.
ln -s "$(command -v "$CC")" "$scratch/bin/nobodys-$CC"
DISTCC_HOSTS=$json run distcc "$scratch/bin/nobodys-$CC" -c a.c
expect_rc 113
distcc --why --json a.c >"$scratch/why"
id=$("$PYTHON" -c "import json, sys
t = json.load(open(sys.argv[1]))['jobs'][0]['tries'][0]
assert t['outcome'] == 'refused'
print(t['job'])" "$scratch/why")
await_logged json 1 "\"job\":\"$id\""
check "x['outcome'] == 'refused' and x['exit'] == 241"
