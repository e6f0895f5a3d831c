#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# doc/build-systems.txt, ccache: what it lacks is compiled elsewhere, what it
# has is not.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=doc.sh
. "$top_srcdir/test/e2e/doc.sh"

need ccache
set_up_farm
CCACHE_DIR=$HOME/ccache
export CCACHE_DIR
write_project
printf 'main: main.o answer.o\nclean:\n\trm -f main *.o\n' >Makefile
follow_section 8 2 main
make clean >/dev/null
follow_section 8 2 main
