#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Real commands, alone and through a daemon: the same files, streams and
# status. The table says which of them a server has to compile.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
command -v gcc >/dev/null || skip "the table is for gcc"
start_daemon one --jobs 2
export DISTCC_HOSTS="127.0.0.1:$port/2" DISTCC_FALLBACK=1
export DISTCC

# One suffix for each way to read a source, and what sources include.
mkdir -p tree/sub tree/inc tree/inc2 tree/sys
cd tree || exit 99
echo '#define N 3' >inc/n.h
echo '#define N 4' >inc2/n.h
printf 'typedef unsigned long word;\n#define UNUSED(x) (void)(x)\n' >sys/s.h
echo 'struct pre { int a; };' >pre.h
cat >plain.c <<EOF
#include "inc/n.h"
#define TWICE(x) ((x) + \\
	(x))
int table[N] = { 1, 2, __LINE__ };
const char *file(void);
const char *file(void) { return __FILE__; }
int sum(const int *v, int n);
int sum(const int *v, int n)
{
	int i, total = 0;

	for (i = 0; i < n; i++)
		total += TWICE(v[i]) /
			(N + i);
	return total;
}
EOF
for name in 'a b.c' x.cpp x.cxx x.c++ x.cp x.CPP x.cc x.C x.d.c noext \
	x.unknown; do
	cp plain.c "$name"
done
for name in x.m x.mm x.M; do
	sed 's/include/import/' plain.c >$name
done
printf '#include <n.h>\nint n = N;\n' >angle.c
printf '#include "n.h"\nint n = N;\n' >quote.c
printf '#include <s.h>\nword w; void f(int x) { UNUSED(x); }\n' >system.c
printf '#include "../inc/n.h"\nint n = N;\n' >sub/deep.c
printf 'int f(void) { int unused; return 0; }\n' >warn.c
printf '#warning here\nint f(void) { return 0; }\n' >cppwarn.c
printf 'int f(void) { return missing; }\n' >error.c
printf '#include "missing.h"\nint f(void) { return 0; }\n' >cpperror.c
printf 'struct pre p; int n;\n' >needs-pre.c
printf '#include "pre.h"\nstruct pre p;\n' >has-pre.c
printf '#ifdef A\nint a = A;\n#else\nint b;\n#endif\n' >define.c
printf 'namespace n { struct s { virtual ~s(); }; s::~s() { (void)new int; } }\n' \
	>class.cc
printf 'template<int N> int f() { return N; }\nint a() { return f<3>(); }\n' \
	>template.cc
cat >fall.c <<EOF
int f(int n);
int f(int n)
{
	switch (n) {
	case 1:
		n++;
		/* fall through */
	case 2:
		return n;
	}
	return 0;
}
EOF
# The same with a comment that gcc does not know, and several that it does.
sed 's/fall through/go on/' fall.c >falls.c
cat >fall-define.c <<EOF
#include "inc/n.h"
#define LABEL(x) case x:
int f(int n);
int f(int n)
{
	switch (n) {
	LABEL(1)
		n++;
		// Falls through.
	case 2:
		n += sizeof "/* fall through */";
		/* FALLTHRU */ /* or
		   what is it called? */
	default:
		return n;
	}
}
EOF
cat >nop.c <<EOF
#include <assert.h>
void f(int a, int b);
void f(int a, int b) { assert((a = b)); }
EOF
cat >nop.cc <<EOF
#define C(x) g(x)
struct L { long a[4]; };
L g(int);
bool g(long);
L a() { return C(1); }
L b(int x) { if (C(1L)) return C(x); else return C(3); }
EOF
cat >declared.c <<EOF
#define T unsigned long long
T variable; int other;
T function(T parameter) { T local = parameter; return local + other; }
EOF
printf 'int a = __COUNTER__, b = __COUNTER__;\nconst char *t = __BASE_FILE__;\n' \
	>counter.c
printf 'int a = __COUNTER__;\n#if __COUNTER__ == 1\nint b = __COUNTER__;\n#endif\n' \
	>counter-if.c
cat >openmp.c <<EOF
int sum(const int *v, int n);
int sum(const int *v, int n)
{
	int total = 0;

#pragma omp parallel for reduction(+:total)
	for (int i = 0; i < n; i++)
		total += v[i];
	return total;
}
EOF
printf '#pragma message "hello"\nint x;\n' >message.c
cat >extname.c <<EOF
#pragma redefine_extname foo bar
int foo(void);
int g(void) { return foo() + __LINE__; }
EOF
printf "#if 0\ndon't\n#endif\nint line = __LINE__;\n" >apostrophe.c
printf 'const char *m = M(a b);\n#define X(...) __VA_ARGS__\nint x = X(1);\n' \
	>stringify.c
printf '#include <stddef.h>\nint f(void) { return NULL; }\n' >null.c
cat >target.c <<EOF
#pragma GCC target("avx2")
#ifdef __AVX2__
int has_avx2 = 1;
#else
int has_avx2 = 0;
#endif
EOF
printf '#pragma GCC diagnostic error "-Wundef"\n#if MISSING\n#endif\nint x;\n' \
	>undef.c
printf '#pragma GCC diagnostic ignored "-Wcpp"\n#warning here\nint x;\n' \
	>ignored.c
printf 'const char s[] = R"(a\nb)";\nint f() { return __LINE__; }\n' >raw.cc
cat >builtin-line.cc <<EOF
#define CALL(x) f(__builtin_LINE(), x)
int f(int, int);
int g() { return CALL(
	1); }
EOF
cat >lambda.cc <<EOF
#define LONG unsigned long long
template<class F> const char *name(F) { return __PRETTY_FUNCTION__; }
const char *f() { LONG v = 0; return name([v] { return v; }); }
EOF
printf '#include <immintrin.h>\nint f(int a) { return a; }\n' >intrinsics.c
cat >lines.c <<EOF
#define ASSERT(x) do { if (!(x)) fail(#x, __FILE__, __LINE__); } while (0)
void fail(const char *, const char *, int);
extern int barrier(int);
int f(int n) { ASSERT(n > 0); ASSERT(
	n < 3); asm volatile("nop" ::: "memory"); return barrier(n) + __COUNTER__; }
#line 77 "elsewhere.y"
int g(int n) { ASSERT(n > 0); return __LINE__; }
EOF
# What sanitizers look after, within macros, which move columns.
cat >checks.c <<EOF
#define ADD(a, b) ((a) + (b))
struct s { int a[4]; } s;
int f(int *p, int i, int n);
int f(int *p, int i, int n)
{
	int v[8] = { 1 };

	return ADD(v[i], ADD(s.a[i] << n, n / i)) + ADD(p[i], i * n);
}
long g(char *c, long at);
long g(char *c, long at) { return ADD(*(long *)(c + at), at << at); }
EOF
printf '\t.globl f\nf:\n\tret\n' | tee x.s >x.S
cp x.S x.sx
printf '# 1 "x.c"\nint f(void) { return 0; }\n' | tee x.i x.ii x.mi >x.mii
# Without a mark, the object names the file itself.
printf 'const char *f(void) { return __builtin_FILE(); }\n' | tee bare.i \
	'a b.i' a,b.i a@b.i é.i sub/bare.i >bare.ii
printf 'const char *url = "http://"\n; int n;\n' | tee url.i |
	sed '1i # 1 "url.c"' >marked-url.i
cp x.i sub/marked.i
printf '      end\n' >x.f
printf 'old: stale\n' | tee stale.d >error.d
printf 'not an object\n' | tee stale.o >error.o
echo '-O2 -DA=7' >args
echo '@args -Wall' >nested
echo '-Wall @itself' >itself
echo '@twice @twice' >twice
echo '-Wall @sub' >to-folder
echo '#include "pch.h"' | cat - plain.c >uses-pch.c
echo 'extern int precompiled;' | tee pch.h >clang.h
gcc -c pch.h || fail "gcc precompiles no header"
! command -v clang >/dev/null || clang -c clang.h -o clang.h.pch ||
	fail "clang precompiles no header"
cd .. || exit 99

# The folder is in it, so that it need not be where it was made.
(cd tree && gcc -g -E define.c -o marked.i) || exit 99
[ "$(sed -n '2s,.*\(//\)"$,\1,p' tree/marked.i)" = // ] || exit 99

"$PYTHON" "$top_srcdir/test/lib/differential.py" \
	"$top_srcdir/test/e2e/differential.txt" tree || fail "see above"
rm -rf tree
