# shellcheck shell=sh
# shellcheck disable=SC2154  # shared with lib.sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What starts distccd, made as init/local.mk makes it, but for this test's
# directory. Part of those tests that source it, after lib.sh.

# make_init FILE TARGET: TARGET becomes init/FILE, with root as its system.
root=$scratch/root
make_init() {
	mkdir -p "${2%/*}"
	sed -e "s|@bindir@|${DISTCCD%/*}|g" \
		-e "s|@docdir@|$root/usr/share/doc/distcc|g" \
		-e "s|@sysconfdir@|$root/etc|g" \
		-e "s|@localstatedir@|$root/var|g" \
		-e "s|@initdir@|$root/etc/init.d|g" \
		"$top_srcdir/init/$1" >"$2"
	expect_no_text '@[a-z]*@' "$2"
}

# make_sysv [OPTION...]: sets sysv to the script for init, defaults to its file
# of defaults, and port to one for the daemon, which is given the options too. more_defaults,
# if set, is a line for the defaults.
make_sysv() {
	port=$("$PYTHON" "$top_srcdir/test/lib/freeport.py")
	sysv=$root/etc/init.d/distccd
	make_init sysv/distccd.in "$sysv"
	chmod 755 "$sysv"
	defaults=$root/etc/default/distccd
	mkdir -p "${defaults%/*}"
	account=
	[ "$(id -u)" != 0 ] || account=nobody
	cat >"$defaults" <<-END
	PIDFILE="$root/run/distccd.pid"
	ACCOUNT="$account"
	TMPDIR="$scratch/spool"
	ALLOWEDNETS="127.0.0.1"
	DISTCCD_OPTIONS="--listen 127.0.0.1 --port $port $*"
	${more_defaults-}
	END
}

# start_sysv [OPTION...]: that, and starts it.
start_sysv() {
	for attempt in 1 2 3 4 5; do
		make_sysv "$@"
		run sh "$sysv" start
		[ "$rc" != 1 ] && break
		say "attempt $attempt: port $port was taken meanwhile"
	done
	expect_rc 0
}
