#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# An object for another machine, from a server whose compiler only has the
# right name, is never taken: another host serves, or this machine.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
for wrong in aarch64-linux-gnu-gcc x86_64-linux-gnu-gcc; do
	! command -v "$wrong" >/dev/null ||
		[ "$("$wrong" -dumpmachine)" = "$("$CC" -dumpmachine)" ] ||
		break
	wrong=
done
[ -n "$wrong" ] || skip "no compiler for another machine"
wrong=$(command -v "$wrong")

# Both sides call the compiler ours; it is another one there.
write_source x.c
mkdir "$scratch/theirs"
write_script "$scratch/theirs/ours" <<EOF
#!/bin/sh
exec $wrong "\$@"
EOF
write_script "$scratch/bin/ours" <<EOF
#!/bin/sh
exec $(command -v "$CC") "\$@"
EOF
echo "$scratch/theirs/ours" >"$scratch/list"
path=$PATH
PATH=$scratch/theirs:$path
DISTCC_CMDLIST=$scratch/list start_daemon wrong
bad=$port
echo "$scratch/bin/ours" >"$scratch/list.right"
PATH=$scratch/bin:$path
DISTCC_CMDLIST=$scratch/list.right start_daemon right
good=$port
export DISTCC_VERBOSE=1

ours -O2 -c x.c -o local.o
# Nobody else is there: this machine.
export DISTCC_HOSTS="127.0.0.1:$bad"
run distcc ours -O2 -c x.c -o here.o
expect_rc 0
expect_same local.o here.o
expect_text 'sent a wrong object: .*-bit .*instead of' \
	"$scratch/err"
expect_text 'running locally instead' "$scratch/err"
await_logged wrong 1 COMPILE_OK
expect_file "$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${bad}_0"

# The next host has the right one.
rm "$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${bad}_0"
export DISTCC_HOSTS="127.0.0.1:$bad/1 127.0.0.1:$good/1"
DISTCC_FALLBACK=0 run distcc ours -O2 -c x.c -o there.o
expect_rc 0
expect_same local.o there.o
await_logged wrong 2 COMPILE_OK
await_logged right 1 COMPILE_OK

# Without a fallback, there is no object.
export DISTCC_HOSTS="127.0.0.1:$bad"
rm "$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${bad}_0"
DISTCC_FALLBACK=0 run distcc ours -O2 -c x.c -o none.o
expect_rc 109
expect_no_file none.o
rm "$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${bad}_0"

# A script that was for another machine when it was asked blames nobody now.
write_script "$scratch/bin/ours" <<EOF
#!/bin/sh
[ ! -e "$scratch/cross" ] || exec $wrong "\$@"
exec $(command -v "$CC") "\$@"
EOF
: >"$scratch/cross"
export DISTCC_HOSTS="127.0.0.1:$bad"
DISTCC_FALLBACK=0 run distcc ours -O2 -c x.c -o cross.o
expect_rc 0
rm "$scratch/cross"
export DISTCC_HOSTS="127.0.0.1:$good"
DISTCC_FALLBACK=0 run distcc ours -O2 -c x.c -o native.o
expect_rc 0
expect_same local.o native.o
expect_no_file "$DISTCC_DIR/lock/backoff_tcp_127.0.0.1_${good}_0"
export DISTCC_HOSTS="127.0.0.1:$bad"

# Assembly text does not say what it is for.
DISTCC_FALLBACK=0 run distcc ours -O2 -S x.c -o x.s
expect_rc 0
