#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# distcc that calls itself as the compiler stops with 111.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

export DISTCC_HOSTS=localhost
echo 'int x;' >x.c
run distcc "$DISTCC" "$CC" -c x.c
expect_rc 111
expect_no_file x.o
_DISTCC_SAFEGUARD=1 run distcc "$CC" -c x.c
expect_rc 111
# A question to distcc itself leads nowhere else.
_DISTCC_SAFEGUARD=1 run distcc --show-hosts
expect_rc 0
_DISTCC_SAFEGUARD=nonsense run distcc "$CC" -c x.c
expect_rc 111
