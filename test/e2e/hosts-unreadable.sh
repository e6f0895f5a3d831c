#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A host file that is a directory, or far too large, is refused by name.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
echo 'int x;' >x.c
mkdir "$DISTCC_DIR/hosts"
run distcc "$CC" -c x.c
expect_rc 0
expect_file x.o
rmdir "$DISTCC_DIR/hosts"
rm x.o
head -c 2000000 /dev/zero | tr '\0' 'a' >"$DISTCC_DIR/hosts"
run distcc "$CC" -c x.c
expect_rc 0
expect_file x.o
expect_text hosts "$scratch/err"
