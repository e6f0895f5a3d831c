#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Fifty clients that find no agent get one, all the same one, which has
# nothing of theirs.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=agent.sh
. "$top_srcdir/test/e2e/agent.sh"

ours_only
write_unit

# The pipe of a command substitution ends with the client.
plan=$("$PUMPASK" "$scratch/bodies" "$CC" -c x.c)
plan=$(echo "$plan" | own -)
expected="FILE $PWD/a.h
FILE $PWD/x.c"
[ "$plan" = "$expected" ] || fail "the plan is $plan"
agents_are 1 || fail "there is no agent"
plain 0 | cmp - a.h || fail "a.h is another one"
plain 1 | cmp - x.c || fail "x.c is another one"
end_agents
[ -z "$(agent_socket)" ] || fail "the socket is left"

clients=
for i in 1 2 3 4 5 6 7 8 9 10; do
	for j in 1 2 3 4 5; do
		mkdir "$scratch/bodies/$i.$j"
		"$PUMPASK" "$scratch/bodies/$i.$j" "$CC" -c x.c \
			>"$scratch/plan.$i.$j" 7<a.h &
		clients="$clients $!"
	done
done
for client in $clients; do
	wait "$client" || fail "a client has no plan"
done
for plan in "$scratch"/plan.*; do
	[ "$(own "$plan")" = "$expected" ] || fail "a plan is $(cat "$plan")"
done
agents_are 1 || fail "agents: $(agent_pids)"

run "$DISTCC_AGENT" --status
expect_rc 0
expect_text '^questions 51, plans 50, refusals 0$' "$scratch/out"

pid=$(agent_pids)
[ "$(readlink "/proc/$pid/cwd")" = / ] || fail "it is in a directory"
for fd in 0 1 2; do
	[ "$(readlink "/proc/$pid/fd/$fd")" = /dev/null ] ||
		fail "it has a stream of ours"
done
ls -l "/proc/$pid/fd" >"$scratch/fds"
expect_no_text "$PWD" "$scratch/fds"
# Its own session: no ^C reaches it.
[ "$(sed 's/.*) //' "/proc/$pid/stat" | cut -d ' ' -f 4)" != \
	"$(sed 's/.*) //' "/proc/$$/stat" | cut -d ' ' -f 4)" ] ||
	fail "it is in our session"
[ "$(stat -c %a "$DISTCC_DIR/agent")" = 700 ] || fail "others may look in"
[ "$(stat -c %a "$(agent_socket)")" = 600 ] || fail "others may connect"
