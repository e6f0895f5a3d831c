#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --doctor gives each kind of host its verdict, in words and in JSON, says in
# its exit status how the farm is, and changes nothing.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only

# start_garbage KIND: sets port and garbage_pid.
garbage=
start_garbage() {
	"$PYTHON" "$top_srcdir/test/lib/garbage.py" "$scratch/$1.port" "$1" \
		>"$scratch/$1.out" 2>&1 &
	garbage="$garbage $!"
	await 20 test -s "$scratch/$1.port"
	port=$(cat "$scratch/$1.port")
}

# verdict HOST WORD [TEXT]: in words, as run printed them.
verdict() {
	grep "^  $1: " "$scratch/out" | tee "$scratch/line" || :
	expect_text "^  $1: $2" "$scratch/line"
	[ $# -lt 3 ] || expect_text "$3" "$scratch/line"
}

# json EXPRESSION: must be true of the JSON object d, h being its hosts by name.
json() {
	"$PYTHON" -c 'import json, sys
d = json.load(open(sys.argv[1]))
h = {x["host"]: x for x in d["hosts"]}
sys.exit(not eval(sys.argv[2]))' "$scratch/out" "$1" ||
		fail "the JSON is not so: $1"
}

start_daemon good
good=127.0.0.1:$port
start_daemon second
second=127.0.0.1:$port,lzo

# A daemon that allows no compiler, and one whose compiler adds to its objects.
echo /bin/true >"$scratch/nothing"
DISTCC_CMDLIST=$scratch/nothing
export DISTCC_CMDLIST
start_daemon strict
strict=127.0.0.1:$port
unset DISTCC_CMDLIST
mkdir "$scratch/other"
native=$("$CC" -dumpmachine)
for name in "$CC" "$native-$CC"; do
	write_script "$scratch/other/$name" <<-EOF
	#!/bin/sh
	for word; do
		case \$word in
		*.i) echo 'char doctor_more[16] = { 1 };' >>"\$word" ;;
		esac
	done
	exec /usr/bin/$CC "\$@"
	EOF
done
saved=$PATH
PATH=$scratch/other:$PATH
start_daemon other
PATH=$saved
other=127.0.0.1:$port
dead=127.0.0.1:$dead_port
start_garbage noise
noise=127.0.0.1:$port
start_garbage escapes
escapes=127.0.0.1:$port

# All is well.
export DISTCC_HOSTS="$good/3 $second localhost/2 127.0.0.9:9,down"
run distcc --doctor "$CC"
cat "$scratch/out"
expect_rc 0
expect_empty "$scratch/err"
verdict "$good/3" ok
verdict "$second" ok
verdict localhost/2 "ok, this machine"
verdict 127.0.0.9:9,down "left alone"
verdict "this machine" ok
expect_text "slots       3, 0 of them in use" "$scratch/out"
run distcc --doctor --json
expect_rc 0
json 'd["exit_status"] == 0 and d["problems"] == []'
json 'd["hosts_source"].endswith("DISTCC_HOSTS")'
json 'all(x["writeable"] for x in d["directories"])'
json "h['$good/3']['verdict'] == 'ok' and h['$good/3']['lzo'] is True"
json "h['$good/3']['connect_ms'] < h['$good/3']['compile_ms']"
json "h['$good/3']['addresses'] == ['$good']"
json "h['$second']['protocol'] == 2 and h['$second']['slots'] == 4"

# Each illness has its name. A mark of an earlier failure is told of, stays,
# and keeps nobody from being tried; nobody gets a new one.
: >"$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${good#*:}_0"
find "$DISTCC_DIR" -name 'backoff*' >"$scratch/marks"
export DISTCC_HOSTS="$good $strict $other $dead $noise $escapes \
no-such-host.invalid @remote"
run distcc --doctor "$CC"
cat "$scratch/out"
expect_rc 1
verdict "$good" ok
verdict "$strict" refused "$strict refused it: "
verdict "$other" "works, but objects differ" "bytes there"
verdict "$dead" unreachable refused
verdict "$noise" failed
verdict "$escapes" refused 'welcome'
verdict no-such-host.invalid unreachable "no address"
verdict @remote "not tried" "ssh"
expect_text "^1 of 8 hosts is as wanted, 2 can be used" "$scratch/out"
expect_text "back-off    avoided" "$scratch/out"
LC_ALL=C tr -d '\n -~' <"$scratch/out" >"$scratch/special"
expect_empty "$scratch/special"
find "$DISTCC_DIR" -name 'backoff*' | cmp - "$scratch/marks" ||
	fail "the marks changed"
run distcc --doctor --json "$CC"
expect_rc 1
json 'd["exit_status"] == 1 and len(h) == 8'
json "h['$good']['backoff'] == 'active'"
json "[h[x]['verdict'] for x in '$strict $other $dead $noise'.split()] == \
['refused', 'differs', 'unreachable', 'failed']"
json "h['$other']['compiler'].startswith('GCC') or '$CC' != 'gcc'"
json 'h["@remote"]["verdict"] == "not_tried"'

# Nobody can be used: none is reached, there is no list, and no compiler.
DISTCC_HOSTS="$dead $strict" run distcc --doctor "$CC"
expect_rc 2
unset DISTCC_HOSTS
run distcc --doctor
expect_rc 2
expect_text "PROBLEM .*no hostlist" "$scratch/out"
echo "$good" >"$DISTCC_DIR/hosts"
run distcc --doctor
expect_rc 0
expect_text "hosts       1, by $DISTCC_DIR/hosts: $good" "$scratch/out"
run distcc --doctor no-such-cc
expect_rc 2
expect_text "PROBLEM .*no compiler called no-such-cc" "$scratch/out"
run distcc --doctor /bin/false
expect_rc 2
run distcc --doctor --json no-such-cc
expect_rc 2
json 'd["compiler"]["path"] is None and d["problems"]'
TMPDIR=$scratch/none run distcc --doctor
expect_rc 0
expect_text "TMPDIR is $scratch/none, which cannot be used" "$scratch/out"
run distcc --doctor --nonsense
expect_rc 101
run distcc --doctor gcc more
expect_rc 101

# A link to distcc, before the compiler and behind it.
mkdir links
ln -s "$DISTCC" "links/$CC"
PATH=$PWD/links:$saved
run distcc --doctor "$CC"
expect_rc 0
expect_text "masquerade  $CC alone leads to distcc" "$scratch/out"
PATH=$saved:$PWD/links
run distcc --doctor "$CC"
expect_rc 0
expect_text "note .*links/$CC stands behind" "$scratch/out"
PATH=$saved

# A host that says nothing costs no more than its time.
start_garbage silent
DISTCC_HOSTS="127.0.0.1:$port $good" DISTCC_IO_TIMEOUT=1 CLIENT_TIMEOUT=30 \
	run distcc --doctor "$CC"
expect_rc 1
verdict "127.0.0.1:$port" failed
verdict "$good" ok
# shellcheck disable=SC2086  # a list of numbers
kill $garbage
# shellcheck disable=SC2086
wait $garbage
:
