# shellcheck shell=sh
# shellcheck disable=SC2154  # shared with lib.sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The commands of doc/build-systems.txt. Sourced, behind lib.sh, by the
# doc-*.sh, which try one section each with a project of that kind.

# need PROGRAM...: what the section is about.
need() {
	for program in "$@"; do
		command -v "$program" >/dev/null || skip "no $program"
	done
}

# The commands of section $1; in 0 is what stands before the first.
doc_commands() {
	awk -v wanted="$1" '
		/^[0-9]+\. / { section = $1 + 0 }
		section + 0 == wanted && /^    [^ ]/ { print substr($0, 5) }
		section + 0 == wanted && /^     / { print }
	' "$top_srcdir/doc/build-systems.txt"
}

# A user's set-up: distcc in PATH, one host.
set_up_farm() {
	ours_only
	[ "$CC" = gcc ] || skip "the page is about gcc"
	need gcc g++ make
	start_daemon one --jobs 2
	ln -s "$DISTCC" "$scratch/bin/distcc"
	PATH=$scratch/bin:$PATH
	unset MAKELEVEL
	export DISTCC_BUILD_ID=doc DISTCC_HOSTS="127.0.0.1:$port/4" PATH
	# Meant for the tests' own make and its children.
	unset CC CXX CFLAGS CXXFLAGS CPPFLAGS LDFLAGS
}

# write_project [SUFFIX]: two sources, and a program that says 42.
write_project() {
	echo 'int answer(void);' >answer.h
	cat >main.c <<-EOF
	#include <stdio.h>
	#include "answer.h"
	int main(void)
	{
		printf("%d\n", answer());
		return 0;
	}
	EOF
	printf '#include "answer.h"\nint answer(void) { return 42; }\n' \
		>answer.c
}

# follow_section N COMPILES PROGRAM: the commands of the section make the
# program, and so many sources are compiled by the daemon, none here.
follow_section() {
	doc_commands "$1" >"$scratch/commands"
	[ -s "$scratch/commands" ] || fail "section $1 has no command"
	cat "$scratch/commands"
	run sh -e "$scratch/commands"
	cat "$scratch/out"
	expect_rc 0
	[ "$("./$3")" = 42 ] || fail "$3 is not the program"
	await_logged one "$2" COMPILE_OK
	[ "$(logged one COMPILE_OK)" = "$2" ] ||
		fail "more than $2 sources were compiled there"
	run distcc --summary
	cat "$scratch/out"
	expect_rc 0
	expect_text "^  *$2 remote" "$scratch/out"
}
