#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Links to distcc that stand before the compiler in PATH, distcc itself being
# somewhere else: gcc, which looks for its parts by its own name, finds them.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0
mkdir -p prefix/bin farm
cp "$DISTCC" prefix/bin/distcc
ln -s ../prefix/bin/distcc "farm/$CC"
write_source plain.c
echo 'int main(void) { return 0; }' >main.c
real_path=$PATH
for PATH in "$scratch/work/farm:$real_path" \
	"$scratch/work/farm:$real_path:$scratch/work/farm"; do
	run prefix/bin/distcc "$CC" -O1 -c plain.c -o remote.o
	expect_rc 0
	run prefix/bin/distcc "$CC" main.c -o linked
	expect_rc 0
	./linked || fail "what was linked does not run"
	run "$CC" -O1 -c plain.c -o masqueraded.o
	expect_rc 0
done
PATH=$real_path
"$CC" -O1 -c plain.c -o local.o
expect_same local.o remote.o
expect_same local.o masqueraded.o
await_logged one 4 COMPILE_OK
stop_daemon one
