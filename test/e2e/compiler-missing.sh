#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A compiler that only the client has: the job is done here.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
write_script "$scratch/bin/onlycc" <<EOF
#!/bin/sh
exec $CC "\$@"
EOF
PATH=$scratch/bin:$PATH
echo 'int x;' >x.c
"$CC" -c x.c -o local.o
run distcc onlycc -c x.c -o remote.o
expect_rc 0
expect_text 'failed to distribute' "$scratch/err"
expect_same local.o remote.o
DISTCC_FALLBACK=0 DISTCC_BACKOFF_PERIOD=0 run distcc "$scratch/bin/onlycc" \
	-c x.c -o remote2.o
[ "$rc" != 0 ] || fail "the daemon ran a compiler from outside its list"
expect_no_file remote2.o

# One that is nowhere: a word about it, and no page.
DISTCC_FALLBACK=0 run distcc no-such-compiler -c x.c -o remote3.o
[ "$rc" != 0 ] || fail "a compiler that does not exist succeeds"
expect_text 'x\.c\|no-such-compiler' "$scratch/err"
[ "$(wc -c <"$scratch/err")" -lt 1024 ] || fail "it says too much"
expect_no_file remote3.o
