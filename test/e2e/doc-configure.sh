#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# doc/build-systems.txt, configure: what it finds out is what it finds out
# without distcc, by its option and behind links.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=doc.sh
. "$top_srcdir/test/e2e/doc.sh"

need autoreconf automake
set_up_farm
write_project
cat >configure.ac <<'EOF'
AC_INIT([doc], [1])
AM_INIT_AUTOMAKE([foreign])
AC_CONFIG_HEADERS([config.h])
AC_PROG_CC
AC_PROG_CXX
AC_C_BIGENDIAN
AC_C_INLINE
AC_CHECK_HEADERS([stdint.h sys/epoll.h nowhere.h])
AC_CHECK_FUNCS([memmem strlcpy reallocarray])
AC_CHECK_SIZEOF([long])
AC_CHECK_TYPES([ssize_t, nosuch_t])
AC_CHECK_DECLS([environ])
AC_CHECK_MEMBERS([struct stat.st_mtim])
AC_SEARCH_LIBS([sqrt], [m])
AC_CONFIG_FILES([Makefile])
AC_OUTPUT
EOF
printf 'bin_PROGRAMS = main\nmain_SOURCES = main.c answer.c answer.h\n' \
	>Makefile.am
autoreconf -fi >"$scratch/out" 2>&1 || fail "autoreconf: $(cat "$scratch/out")"

# At one place: a Makefile has its folder in it.
(mkdir tree && cd tree && ../configure) >/dev/null || fail "no configure"
mv tree plain
(
	distcc --install-links "$HOME/links" >/dev/null
	PATH=$HOME/links:$PATH
	mkdir tree && cd tree && ../configure
) >/dev/null || fail "no configure behind links"
mv tree behind
for file in config.h Makefile; do
	expect_same plain/$file behind/$file
done

follow_section 2 2 main
expect_same plain/config.h config.h
