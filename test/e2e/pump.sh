#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Jobs go with their sources, and everything is as if they had not gone: with
# debug information, from other folders, by absolute names, through links.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=pumping.sh
. "$top_srcdir/test/e2e/pumping.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port,lzo,cpp" DISTCC_FALLBACK=0

mkdir -p src/sub inc build
cat >src/x.c <<EOF
#include <stddef.h>
#include <stdio.h>
#include "sub/a.h"
#include <b.h>
#ifdef NEVER
#include "there-is-none.h"
#endif
int f(const char *s) { printf("%s %s\n", __FILE__, s); return ADD(B_FILE[0]); }
EOF
cat >src/sub/a.h <<EOF
#pragma once
#include "../c.h"
#define ADD(x) \\
	((x) + \\
	 C)
EOF
echo '#define C 3' >src/c.h
echo 'static const char B_FILE[] = __FILE__;' >inc/b.h
cat >src/x.cc <<EOF
#include <map>
#include <string>
#include "sub/a.h"
namespace { struct s { int m = ADD(1); }; }
int f(const std::map<std::string, int> &m) {
	auto g = [&](const char *k) { return m.at(k) + s().m; };
	return g("x");
}
EOF
printf '#include <b.h>\nint f(void) { int unused; return B_FILE[0]; }\n' \
	>src/warning.c
: >src/nothing.c

options() {
	cat <<-EOF

	-O2
	-g
	-g -O2
	-g3
	-ggdb3 -O1
	-g -gdwarf-4
	-O2 -fPIC -DX=1 -std=gnu11 -pthread
	-MD
	-MD -MF out.deps
	-MMD -MP -MFout.deps
	-MD -MT target
	-MD -MT one -MQ two\$ -MTthree
	-Wp,-MD,out.deps
	-Wp,-MMD,out.deps -Wp,-DY=2
	-Wp,-D_FORTIFY_SOURCE=2 -O2
	-include src/c.h
	-include $PWD/src/c.h -imacros src/sub/a.h
	-fsanitize=undefined
	-fsanitize=address -g
	-S
	-S -g
	-fdebug-prefix-map=$PWD=/here -g
	-ffile-prefix-map=src=elsewhere -g
	EOF
}

for compiler in gcc clang; do
	command -v $compiler >/dev/null || continue
	options >"$scratch/options"
	while read -r words; do
		case $compiler$words in
		# clang reads a file of its own for it, that is not sent.
		clang-fsanitize=address*) try=same ;;
		# The server has to map names too, and clang heeds one map.
		clang*prefix-map*) continue ;;
		*) try=pumped ;;
		esac
		# shellcheck disable=SC2086  # words on purpose
		$try $compiler $words -Iinc -c src/x.c -o out.o
		# Sanitizers tell absolute names, which no option maps: such a
		# job stays here rather than to show the server's.
		case $words in
		-fsanitize*) try=same ;;
		*) try=pumped ;;
		esac
		# shellcheck disable=SC2086
		$try $compiler $words -I"$PWD/inc" -c "$PWD/src/x.c" -o out.o
	done <"$scratch/options"
	pumped $compiler -Wall -Iinc -c src/warning.c -o out.o
	pumped $compiler -c src/nothing.c -o out.o
	same $compiler -Wall -Werror -Iinc -c src/warning.c -o out.o
done

for compiler in g++ clang++; do
	command -v $compiler >/dev/null || continue
	for words in "" -g "-O2 -g" "-std=c++20 -MD" "-g -Wall -Wextra"; do
		# shellcheck disable=SC2086  # words on purpose
		pumped $compiler $words -c src/x.cc -o out.o
	done
	pumped $compiler -Iinc -c src/x.c -o out.o
done
pumped gcc -x c++ -c src/x.cc -o out.o

# Without -o, the name of output and target is the compiler's affair.
cp src/nothing.c src/outer.c
pumped gcc -MD -c src/outer.c

# From another folder, and through links.
cd build || exit 99
pumped gcc -g -MD -I../inc -c ../src/x.c -o out.o
cd ..
ln -s src linked
ln -s "$PWD/inc/b.h" src/b.h
ln -s ../inc src/more
pumped gcc -g -MD -Iinc -c linked/x.c -o out.o
pumped gcc -g -MD -Ilinked/more -c linked/x.c -o out.o
pumped gcc -g -MD -I"$PWD/linked" -c "$PWD/linked/x.c" -o out.o
ln -s build alias
cd alias || exit 99
pumped gcc -g -MD -I../inc -c ../src/x.c -o out.o
cd ..

# Odd names.
odd="an odd \$dir"
mkdir "$odd"
cp src/x.c "$odd/x#y.c"
cp -r src/sub src/c.h "$odd"
pumped gcc -g -MD -Iinc -c "$odd/x#y.c" -o out.o

# Messages are those of here, whatever the languages; if this compiler would
# speak another one, it is asked itself.
LC_ALL=C.UTF-8
export LC_ALL
start_daemon two
DISTCC_HOSTS="127.0.0.1:$port,lzo,cpp"
LC_ALL=C
pumped gcc -Wall -Iinc -c src/warning.c -o out.o
LC_ALL=C.UTF-8
unset DISTCC_FALLBACK
same gcc -Wall -Iinc -c src/warning.c -o out.o
if command -v clang >/dev/null; then
	pumped clang -Wall -Iinc -c src/warning.c -o out.o
fi
LC_ALL=C

# What it was.
run distcc --why src/x.c
expect_text 'with its sources' "$scratch/out"
run distcc --summary
expect_text 'with their sources' "$scratch/out"
