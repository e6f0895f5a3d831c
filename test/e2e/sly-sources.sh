#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Sources that another machine would see otherwise are compiled here, also
# when the command does not tell: files the assembler takes in, columns.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0
echo 'what stands here stands in the object' >blob
cat >incbin.c <<'EOF'
__asm__(".section .rodata\n.incbin \"blob\"\n.text");
EOF
printf '.byte 7\n' >blob.s
cat >include.c <<'EOF'
__asm__(".data\n.include \"blob.s\"\n.text");
EOF
for name in incbin include; do
	run distcc "$CC" -O1 -c $name.c -o remote.o
	expect_rc 0
	"$CC" -O1 -c $name.c -o local.o
	expect_same local.o remote.o
done
[ "$(logged one COMPILE_OK)" = 0 ] || fail "one of them went to the server"

# A server refuses what would load a memory image into the compiler.
printf '#pragma GCC pch_%s "x.gch"\nint x;\n' preprocess >pch.i
run distcc "$CC" -c pch.i -o pch.o
expect_rc 113
expect_no_file pch.o
grep -q 'memory image' "$scratch/err" || fail "no word of the cause"
stop_daemon one
