#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A name in --allow is looked up again at SIGHUP; one that is gone then leaves
# the rules as they were.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
[ "$(id -u)" = 0 ] || skip "only root can give the daemon its own /etc/hosts"
echo "127.0.0.9 friend.test" >"$scratch/hosts"
chmod 644 "$scratch/hosts"
write_script "$scratch/bin/own-hosts" <<EOF2
#!/bin/sh
mount --bind "$scratch/hosts" /etc/hosts && exec "\$@"
EOF2
unshare -m "$scratch/bin/own-hosts" true 2>/dev/null ||
	skip "no file can be mounted over /etc/hosts"
launcher="unshare -m $scratch/bin/own-hosts"
access="--allow friend.test"
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0 \
	DISTCC_BACKOFF_PERIOD=0
echo 'int x;' >x.c
run distcc "$CC" -c x.c
[ "$rc" != 0 ] || fail "127.0.0.1 is not friend.test"
await_logged one 1 'denied by access list'

echo "127.0.0.1 friend.test" >"$scratch/hosts"
kill -HUP "$daemon_pid"
await_logged one 1 'read the configuration again'
run distcc "$CC" -c x.c
expect_rc 0

echo "127.0.0.1 nobody.test" >"$scratch/hosts"
kill -HUP "$daemon_pid"
await_logged one 1 'stays as it was'
expect_text "--allow 'friend.test'" "$scratch/one.log"
run distcc "$CC" -c x.c
expect_rc 0
