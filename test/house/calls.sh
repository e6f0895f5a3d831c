#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Calls that the house forbids, and getenv outside the settings modules.
set -u
cd "${top_srcdir:-.}" || exit 99
[ -n "$(find src -name '*.c')" ] || exit 99
status=0

# Comments and strings may name them; so strings go, and comment lines too.
code() {
	find src -name '*.[ch]' | sort | while read -r file; do
		sed -e 's/\\"//g' -e 's/"[^"]*"/""/g' -e 's,//.*,,' \
			-e 's,/\*.*\*/,,g' -e "/^[ 	]*\\/\\*/d" -e "/^[ 	]*\\*\\([ \\/]\\|\$\\)/d" "$file" |
			sed "s|^|$file:|"
	done
}

forbid() {
	found=$(code | grep -E "[^a-zA-Z0-9_>.]($1)[ 	]*\(" |
		grep -Ev "^($2):")
	[ -z "$found" ] && return
	echo "$found"
	status=1
}

forbid 'strcpy|strcat|sprintf|vsprintf|gets|atoi|atol|alloca|system|popen|strtok' \
	none
forbid 'tmpnam|tempnam|mktemp|longjmp|setjmp' none
forbid 'getenv|secure_getenv' 'src/(agent|client|daemon)/settings\.c'

found=$(grep -rnE 'TODO|FIXME|XXX|^#[ 	]*if 0|^typedef' src --include='*.[ch]' |
	grep -v XXXXXX)
if [ -n "$found" ]; then
	echo "$found"
	status=1
fi
exit $status
