#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# With a dead farm, no more compilers run here at a time than there are local
# slots, and no more preprocessors than there are slots for these.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
dead=$dead_port
command -v make >/dev/null || skip "no make"
mkdir "$scratch/running" "$scratch/peaks"
# Says how many of its kind run, and stays long enough to meet others.
write_script "$scratch/bin/gcc" <<EOF
#!/bin/sh
case " \$* " in
*" -E "*) kind=cpp ;;
*) kind=cc ;;
esac
: >"$scratch/running/\$kind.\$\$"
ls "$scratch/running" | grep -c "^\$kind\." >"$scratch/peaks/\$kind.\$\$"
sleep 0.1
$(command -v "$CC") "\$@"
status=\$?
rm "$scratch/running/\$kind.\$\$"
exit \$status
EOF
export DISTCC_HOSTS="--localslots=2 --localslots_cpp=3 127.0.0.1:$dead/40"
total=40
i=0
while [ $i -lt $total ]; do
	i=$((i + 1))
	echo "int number_$i;" >"n$i.c"
done
printf 'all: %s\n.c.o:\n\t%s\n' "$(echo n*.c | sed 's/\.c/.o/g')" \
	"@\$(CC) -c \$<" >Makefile

highest() {
	cat "$scratch/peaks/$1".* | sort -n | tail -n 1
}

# run_all WORD: each job runs here; none more than may.
run_all() {
	rm -f "$scratch/peaks/"* ./*.o
	say "$1"
	run make -s -j$total CC="timeout 100 $DISTCC $scratch/bin/gcc"
	expect_rc 0
	[ "$(find . -name 'n*.o' | wc -l)" = $total ] ||
		fail "objects are missing"
	[ "$(find "$scratch/peaks" -name 'cc.*' | wc -l)" = $total ] ||
		fail "not each was compiled here once"
	say "at most $(highest cc) compilers"
	[ "$(highest cc)" -le 2 ] || fail "$(highest cc) compilers at once"
}

run_all "nobody knows yet that the farm is dead"
say "at most $(highest cpp) preprocessors"
[ "$(highest cpp)" -le 3 ] || fail "$(highest cpp) preprocessors at once"
run_all "everybody knows"
[ -z "$(find "$scratch/peaks" -name 'cpp.*')" ] ||
	fail "it was preprocessed for nobody"
