# shellcheck shell=sh
# shellcheck disable=SC2154  # port comes from start_daemon
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Pump mode between a client and a daemon, of which either may be a packaged
# distcc 3; which files there are, our agent says in either case. A test sets
# client and server to "ours" or "packaged" and sources this file.

# shellcheck source=packaged.sh
. "${0%/*}/packaged.sh"
# shellcheck source=../e2e/lib.sh
. "${0%/*}/../e2e/lib.sh"
# shellcheck source=../e2e/pumping.sh
. "$top_srcdir/test/e2e/pumping.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port,lzo,cpp" DISTCC_FALLBACK=0
count=0

# The packaged client asks our agent as it would ask its include server.
if [ "$client" = packaged ]; then
	mkdir "$scratch/session"
	export INCLUDE_SERVER_PORT="$scratch/session/socket"
	"$DISTCC_AGENT" --no-detach --socket "$INCLUDE_SERVER_PORT" \
		2>"$scratch/agent.out" &
	await 20 test -S "$INCLUDE_SERVER_PORT"
fi

# The packaged daemon says nothing of the files that its compiler read, and
# calls some of them by its own names in debug information.
same_code() {
	for object in "$1" "$2"; do
		objdump -d "$object" | sed 1,3d >"$object.text"
		objdump --dwarf=decodedline "$object" | sed 1,3d >"$object.line"
	done
	cmp "$1.text" "$2.text" && cmp "$1.line" "$2.line"
}

# The packaged client leaves the lines as its server had them.
same_list() {
	if [ "$client" = ours ]; then
		expect_same "$1" "$2"
		return
	fi
	for list in "$1" "$2"; do
		tr -d '\\\n' <"$list" | tr -s ' ' >"$list.words"
	done
	expect_same "$1.words" "$2.words"
}

# remote COMPARE COMMAND...: one job, with its sources, elsewhere.
remote() {
	compare=$1
	shift
	rm -f here.o out.o here.d out.d
	"$@" -MD -MF here.d -MT out.o -c -o here.o || fail "$* fails here"
	run distcc "$@" -MD -MF out.d -MT out.o -c -o out.o
	expect_rc 0
	expect_empty "$scratch/err"
	$compare here.o out.o || fail "the objects of $* differ"
	same_list here.d out.d
	count=$((count + 1))
	await_logged one $count COMPILE_OK
	[ "$client" = packaged ] || expect_way pump
}

mkdir -p src/sub inc
printf '#include <stdio.h>\n#include "sub/a.h"\n#include <b.h>\n' >src/x.c
printf 'int f(void) { return A + B + puts(__FILE__); }\n' >>src/x.c
echo '#include "../c.h"' >src/sub/a.h
echo '#define A 1' >src/c.h
echo 'enum { B = 3 };' >inc/b.h
printf '#include <map>\n#include "sub/a.h"\n' >src/x.cc
printf 'int f(const std::map<int, int> &m) { return m.at(A); }\n' >>src/x.cc
ln -s src linked

exact="cmp"
[ "$server" = ours ] && [ "$client" = ours ] || exact=same_code
remote cmp "$CC" -Iinc src/x.c
remote cmp "$CC" -O2 -I"$PWD/inc" src/x.c
remote cmp "$CC" -Iinc linked/x.c
remote cmp g++ -O1 src/x.cc
remote $exact "$CC" -g -O1 -Iinc src/x.c
remote $exact "$CC" -g -I"$PWD/inc" "$PWD/src/x.c"
remote $exact g++ -g src/x.cc

# A header that was changed is sent as it is now.
echo '#define A 2' >src/c.h
remote cmp "$CC" -Iinc src/x.c
