#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# pump runs a build with an agent of its own, and leaves nothing of it.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=agent.sh
. "$top_srcdir/test/e2e/agent.sh"

ours_only
: "${PUMP:=$top_builddir/pump}"
# As it is installed, beside the others, in a directory with a name like no
# other.
bin="$scratch/it's a \$dir"
mkdir "$bin"
cp "$PUMP" "$bin/pump"
ln -s "$DISTCC" "$bin/distcc"
ln -s "$DISTCC_AGENT" "$bin/distcc-agent"
export DISTCC_HOSTS="127.0.0.1:1,lzo,cpp 127.0.0.1:2"
write_unit

pump() {
	run "$bin/pump" "$@"
}

nothing_is_left() {
	await 20 agents_are 0
	nothing_in "$scratch/tmp" || fail "left: $(ls -R "$scratch/tmp")"
}

# --- usage -------------------------------------------------------------------
for words in '' -h --help; do
	# shellcheck disable=SC2086  # none, or one
	pump $words
	expect_rc 0
	expect_text '^Usage: pump' "$scratch/out"
done
pump --nonsense
expect_rc 1
pump --shutdown
expect_rc 1

# --- hosts -------------------------------------------------------------------
for hosts in 'localhost' '127.0.0.1,lzo 127.0.0.2'; do
	DISTCC_HOSTS=$hosts pump touch ran
	expect_rc 1
	expect_text 'pump: no host of the list has' "$scratch/err"
done
(
	unset DISTCC_HOSTS
	pump touch ran
	expect_rc 1
	echo '127.0.0.1:1,cpp,lzo' >"$DISTCC_DIR/hosts"
	pump true
	expect_rc 0
	rm "$DISTCC_DIR/hosts"
) || exit 1
expect_no_file ran
nothing_is_left

# Those that answer, if there is somebody who can ask.
export DISTCC_POTENTIAL_HOSTS='one two three'
if ! command -v lsdistcc >/dev/null; then
	pump true
	expect_rc 0
	expect_text 'no lsdistcc' "$scratch/err"
fi
write_script "$bin/lsdistcc" <<'EOT'
#!/bin/sh
echo "$*" >"$HOME/asked"
printf 'one\nthree:4,lzo\n'
EOT
# shellcheck disable=SC2016  # for the shell that pump runs
LSDISTCC_ARGS='-p x' pump sh -c 'echo "$DISTCC_HOSTS"'
expect_rc 0
[ "$(cat "$scratch/out")" = '--randomize one,cpp,lzo three:4,cpp,lzo' ] ||
	fail "the hosts are $(cat "$scratch/out")"
[ "$(cat "$HOME/asked")" = '-c150 -p x one two three' ] ||
	fail "asked: $(cat "$HOME/asked")"
rm "$bin/lsdistcc"
unset DISTCC_POTENTIAL_HOSTS

# --- a command ---------------------------------------------------------------
# shellcheck disable=SC2016  # for the shell that pump runs
pump sh -c 'env; printf "%s|" "$@"; exec "$0" "$HOME" gcc -c x.c' "$PUMPASK" \
	'a  b' "it's" ''
expect_rc 0
# shellcheck disable=SC2016  # as it stands
expect_text "^INCLUDE_SERVER_PORT=$TMPDIR/distcc-pump\.[^/]*/socket$" \
	"$scratch/out"
expect_text "^DISTCC_AGENT_SOCKET=$TMPDIR/distcc-pump\.[^/]*/socket$" \
	"$scratch/out"
expect_text "^a  b|it's||" "$scratch/out"
expect_text "FILE $PWD/x.c" "$scratch/out"
grep -F -q "PATH=$bin:" "$scratch/out" || fail "PATH does not begin with $bin"
expect_text '^__________' "$scratch/err"
nothing_is_left
expect_no_file "$DISTCC_DIR/agent"

pump sh -c 'exit 7'
expect_rc 7
# shellcheck disable=SC2016  # for the shell that pump runs
pump sh -c 'kill -TERM $$'
expect_rc 143
pump run
expect_rc 127
DISTCC_TESTING_INCLUDE_SERVER=1 pump true
expect_rc 0
expect_empty "$scratch/err"
nothing_is_left

# What failed there, and not here, is said in the end.
# shellcheck disable=SC2016  # for the shell that pump runs
pump sh -c 'printf @@ >"${INCLUDE_SERVER_PORT%/socket}/discrepancy_counter"'
expect_rc 0
expect_text '^__________Warning: 2 compile(s) failed' "$scratch/err"
nothing_is_left

# --- interrupted -------------------------------------------------------------
# shellcheck disable=SC2016  # for the shell that pump runs
"$bin/pump" sh -c 'echo $PPID >"$HOME/pump"; while [ ! -e "$HOME/end" ]; do
	sleep 0.05; done' &
await 20 test -s "$HOME/pump"
kill -TERM "$(cat "$HOME/pump")"
: >"$HOME/end"
wait $!
rc=$?
expect_rc 143
nothing_is_left

# --- two commands ------------------------------------------------------------
pump --startup
expect_rc 0
expect_no_text '^export [A-Z_]*=[^'\'']' "$scratch/out"
eval "$(cat "$scratch/out")"
agents_are 1 || fail "there is no agent"
case $PATH in
"$bin:"*) ;;
*) fail "PATH is $PATH" ;;
esac
[ "$DISTCC_HOSTS" = "127.0.0.1:1,lzo,cpp 127.0.0.1:2" ] || fail "DISTCC_HOSTS"
kill -0 "$INCLUDE_SERVER_PID" || fail "INCLUDE_SERVER_PID"
ask "$CC" -c x.c
expect_rc 0
pump --shutdown
expect_rc 0
nothing_is_left
