# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What every shell test stands on: a private directory, a scrubbed
# environment, daemons that end with the test, and words to state what is
# expected. A test sources this file first; its working directory is then
# $scratch/work. The programs under test are $DISTCC and $DISTCCD.
#
# A test that passed must have left nothing: no temporary file on either
# side, no process, no sanitizer report. The directory of one that failed is
# kept and named.

set -u
exec </dev/null

# No test may hang for ever, whatever happens in it.
if [ -z "${test_is_bounded-}" ]; then
	test_is_bounded=1
	export test_is_bounded
	exec timeout -k 20 "${TEST_TIMEOUT:-300}" sh "$0" "$@"
fi

: "${top_srcdir:=$(cd "${0%/*}/../.." && pwd)}"
: "${top_builddir:=$PWD}"
: "${DISTCC:=$top_builddir/distcc}"
: "${DISTCCD:=$top_builddir/distccd}"
: "${CC:=gcc}"
test_name=${0##*/}
test_name=${test_name%.sh}

say() {
	printf '%s: %s\n' "$test_name" "$*"
}

skip() {
	say "skipped: $*"
	exit 77
}

fail() {
	say "FAILED: $*"
	exit 1
}

# --- a clean place ---------------------------------------------------------

PYTHON=$("${PYTHON:-python3}" -c 'import sys; print(sys.executable)' \
	2>/dev/null) || skip "python3 is needed to start daemons"
PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
case $CC in
*[!A-Za-z0-9._+-]*) CC=gcc ;;
esac
command -v "$CC" >/dev/null || skip "no compiler called $CC"
for program in "$DISTCC" "$DISTCCD"; do
	command -v "$program" >/dev/null || fail "there is no $program"
done
DISTCC=$(realpath "$(command -v "$DISTCC")")
DISTCCD=$(realpath "$(command -v "$DISTCCD")")

for name in $(env | sed -n 's/^\(DISTCCD\{0,1\}_[A-Z_]*\)=.*/\1/p'); do
	unset "$name"
done
unset name program UNCACHED_ERR_FD _DISTCC_SAFEGUARD INCLUDE_SERVER_PORT \
	DEPENDENCIES_OUTPUT SUNPRO_DEPENDENCIES CPATH C_INCLUDE_PATH \
	CPLUS_INCLUDE_PATH LISTEN_FDS LISTEN_PID SOURCE_DATE_EPOCH \
	MAKEFLAGS MFLAGS MAKELEVEL LANG LANGUAGE LC_MESSAGES CDPATH
LC_ALL=C
PYTHONDONTWRITEBYTECODE=1
export PATH LC_ALL PYTHONDONTWRITEBYTECODE

scratch=$(mktemp -d "${TMPDIR:-/tmp}/distcc-$test_name.XXXXXX") || exit 99
chmod 755 "$scratch"
mkdir "$scratch/work" "$scratch/home" "$scratch/tmp" "$scratch/spool" \
	"$scratch/state" "$scratch/bin" "$scratch/sanitizer"
chmod 1777 "$scratch/spool" "$scratch/sanitizer"
HOME=$scratch/home
TMPDIR=$scratch/tmp
DISTCC_DIR=$scratch/state
ASAN_OPTIONS=log_path=$scratch/sanitizer/report${TEST_ASAN_OPTIONS:+:$TEST_ASAN_OPTIONS}
UBSAN_OPTIONS=$ASAN_OPTIONS:print_stacktrace=1
export HOME TMPDIR DISTCC_DIR ASAN_OPTIONS UBSAN_OPTIONS
cd "$scratch/work" || exit 99

# Packaged programs are tested by the same words, where they can do the same.
is_foreign() {
	case $("$1" --version 2>/dev/null) in
	*" 3."*) return 0 ;;
	*) return 1 ;;
	esac
}

ours_only() {
	if is_foreign "$DISTCC" || is_foreign "$DISTCCD"; then
		skip "distcc 3 does not do this"
	fi
}

# An own daemon that is told of this file does not read this machine's.
no_options=$scratch/no-options.conf
: >"$no_options"

# shellcheck source=daemon.sh
. "$top_srcdir/test/e2e/daemon.sh"

# Nothing listens here, and no test is ever given it.
# shellcheck disable=SC2034  # for those that need it
dead_port=1

# --- waiting ---------------------------------------------------------------

# poll SECONDS COMMAND...: whether COMMAND succeeds within that time.
poll() {
	polls=$(($1 * 20))
	shift
	while ! "$@"; do
		polls=$((polls - 1))
		[ "$polls" -gt 0 ] || return 1
		sleep 0.05
	done
}

await() {
	poll "$@" || fail "waited in vain for: $*"
}

# --- running and expecting -------------------------------------------------

# The client under test; bounded, so that a hang is a failure with a name.
distcc() {
	timeout -k 5 "${CLIENT_TIMEOUT:-100}" "$DISTCC" "$@"
}

# run COMMAND...: leaves its output in $scratch/out and err, its status in rc.
run() {
	"$@" >"$scratch/out" 2>"$scratch/err"
	rc=$?
	say "exit $rc: $*"
	sed 's/^/	err: /' "$scratch/err"
}

expect_rc() {
	[ "$rc" = "$1" ] || fail "the exit status is $rc and not $1"
}

expect_same() {
	cmp "$1" "$2" || fail "$1 and $2 differ"
}

expect_text() {
	grep -q -e "$1" "$2" || fail "$2 lacks '$1'"
}

expect_no_text() {
	! grep -e "$1" "$2" || fail "$2 has '$1'"
}

expect_file() {
	[ -e "$1" ] || fail "there is no file $1"
}

expect_no_file() {
	[ ! -e "$1" ] || fail "there is a file $1"
}

expect_empty() {
	[ ! -s "$1" ] || fail "$1 is not empty: $(head -c 400 "$1")"
}

# write_source FILE: a C source that compiles on every machine.
write_source() {
	cat >"$1" <<-EOF
	#include <stddef.h>
	struct pair { int a; size_t b; };
	int pair_sum(const struct pair *pair);
	int pair_sum(const struct pair *pair)
	{
		return pair->a + (int)pair->b;
	}
	const char *pair_file(void);
	const char *pair_file(void) { return __FILE__; }
	EOF
}

# write_script FILE: an executable script from standard input.
write_script() {
	cat >"$1"
	chmod 755 "$1"
}

# --- the end ---------------------------------------------------------------

no_strays() {
	"$PYTHON" "$top_srcdir/test/lib/strays.py" "$scratch" \
		>"$scratch/strays"
}

nothing_in() {
	[ -z "$(find "$1" -mindepth 1 -print -quit)" ]
}

# Fails if the test left something. leftovers=allowed says that it must.
leftovers=none
check_leftovers() {
	for name in $daemons; do
		stop_daemon "$name"
	done
	[ "$leftovers" = none ] || return 0
	if ! poll 10 no_strays; then
		cat "$scratch/strays"
		fail "processes are left"
	fi
	for dir in tmp spool sanitizer; do
		nothing_in "$scratch/$dir" ||
			fail "files are left: $(ls -AlR "$scratch/$dir")"
	done
	find "$scratch/work" -name '.*distcc*' -o -name '*.tmp' \
		>"$scratch/left"
	expect_empty "$scratch/left"
}

# After a failure: the daemons may end in order, what else there is may not.
kill_all() {
	for name in $daemons; do
		(stop_daemon "$name")
	done
	"$PYTHON" "$top_srcdir/test/lib/strays.py" "$scratch" --kill
}

finish() {
	status=$?
	trap - EXIT
	if [ $status = 0 ]; then
		(check_leftovers) || status=1
	fi
	[ $status = 0 ] || kill_all
	cd / || exit 99
	if [ $status = 0 ] || [ $status = 77 ]; then
		chmod -R u+rwx "$scratch"
		rm -rf "$scratch"
	else
		say "see $scratch"
		tail -n 20 "$scratch"/*.log "$scratch"/*.out "$scratch"/sanitizer/* \
			2>/dev/null
	fi
	exit $status
}
trap finish EXIT
trap 'exit 143' TERM INT HUP
