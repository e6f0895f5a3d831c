#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A client that sees other files by the same names gets no plan of an agent's
# that does not see them.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=agent.sh
. "$top_srcdir/test/e2e/agent.sh"

ours_only
unshare -m true 2>/dev/null || skip "no mounts of our own"
write_unit
ask "$CC" -c x.c
expect_rc 0

# Other mounts, maybe none that matters: who knows.
run unshare -m "$PUMPASK" "$scratch/bodies" "$CC" -c x.c
expect_rc 1
expect_text '^no -11 .*the agent has another root' "$scratch/out"
run unshare -m "$PUMPASK" --distrust "$CC" -c x.c
ask "$CC" -c x.c
expect_rc 0
agents_are 1 || fail "agents: $(agent_pids)"
