#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# doc/build-systems.txt, libtool.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=doc.sh
. "$top_srcdir/test/e2e/doc.sh"

need autoreconf automake libtoolize
set_up_farm
write_project
cat >configure.ac <<'EOF'
AC_INIT([doc], [1])
AM_INIT_AUTOMAKE([foreign])
AC_PROG_CC
AM_PROG_AR
LT_INIT
AC_CONFIG_FILES([Makefile])
AC_OUTPUT
EOF
cat >Makefile.am <<'EOF'
lib_LTLIBRARIES = libanswer.la
libanswer_la_SOURCES = answer.c answer.h
bin_PROGRAMS = main
main_SOURCES = main.c
main_LDADD = libanswer.la
EOF
autoreconf -fi >"$scratch/out" 2>&1 || fail "autoreconf: $(cat "$scratch/out")"
follow_section 3 3 main
