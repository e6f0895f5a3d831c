#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# doc/build-systems.txt, make: and what it says of every build.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=doc.sh
. "$top_srcdir/test/e2e/doc.sh"

set_up_farm
write_project
printf 'main: main.o answer.o\n' >Makefile
follow_section 1 2 main

# Before the first section: a host list, the doctor, and the two that tell.
doc_commands 0 | grep -q '^export DISTCC_HOSTS=' || fail "no host list"
doc_commands 0 | grep -v '^export DISTCC_HOSTS=' >"$scratch/commands"
[ "$(cat "$scratch/commands")" = "distcc --doctor
distcc --summary
distcc --why" ] || fail "there are others: $(cat "$scratch/commands")"
run distcc --doctor
cat "$scratch/out"
expect_rc 0
run distcc --summary
expect_rc 0
# The link ran here.
run distcc --why
expect_rc 1
expect_text "(not_compile)" "$scratch/out"
