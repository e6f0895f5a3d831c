# shellcheck shell=sh
# shellcheck disable=SC2154  # port comes from start_daemon
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Jobs of every kind between a client and a daemon, of which either may be a
# packaged distcc 3. A test sets client and server to "ours" or "packaged" and
# sources this file. $PACKAGED_DISTCC and $PACKAGED_DISTCCD name the packaged
# programs.

# shellcheck source=packaged.sh
. "${0%/*}/packaged.sh"
# shellcheck source=../e2e/lib.sh
. "${0%/*}/../e2e/lib.sh"

start_daemon one
count=0

# remote OPTION...: one job, elsewhere; its object must be a local one's.
remote() {
	compare_as cmp "$@"
}

# With -g the packaged daemon's objects are equal but for the names of
# temporary files; so the code must be the same, and the lines.
remote_debug() {
	compare_as same_code "$@"
}

same_code() {
	for object in "$1" "$2"; do
		objdump -d "$object" | sed 1,3d >"$object.text"
		objdump --dwarf=decodedline "$object" | sed 1,3d >"$object.line"
	done
	cmp "$1.text" "$2.text" && cmp "$1.line" "$2.line"
	same=$?
	rm -f ./*.text ./*.line
	return $same
}

compare_as() {
	compare=$1
	shift
	rm -f local.o remote.o
	"$@" -c -o local.o 2>/dev/null || fail "the compiler refuses $*"
	run distcc "$@" -c -o remote.o
	expect_rc 0
	$compare local.o remote.o || fail "the objects of $* differ"
	count=$((count + 1))
	await_logged one $count COMPILE_OK
}

# The packaged client blames the host for errors in the source.
forgive() {
	[ "$client" = ours ] ||
		rm -f "$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${port}_0"
}

write_source plain.c
cat >plain.cc <<EOF
#include <map>
#include <string>
int f(const std::map<std::string, int> &m) { return m.at("x"); }
EOF
echo 'int f(void) { int unused; return 0; }' >warning.c
echo 'int f(void) { return missing; }' >error.c
: >nothing.c
awk 'BEGIN {
	print "const char big[] =";
	for (i = 0; i < 320000; i++)
		printf "\"%060d\\n\"\n", i * 7919;
	print ";";
}' >big.c

for protocol in "" ,lzo; do
	export DISTCC_HOSTS="127.0.0.1:$port$protocol" DISTCC_FALLBACK=0

	remote "$CC" plain.c
	remote "$CC" -O2 -fPIC -DX=1 -I. -std=c11 plain.c
	# That this linker is nowhere is nothing to one who only compiles.
	remote "$CC" -fuse-ld=mold -fuse-linker-plugin plain.c
	remote g++ -O1 plain.cc
	remote_debug "$CC" -g -O1 plain.c
	remote_debug g++ -g plain.cc
	remote "$CC" nothing.c
	remote "$CC" big.c
	# shellcheck disable=SC2016  # not to be expanded
	for name in 'a b' 'a$b' "it's" 'ünï' '.dot' "$(printf '%0150d' 1)"; do
		cp plain.c "./$name.c"
		remote "$CC" "./$name.c"
	done

	run distcc "$CC" -S plain.c -o remote.s
	expect_rc 0
	"$CC" -S plain.c -o local.s
	expect_same local.s remote.s
	count=$((count + 1))

	# The packaged client has its own mind about where a .d file goes.
	while read -r options; do
		[ "$client" = ours ] || case $options in
		*-MF*) ;;
		*) continue ;;
		esac
		# shellcheck disable=SC2086  # words on purpose
		remote "$CC" $options plain.c
		# The .d file of the local compile had the same name, but
		# another target, unless there is a -MT.
		for file in *.d; do
			expect_text plain.c "$file"
			expect_text stddef.h "$file"
		done
		rm -f ./*.d
	done <<-EOF
	-MD -MF deps.d
	-MD -MFdeps.d -MT target
	-MD -MF deps.d -MP
	-MD -MF deps.d -MQ a\$b
	-MD
	-MD -MT target
	-Wp,-MD,deps.d
	EOF

	remote "$CC" -Wall warning.c
	expect_text unused "$scratch/err"

	run distcc "$CC" -c error.c -o failed.o
	expect_rc 1
	expect_text missing "$scratch/err"
	expect_no_file failed.o
	forgive
	run distcc "$CC" -Wall -Werror -c warning.c -o failed.o
	expect_rc 1
	expect_no_file failed.o
	forgive
done
say "$count jobs"
