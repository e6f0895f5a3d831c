#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --scan-includes says what would be sent.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=pumping.sh
. "$top_srcdir/test/e2e/pumping.sh"

ours_only
export DISTCC_HOSTS="127.0.0.1:$dead_port,lzo,cpp"
work=$(pwd -P)
mkdir -p inc/sub
printf '#include <stdio.h>\n#include <sub/../a.h>\n#include "l.h"\n' >x.c
: >inc/a.h
echo '/**/' >inc/b.h
ln -s inc/b.h l.h
run distcc --scan-includes "$CC" -Iinc -c x.c
expect_rc 0
expect_text "^FILE      $work/x.c$" "$scratch/out"
expect_text "^FILE      $work/inc/a.h$" "$scratch/out"
expect_text "^FILE      $work/inc/b.h$" "$scratch/out"
expect_text "^SYMLINK   $work/l.h$" "$scratch/out"
expect_text "^DIRECTORY $work/inc/sub$" "$scratch/out"
expect_text "^SYSTEMDIR /usr/include$" "$scratch/out"
expect_no_text stdio "$scratch/out"
expect_no_file x.o
expect_empty "$scratch/err"

echo '#include "none.h"' >missing.c
run distcc --scan-includes "$CC" -c missing.c
expect_rc 100
expect_text 'none.h' "$scratch/err"
run distcc --scan-includes "$CC" x.c
expect_rc 100
expect_text 'stays here' "$scratch/err"
DISTCC_HOSTS=127.0.0.1,lzo run distcc --scan-includes "$CC" -c x.c
expect_rc 100
expect_text 'no host takes sources' "$scratch/err"
run distcc --scan-includes
expect_rc 101
