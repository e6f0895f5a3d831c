#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# distcc --help and distccd --help tell how to use them, on stdout.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

run "$DISTCC" --help
expect_rc 0
expect_text Usage: "$scratch/out"
expect_text DISTCC_HOSTS "$scratch/out"
expect_empty "$scratch/err"
run "$DISTCCD" --help
expect_rc 0
expect_text Usage: "$scratch/out"
for option in --allow --port --listen --user --jobs --log-file; do
	expect_text "$option" "$scratch/out"
done
expect_empty "$scratch/err"
