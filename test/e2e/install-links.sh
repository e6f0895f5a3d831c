#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --install-links makes and mends links to distcc, one for each compiler, and
# takes nothing away that is not its own.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
mkdir bin
for name in cc c++ c89 gcc g++-12 clang clang++-14 x86_64-linux-gnu-gcc-12 \
	gcc-ar gcc-12-nm clang-format gccx; do
	write_script "bin/$name" </dev/null
done
: >bin/gcc-9
only_bin=$PWD/bin
wanted="c++ c89 cc clang clang++-14 g++-12 gcc x86_64-linux-gnu-gcc-12"

# install PATH RC [WORD...]: runs it with the compilers in PATH alone.
install() {
	list=$1
	expected=$2
	shift 2
	run env PATH="$list" "$DISTCC" --install-links "$@"
	cat "$scratch/out"
	expect_rc "$expected"
}
links_are() {
	found=$(find deep/links -mindepth 1 -printf '%f\n' | sort | tr '\n' ' ')
	[ "$found" = "$1 " ] || fail "there are $found"
}

# From nothing: the directory is made too.
install "$only_bin" 0 deep/links
links_are "$wanted"
for name in $wanted; do
	[ "$(readlink "deep/links/$name")" = "$DISTCC" ] ||
		fail "$name leads to $(readlink "deep/links/$name")"
done
expect_text "^made deep/links/gcc\$" "$scratch/out"
expect_text ": 8 made, 0 mended, 0 kept, 0 removed, 0 failed" "$scratch/out"
expect_text "put deep/links first in PATH" "$scratch/out"
expect_empty "$scratch/err"

# Once more: nothing to do, also where PATH has the links before the compilers.
install "$PWD/deep/links:$only_bin" 0 deep/links
expect_text ": 0 made, 0 mended, 8 kept, 0 removed, 0 failed" "$scratch/out"
expect_no_text "first in PATH" "$scratch/out"

# Wrong and dangling links are mended, others of the right file are kept;
# what has no compiler any more goes, what is not ours stays.
mkdir old
cp "$DISTCC" old/distcc
ln -sfn "$PWD/old/distcc" deep/links/gcc
ln -sfn "$PWD/nowhere" deep/links/cc
ln -sfn "$(realpath --relative-to=deep/links "$DISTCC")" deep/links/c89
ln -s "$DISTCC" deep/links/gcc-7
ln -s /nowhere/distcc deep/links/clang-3
ln -s /nowhere/other deep/links/clang-2
ln -s "$DISTCC" deep/links/distcc-4
ln -s "$DISTCC" deep/links/gccx
ln -s "$DISTCC" deep/links/dcc
ln -s /usr/share/doc/distcc-notes deep/links/notes
install "$only_bin" 0 deep/links
expect_text ": 0 made, 2 mended, 6 kept, 2 removed, 0 failed" "$scratch/out"
links_are "c++ c89 cc clang clang++-14 clang-2 dcc distcc-4 g++-12 gcc gccx\
 notes x86_64-linux-gnu-gcc-12"
[ "$(realpath deep/links/gcc)" = "$DISTCC" ] || fail "gcc was not mended"
[ "$(realpath deep/links/cc)" = "$DISTCC" ] || fail "cc was not mended"

# A file, a directory, and links to a compiler or to another program are left
# alone; the others are done.
rm deep/links/gcc deep/links/cc deep/links/c89 deep/links/clang deep/links/c++
ln -s /bin/true deep/links/c++
echo precious >deep/links/gcc
mkdir deep/links/cc
ln -s "$PWD/bin/g++-12" deep/links/c89
install "$only_bin" 1 deep/links
for name in gcc cc c89 c++; do
	expect_text "deep/links/$name is no link to distcc" "$scratch/err"
done
expect_text ": 1 made, 0 mended, 3 kept, 0 removed, 4 failed" "$scratch/out"
[ "$(cat deep/links/gcc)" = precious ] || fail "a file was overwritten"
[ "$(readlink deep/links/c89)" = "$PWD/bin/g++-12" ] || fail "c89 changed"

# The compilers' own directory has nothing before it.
mkdir copy
cp -P bin/* copy
install "$only_bin" 1 bin
expect_text "no compiler is in PATH outside of bin" "$scratch/err"
run diff -r copy bin
expect_rc 0

# A directory that cannot be made, and too many words.
: >file
install "$only_bin" 1 file/links
expect_text "cannot make the directory file/links" "$scratch/err"
install "$only_bin" 101 one two
install "$only_bin" 101 --help

# The program of Debian's name does the same.
update=$top_builddir/update-distcc-symlinks
if [ -e "$update" ]; then
	sed "s|exec .*/distcc |exec $DISTCC |" "$update" >run-update
	rm -r deep
	run env PATH="$only_bin" /bin/sh ./run-update deep/links
	expect_rc 0
	links_are "$wanted"
fi
