#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What cannot go with its sources is preprocessed, for the same host, and
# nobody hears of it who does not ask.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=pumping.sh
. "$top_srcdir/test/e2e/pumping.sh"

ours_only
start_daemon one
direct=$port
export DISTCC_HOSTS="127.0.0.1:$direct,lzo,cpp"

# meddle WAY: from now on, the host's words come changed.
meddle() {
	"$PYTHON" "$top_srcdir/test/lib/meddler.py" "$scratch/$1.port" \
		"$direct" "$1" 2>"$scratch/$1.out" &
	echo $! >"$scratch/$1.pid"
	daemons="$daemons $1"
	await 20 test -s "$scratch/$1.port"
	DISTCC_HOSTS="127.0.0.1:$(cat "$scratch/$1.port"),lzo,cpp"
}

# cpp NO_PUMP COMMAND...: it is as here, and was preprocessed for NO_PUMP.
cpp() {
	cause=$1
	shift
	same "$@"
	expect_way cpp "$cause"
	expect_empty "$scratch/err"
}

# here REASON COMMAND...: it ran here.
here() {
	reason=$1
	shift
	same "$@"
	[ "$(last_job verdict)" = local ] || fail "it did not run here"
	[ "$(last_job reason)" = "$reason" ] ||
		fail "it ran here for $(last_job reason)"
}

echo '#include <stddef.h>
int f(void) { return 1; }' >x.c
printf '#ifdef NEVER\n__TIME__\n#endif\nint g(void) { return 2; }\n' >time.c

# The command, its surroundings, the sources.
pumped gcc -c x.c -o out.o
CPATH=/nowhere
export CPATH
cpp environment gcc -c x.c -o out.o
unset CPATH
gcc -E x.c -o x.i
cpp preprocessed gcc -c x.i -o out.o
run distcc gcc -c time.c -o out.o
expect_rc 0
expect_way cpp time
printf '#include "%s/there.h"\nint h(void) { return X; }\n' "$PWD" >abs.c
echo '#define X 1' >there.h
cpp absolute gcc -c abs.c -o out.o
printf '#if !__has_include("%s/not.h")\nint h;\n#endif\n' "$PWD" >abs.c
cpp absolute gcc -c abs.c -o out.o
pumped gcc -g -include "$PWD/there.h" -c x.c -o out.o
# What servers refuse is not sent to them to hear so.
cpp server gcc -gz -c x.c -o out.o
expect_no_text refused "$scratch/one.log"
run distcc --why time.c
expect_text 'sources were not sent: time' "$scratch/out"
here extra_output gcc -fstack-usage -c x.c -o out.o
rm -f out*

# What can only go so stays if it cannot, or no host takes it.
pumped gcc -g3 -c x.c -o out.o
same gcc -g3 -c time.c -o out.o
expect_way local time
[ "$(last_job reason)" = macros ] || fail "it ran here for another reason"
DISTCC_HOSTS="127.0.0.1:$direct,lzo" here macros gcc -g3 -c x.c -o out.o
DISTCC_HOSTS="127.0.0.1:$dead_port 127.0.0.1:$direct,lzo,cpp" \
	pumped gcc -g3 -c x.c -o out.o

# A server of distcc 3.x, which compares nothing and refuses much.
meddle old
pumped gcc -c x.c -o out.o
meddle refuse
cpp host gcc -c x.c -o out.o
pid=$(cat "$scratch/refuse.port")
expect_no_file "$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${pid}_0"
same gcc -g3 -c x.c -o out.o
[ "$(last_job reason)" = macros ] || fail "it ran here for another reason"

# Headers that are not sent, and differ there: that host gets no sources.
meddle system
cpp host_headers gcc -c x.c -o out.o
cpp host_headers gcc -c x.c -o out.o
[ "$(tail -n 1 "$DISTCC_DIR/journal" | tr '\t' '\n' | grep -c ^try=)" = 1 ] ||
	fail "it was tried with its sources again"
DISTCC_HOSTS="127.0.0.1:$direct,lzo,cpp" pumped gcc -c x.c -o out.o

# It read other files than were planned: the agent does not plan it again.
meddle paths
cpp mismatch gcc -c x.c -o out.o
cpp mismatch gcc -c x.c -o out.o
DISTCC_HOSTS="127.0.0.1:$direct,lzo,cpp" cpp mismatch gcc -c x.c -o out.o
echo '/**/' >>x.c
DISTCC_HOSTS="127.0.0.1:$direct,lzo,cpp" pumped gcc -c x.c -o out.o

# It fails there, and not here.
meddle fail
here disagreement gcc -c x.c -o out.o
DISTCC_HOSTS="127.0.0.1:$direct,lzo,cpp" cpp mismatch gcc -c x.c -o out.o

# There is no agent.
end_agents
echo 'int y;' >y.c
DISTCC_AGENT_SOCKET=$scratch/none cpp agent gcc -c y.c -o out.o
