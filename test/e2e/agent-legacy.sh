#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A client of distcc 3.x asks the agent as it asks its include server, and
# gets all files, as they are now, in its own form.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=agent.sh
. "$top_srcdir/test/e2e/agent.sh"

ours_only
mkdir -m 700 "$scratch/place"
socket=$scratch/place/socket
run "$DISTCC_AGENT" --socket "$socket" --log-file "$scratch/agent.log"
expect_rc 0

old_client() {
	run "$PYTHON" "$top_srcdir/test/lib/oldclient.py" "$socket" "$@"
	own "$scratch/out" >"$scratch/own"
}

# Other agents have theirs beside it: it is the one that mirrors this place.
root() {
	for top in /dev/shm/distcc-agent-?????? /tmp/distcc-agent-??????; do
		if [ -d "$top$PWD" ] || [ -d "$top/m$PWD" ]; then
			echo "$top"
		fi
	done
}

expect_plan() {
	expect_rc 0
	cat >"$scratch/wanted"
	expect_same "$scratch/wanted" "$scratch/own"
}

write_unit
old_client "$CC" -c x.c
expect_plan <<EOT
FILE $PWD/a.h
	#define A 1
FILE $PWD/x.c
	#include "a.h"
	int x = A;
EOT
root=$(root)
[ -d "$root" ] || fail "where are its files: $root"
[ "$(stat -c %a "$root")" = 700 ] || fail "others may look into $root"

# It is as long, and of the same second.
echo '#define A 2' >a.h
old_client "$CC" -c x.c
expect_text '^	#define A 2' "$scratch/own"

# A header by an absolute name begins with it, and one alike with its own.
printf '#include <a.h>\n#include <b.h>\n' >x.c
cp a.h b.h
old_client "$CC" -I"$PWD" -c x.c
expect_plan <<EOT
FILE $PWD/a.h
	#line 1 "$PWD/a.h"
	#define A 2
FILE $PWD/b.h
	#line 1 "$PWD/b.h"
	#define A 2
FILE $PWD/x.c
	#include <a.h>
	#include <b.h>
EOT

# What is empty is empty.
: >x.c
old_client "$CC" -c x.c
expect_plan <<EOT
FILE $PWD/x.c
EOT

# A folder that only has to be there, and a link on the way.
mkdir -p real/d empty
ln -s real link
echo 'int b;' >real/d/b.h
printf '#include "empty/../link/d/b.h"\n' >x.c
old_client "$CC" -c x.c
expect_plan <<EOT
FILE $PWD/empty/forcing_technique_271828
LINK $PWD/link -> real
FILE $PWD/real/d/b.h
	int b;
FILE $PWD/x.c
	#include "empty/../link/d/b.h"
EOT
# It becomes a folder.
rm link
mkdir -p link/d
echo 'int c;' >link/d/b.h
old_client "$CC" -c x.c
expect_text "^FILE $PWD/link/d/b.h" "$scratch/own"
expect_text '^	int c;' "$scratch/own"
[ "$(find link real -type f | wc -l)" = 2 ] || fail "something was written here"

# The compiler's own directories are the server's own.
grep "^LINK /usr/include -> \(\.\./\)\{22\}usr/include$" "$scratch/out" ||
	[ ! -d /usr/include ] || fail "no link to /usr/include"

# It does not know.
old_client "$CC" -c missing.c
expect_rc 1
expect_empty "$scratch/out"

# Old and new clients may ask in turns.
write_unit
DISTCC_AGENT_SOCKET=$socket ask "$CC" -c x.c
expect_rc 0
plain 1 | cmp - x.c || fail "x.c is another one"

kill -TERM "$(agent_pids)"
await 20 agents_are 0
expect_no_file "$root"

# What one leaves that is killed, the next one removes.
DISTCC_CLIENT_TMP=/tmp run "$DISTCC_AGENT" --socket "$socket"
old_client "$CC" -c x.c
expect_rc 0
root=$(root)
[ -d "$root" ] || fail "where are its files: $root"
[ "${root%/*}" = /tmp ] || fail "$root is not where it was wanted"
kill -KILL "$(agent_pids)"
await 20 agents_are 0
expect_file "$root"
run "$DISTCC_AGENT" --socket "$socket"
expect_rc 0
await 20 test ! -e "$root"
