#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The journal has a record of each job, and --why and --summary tell what it
# says: one job for each way to end up somewhere.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
command -v gcc >/dev/null || skip "no gcc"
unset MAKELEVEL
export DISTCC_BUILD_ID=first

run distcc --why
expect_rc 2
expect_text "no job yet" "$scratch/out"
run distcc --summary
expect_rc 2

start_daemon one
good=127.0.0.1:$port
start_daemon two
both="$good 127.0.0.1:$port"
dead=127.0.0.1:$dead_port

# job FILE REASON HOSTS WORD...: the command ends up somewhere for REASON.
job() {
	file=$1
	reason=$2
	hosts=$3
	shift 3
	[ -e "$file" ] || write_source "$file"
	run env DISTCC_HOSTS="$hosts" DISTCC_BACKOFF_PERIOD=0 \
		"$DISTCC" "$@"
	run distcc --why "$file"
	if [ "$reason" = remote ]; then
		expect_rc 0
		expect_text "^$file: compiled on 127" "$scratch/out"
		expect_no_text "What to do" "$scratch/out"
	else
		expect_rc 1
		expect_text "^[^ ]*: .*because .* ($reason)\.$" "$scratch/out"
		expect_text "What to do: " "$scratch/out"
	fi
}

job r.c remote "$good" gcc -c r.c
job p.c preprocess "$good" gcc -E p.c
job l.c not_compile "$good" gcc -shared l.c
job m.c many_inputs "$good" gcc -c m.c r.c
job i.c stdin "$good" gcc -c i.c -o -
job conftest.c conftest "$good" gcc -c conftest.c
job e.c extra_output "$good" gcc -c -save-temps e.c
job w.c loads_code "$good" gcc -c -B/nowhere w.c
job t.c lto "$good" gcc -c -flto t.c
job d.c driver "$good" gcc -v -c d.c
job h.c localhost "localhost" gcc -c h.c
job n.c no_hosts "" gcc -c n.c
job f.c hosts_failed "$dead" gcc -c f.c
expect_text "^    $dead, .*: failed\$" "$scratch/out"
echo 'static int unused;' >g.c
job g.c diagnostics "$good" gcc -Wall -c g.c
echo 'error here;' >x.c
job x.c errors "$good" gcc -c x.c
expect_text "with exit status 1" "$scratch/out"
echo '#include "nowhere.h"' >y.c
job y.c cpp_failed "$good" gcc -c y.c
write_source z.f90
job z.f90 language "$good" gcc -c z.f90
write_script "$scratch/bin/mycc" <<'END'
#!/bin/sh
exec gcc "$@"
END
job q.c refused "$good" "$scratch/bin/mycc" -c q.c

# A file is found by its object, its path, and from elsewhere by its name.
run distcc --why r.o
expect_rc 0
run distcc --why "$PWD//./r.c"
expect_rc 0
mkdir -p sub/deep
cp r.c sub/deep/k.c
job sub/deep/k.c remote "$good" gcc -c sub/deep/k.c -o k.o
cd sub || exit 99
run distcc --why deep/k.c
expect_rc 0
run distcc --why eep/k.c
expect_rc 2
expect_text "eep/k.c: the journal has no job on this file" "$scratch/out"
cd .. || exit 99
run distcc --why --jsn
expect_rc 101
run distcc --summary r.c
expect_rc 101

# json TEST: Python's TEST holds for the object x that was printed.
json() {
	run "$PYTHON" -c "import json, sys
x = json.load(open(sys.argv[1]))
assert $1, x" "$scratch/json"
	expect_rc 0
}

distcc --why --json r.c f.c >"$scratch/json"
json "[j['verdict'] for j in x['jobs']] == ['remote', 'local']"
json "x['jobs'][0]['phases_us']['preprocess'] > 0"
json "x['jobs'][0]['sent'] > 100 and x['jobs'][0]['received'] > 100"
json "x['jobs'][1]['tries'][0]['outcome'] == 'failed'"
json "x['jobs'][1]['reason'] == 'hosts_failed' and x['jobs'][1]['advice']"
distcc --summary --json >"$scratch/json"
json "x['build'] == 'first' and x['jobs'] == 19"
json "x['remote'] == 2 and x['reasons']['lto'] == 1"
run distcc --summary
expect_rc 1

# A host that failed is the reason, whoever stands behind it.
export DISTCC_BUILD_ID=behind
job fl.c hosts_failed "$dead localhost" gcc -c fl.c
run distcc --summary
expect_rc 1

# A preprocessor or compiler that is reached through a link is part of the job.
export DISTCC_BUILD_ID=nested
mkdir links
ln -s "$DISTCC" links/gcc
path=$PATH
PATH=$PWD/links:$PATH
job ne.c refused "$good" "$PWD/links/gcc" -c ne.c
PATH=$path
distcc --summary --json >"$scratch/json"
json "x['jobs'] == 1 and x['reasons'] == {'refused': 1}"

# Of many jobs with one reason, some stand for all; for programs, all do.
export DISTCC_BUILD_ID=many
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	DISTCC_HOSTS=$good "$DISTCC" gcc -E r.c >/dev/null || fail "no -E"
done
DISTCC_HOSTS=$good "$DISTCC" gcc -shared r.c -o r.so || fail "no link"
DISTCC_HOSTS=$dead "$DISTCC" gcc -c r.c 2>/dev/null || fail "no compile"
run distcc --why
expect_rc 1
expect_text '^\.\.\. and 2 more for this reason (preprocess)\.$' "$scratch/out"
[ "$(grep -c '^r\.c: .*(preprocess)\.$' "$scratch/out")" = 10 ] ||
	fail "not ten: $(cat "$scratch/out")"
head -n 1 "$scratch/out" | grep -q '(hosts_failed)\.$' ||
	fail "what went wrong is not the first: $(cat "$scratch/out")"
distcc --why --json >"$scratch/json"
json "len(x['jobs']) == 14"

# Names of any length are found.
deep=$(printf '%0200d' 0)
mkdir -p "$deep/$deep/$deep/$deep/$deep"
cd "$deep/$deep/$deep/$deep/$deep" || exit 99
job r.c remote "$good" gcc -c r.c
run distcc --why "$PWD/r.c"
expect_rc 0
expect_text "^[^ ]*/r.c: \|^r.c: " "$scratch/out"
cd ../../../../.. || exit 99

# What nobody can read is no answer.
(
	distcc --why n.c >/dev/full 2>/dev/null
	[ $? = 107 ] || fail "a full disk went unnoticed"
) || exit 1

# A build of its own: 20 jobs on two hosts.
export DISTCC_BUILD_ID=second
i=0
while [ $i -lt 20 ]; do
	i=$((i + 1))
	echo "int number_$i;" >"n$i.c"
	echo "n$i.c"
done | DISTCC_HOSTS=$both xargs -P 4 -n 1 "$DISTCC" gcc -c || fail "a job failed"
run distcc --summary
expect_rc 0
cat "$scratch/out"
expect_text "^      20 remote" "$scratch/out"
expect_text "^       0 on this machine" "$scratch/out"
run distcc --why
expect_rc 0
expect_text "20 of 20 were done elsewhere" "$scratch/out"
distcc --summary --json >"$scratch/json"
json "x['jobs'] == x['remote'] == 20 == sum(h['ok'] for h in x['hosts'])"

# What was never written disturbs nobody.
export DISTCC_BUILD_ID=third DISTCC_HOSTS="$good"
run env DISTCC_JOURNAL=0 "$DISTCC" gcc -c r.c
expect_rc 0
distcc --summary --json >"$scratch/json"
json "x['build'] == 'second'"
(ulimit -f 0; exec "$DISTCC" gcc -E n1.c) >/dev/null 2>"$scratch/err" </dev/null
expect_empty "$scratch/err"
mv "$DISTCC_DIR/journal" "$DISTCC_DIR/journal.old"
mkdir "$DISTCC_DIR/journal"
run distcc gcc -c r.c
expect_rc 0
expect_empty "$scratch/err"
