#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# DISTCC_CMDLIST says which compilers run; when it cannot be read, none.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
write_script "$scratch/bin/yescc" <<EOF
#!/bin/sh
exec $CC "\$@"
EOF
cp "$scratch/bin/yescc" "$scratch/bin/nocc"
PATH=$scratch/bin:$PATH
echo "$scratch/bin/yescc" >"$scratch/list"
echo 'int x;' >x.c
export DISTCC_FALLBACK=0 DISTCC_BACKOFF_PERIOD=0

DISTCC_CMDLIST=$scratch/list start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
run distcc yescc -c x.c
expect_rc 0
run distcc "$scratch/bin/yescc" -c x.c
expect_rc 0
rm x.o
run distcc nocc -c x.c
[ "$rc" != 0 ] || fail "nocc is not on the list, but ran"
expect_no_file x.o
await_logged one 2 COMPILE_OK

mkdir "$scratch/unreadable"
export DISTCC_CMDLIST="$scratch/unreadable"
[ "$(id -u)" = 0 ] && set -- --user nobody
is_foreign "$DISTCCD" || set -- --config "$no_options" "$@"
TMPDIR=$scratch/spool "$PYTHON" "$top_srcdir/test/lib/listen.py" \
	"$scratch/two.port" "$DISTCCD" --no-detach --daemon --allow 127.0.0.1 \
	--log-stderr "$@" >"$scratch/two.out" 2>&1 &
two=$!
await 20 test -s "$scratch/two.port"
DISTCC_HOSTS="127.0.0.1:$(cat "$scratch/two.port")" CLIENT_TIMEOUT=20 \
	run distcc "$CC" -c x.c
status=$rc
kill -TERM $two 2>/dev/null
await 15 process_is_gone $two
[ "$status" != 0 ] || fail "a list that cannot be read allowed $CC"
grep -q unreadable "$scratch/two.out" || fail "the list is not named"
