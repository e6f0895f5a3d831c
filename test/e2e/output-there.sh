#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What stands at an output's place, and who may write there: as the compiler
# alone has it. The table of differential.sh has what a pipe can show.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
chmod -R a+rwX "$scratch/state" "$scratch/tmp"
write_source x.c

# as_user COMMAND...: not as root, who may write to everything.
as_user() {
	if [ "$(id -u)" = 0 ]; then
		"$PYTHON" -c 'import os, sys
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
os.execvp(sys.argv[1], sys.argv[1:])' "$@"
	else
		"$@"
	fi
}
as_user test -x "$DISTCC" || skip "nobody else may run $DISTCC"

list() {
	find . -type f -printf '%p %m %n\n' -o -type l -printf '%p %l\n' |
		sort
	find . -type f -exec cksum {} + | sort
}

# there SETUP WORDS: a fresh folder, alone and behind distcc.
there() {
	for side in alone behind; do
		mkdir "$scratch/work/place"
		chmod 777 "$scratch/work/place"
		cd "$scratch/work/place" || exit 99
		cp ../x.c .
		as_user sh -c "$1" || fail "$1"
		command="$compiler $2"
		[ $side = alone ] || command="$DISTCC $command"
		as_user sh -c "$command >out 2>err"
		echo $? >rc
		cd .. || exit 99
		[ ! -e $side ] || chmod -R u+w $side
		rm -rf $side
		mv place $side
		(cd $side && list) >$side.list
	done
	say "$compiler $2 after $1: $(cat alone/rc)"
	[ "$(cat alone/rc)" = "$(cat behind/rc)" ] ||
		fail "$1: $2: $(cat alone/rc) alone, $(cat behind/rc) behind"
	diff alone/err behind/err || fail "$1: $2: the messages differ"
	diff alone.list behind.list || fail "$1: $2: the files differ"
}

for compiler in gcc clang; do
	command -v $compiler >/dev/null || continue
	for file in x.o x.s x.d; do
		there "echo old >$file; chmod 444 $file" "-MD -c x.c -o x.o"
		there "echo old >$file; chmod 444 $file" "-MD -S x.c -o x.s"
		there ":>$file; chmod 400 $file" "-MD -c x.c -o x.o"
		there ":>$file; chmod 600 $file" "-MD -c x.c -o x.o"
	done
	there "mkdir d; echo old >d/x.o; chmod 555 d" "-c x.c -o d/x.o"
	there "mkdir d; echo old >d/x.s; chmod 555 d" "-S x.c -o d/x.s"
	# The caller's own file, which is no pipe.
	there "ln -s /proc/self/fd/1 so" "-S x.c -o so"
	there "ln -s /proc/self/fd/1 so" "-c x.c -MD -MF so"
	there "ln -s /proc/self/fd/1 so" "-c x.c -o so"
	there "ln -s /proc/self/fd/77 so" "-c x.c -o so"
done
