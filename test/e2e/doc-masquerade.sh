#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# doc/build-systems.txt, masquerade.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=doc.sh
. "$top_srcdir/test/e2e/doc.sh"

set_up_farm
write_project
printf 'main:\n\tgcc -c main.c\n\tgcc -c answer.c\n\tgcc -o main *.o\n' \
	>Makefile
doc_commands 7 | grep -q "^make " || fail "no make"
# A link runs here, with a reason: the summary has it, and is content.
follow_section 7 2 main
expect_text "^  *1 on this machine" "$scratch/out"
