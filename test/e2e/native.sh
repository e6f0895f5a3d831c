#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# -march=native and its kin are sent as what they mean on this machine, where
# the compiler says what that is; elsewise the job stays here and says so.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_VERBOSE=1
cat >x.c <<'EOF'
#ifdef __AVX2__
int has_avx2 = 1;
#endif
void add(float *restrict a, const float *restrict b, int n)
{
	for (int i = 0; i < n; i++)
		a[i] += a[i] * b[i];
}
EOF
jobs=0

# try COMPILER OPTION...: the object must be the local one; says where it was
# made.
try() {
	compiler=$1
	shift
	"$compiler" "$@" -c x.c -o local.o || fail "no local object"
	run distcc "$compiler" "$@" -c x.c -o far.o
	expect_rc 0
	if grep -q 'completed ok' "$scratch/err"; then
		where=far
		jobs=$((jobs + 1))
		expect_no_text '=native' "$scratch/one.log"
	else
		where=here
		expect_text '(native)' "$scratch/err"
	fi
	expect_same local.o far.o
}

expect_where() {
	[ "$where" = "$1" ] || fail "it was compiled $where and not $1"
}

for compiler in gcc clang; do
	if ! command -v "$compiler" >/dev/null ||
		! "$compiler" -march=native -c x.c -o local.o; then
		continue
	fi
	try "$compiler" -O3 -march=native
	if [ "$(uname -m)" = x86_64 ]; then
		expect_where far
		try "$compiler" -O3 -mtune=native
		expect_where far
		# They warn of it by name, or that it has another.
		try "$compiler" -O3 -mcpu=native
		expect_where here
		echo -march=native >words
		try "$compiler" -O2 @words -mtune=generic
		expect_where far
		# Answers that are damaged are asked for again.
		for file in "$DISTCC_DIR/compilers/"*; do
			echo nonsense >"$file"
		done
		try "$compiler" -O2 -march=native
		expect_where far
	fi
	# What was not asked for together.
	try "$compiler" -O3 -march=native -mtune=native -mno-avx2
done

# Debug information has the options in the order of the command.
try gcc -O2 -g -march=native
if [ "$(uname -m)" = x86_64 ]; then
	expect_where here
fi
# A script may run what it likes.
write_script "$scratch/bin/gcc" <<EOF
#!/bin/sh
exec $(command -v gcc) "\$@"
EOF
PATH=$scratch/bin:$PATH
try gcc -O2 -march=native
expect_where here
await_logged one $jobs COMPILE_OK
