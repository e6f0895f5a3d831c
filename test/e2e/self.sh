#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# This program's own sources, built by make -j8 through two daemons: no job falls
# back, and every object is that of a local compile.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

command -v make >/dev/null || skip "no make"
start_daemon one
first=$port
start_daemon two
cp -R "$top_srcdir/src" src
chmod -R u+w src
flags=$(sed -n 's/^LIBIBERTY_CPPFLAGS = //p' "$top_builddir/Makefile")
cp "$top_builddir/config.h" config.h 2>/dev/null || : >config.h
cat >Makefile <<EOF
SOURCES = \$(shell find src -name '*.c' | sort)
OBJECTS = \$(SOURCES:src/%.c=\$(OUT)/%.o)
all: \$(OBJECTS)
\$(OUT)/%.o: src/%.c
	@mkdir -p \$(@D)
	\$(CC) -std=gnu11 -D_GNU_SOURCE -DSYSCONFDIR='"/etc"' -DLIBDIR='"/lib"' \\
		-DBINDIR='"/bin"' -Isrc $flags -include config.h -O2 -Wall -c -MMD -o \$@ \$<
EOF
run make -s -k -j2 OUT=local CC="$CC"
expect_rc 0
export DISTCC_FALLBACK=0 DISTCC_PAUSE_TIME_MSEC=50
export DISTCC_HOSTS="127.0.0.1:$first/4 127.0.0.1:$port/4,lzo"
run make -s -j8 OUT=remote CC="timeout 120 $DISTCC $CC"
expect_rc 0
count=0
for object in $(cd local && find . -name '*.o'); do
	expect_same "local/$object" "remote/$object"
	count=$((count + 1))
done
[ $count -gt 0 ] || fail "there is no source"
all_logged() {
	[ $(($(logged one COMPILE_OK) + $(logged two COMPILE_OK))) = $count ]
}
await 20 all_logged
say "$(logged one COMPILE_OK) and $(logged two COMPILE_OK) of $count units"
