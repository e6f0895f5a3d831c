#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Words that look like a source or an output, but are an option's argument.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0

echo '#define SEVEN 7' >x.c
printf '#ifdef SEVEN\nint seven = SEVEN;\n#endif\nint y;\n' >y.c
mkdir dir.c
count=0
while read -r options; do
	# shellcheck disable=SC2086  # words on purpose
	set -- $options
	rm -f local.o remote.o
	"$CC" "$@" -c y.c -o local.o || fail "the compiler refuses $options"
	run distcc "$CC" "$@" -c y.c -o remote.o
	expect_rc 0
	expect_same local.o remote.o
	count=$((count + 1))
done <<EOF
-include x.c
-D X.c
-I dir.c
-frandom-seed=x.c
-fdebug-prefix-map=/a=/b.c
-DNAME=x.o
-isystem dir.c
-iquote dir.c
-U X.c
EOF
await_logged one $count COMPILE_OK

# An object among the inputs is none of the farm's business.
rm -f y.o
"$CC" -c y.c x.o 2>local.err
local_rc=$?
if [ -e y.o ]; then
	mv y.o local.o
else
	rm -f local.o
fi
run distcc "$CC" -c y.c x.o
expect_rc $local_rc
expect_same local.err "$scratch/err"
if [ -e local.o ]; then
	expect_same local.o y.o
else
	expect_no_file y.o
fi
expect_no_file x.o
[ "$(logged one COMPILE_)" = "$count" ] || fail "the daemon got the job"
