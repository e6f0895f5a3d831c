#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every -M form leaves the .d file that the compiler alone would leave.
# Each form is run twice in directories that are alike; then all files of one
# must be in the other, .d files with the same bytes.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0

prepare() {
	rm -rf "$1"
	mkdir -p "$1/sub" "$1/inc"
	echo '#define N 3' >"$1/inc/n.h"
	printf '#include <stddef.h>\n#include "inc/n.h"\nsize_t n = N;\n' \
		>"$1/file.c"
	cp "$1/file.c" "$1/sub/a.b.c"
	sed 's,inc/,../inc/,' "$1/file.c" >"$1/sub/a.b.c"
}

compare() {
	(cd local && find . -type f | sort) >local.list
	(cd remote && find . -type f | sort) >remote.list
	expect_same local.list remote.list
	while read -r name; do
		expect_same "local/$name" "remote/$name"
	done <local.list
}

count=0
while read -r options; do
	prepare local
	prepare remote
	# shellcheck disable=SC2086  # words on purpose
	set -- $options
	(cd local && "$CC" "$@" -c) || fail "the compiler refuses $options"
	cd remote || exit 99
	run distcc "$CC" "$@" -c
	cd ..
	expect_rc 0
	compare
	count=$((count + 1))
	case $options in
	# The driver and the preprocessor share the work here: not sent.
	'-Wp,-MD,deps.d -MT tgt'*) ;;
	*) await_logged one $count COMPILE_OK ;;
	esac
done <<EOF
-MD file.c
-MMD file.c
-MD file.c -o file.o
-MD file.c -o sub/out.o
-MD file.c -osub/out.o
-MD file.c -o sub/out.x.o
-MD file.c -o sub/noext
-MMD sub/a.b.c
-MMD sub/a.b.c -o sub/a.b.o
-MD -MF deps.d file.c
-MD -MFdeps.d file.c -o sub/out.o
-MD -MF sub/deps file.c -o sub/out.o
-MMD -MF deps.d -MT target file.c -o x.o
-MMD -MTtarget file.c -o x.o
-MMD -MT one -MT two file.c -o x.o
-MMD -MQ to\$get file.c -o x.o
-MMD -MQto\$get file.c
-MMD -MP file.c -o x.o
-MD -MP -MF deps.d -MT a.o file.c -o a.o
-Wp,-MD,deps.d file.c -o x.o
-Wp,-MMD,sub/deps.d file.c
-Wp,-MD,deps.d,-MT,tgt file.c -o x.o
-Wp,-MMD,deps.d -Wp,-MT,tgt file.c -o x.o
-Wp,-MD,deps.d -MT tgt file.c -o x.o
EOF
say "$count forms"
