# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # shared with lib.sh and the tests
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Daemons under test, and compilers that wait. Part of lib.sh.

daemons=

# start_daemon NAME [OPTION...]: sets port and daemon_pid. Its log is
# $scratch/NAME.log. $access says who may connect by IPv4; it is empty where
# a file of options says who may connect at all. $launcher, if set, is put
# before its command.
access="--allow 127.0.0.1"
launcher=
start_daemon() {
	daemon_name=$1
	shift
	if [ "$(id -u)" = 0 ]; then
		set -- --user nobody "$@"
	fi
	is_foreign "$DISTCCD" || set -- --config "$no_options" "$@"
	# shellcheck disable=SC2086  # words on purpose
	set -- "$DISTCCD" --no-detach --daemon $access --log-file \
		"$scratch/spool.$daemon_name/log" --log-level info "$@"
	mkdir "$scratch/spool.$daemon_name"
	chmod 1777 "$scratch/spool.$daemon_name"
	ln -s "spool.$daemon_name/log" "$scratch/$daemon_name.log"
	if is_foreign "$DISTCCD"; then
		start_foreign_daemon "$@"
	else
		start_own_daemon "$@"
	fi
	daemons="$daemons $daemon_name"
	echo "$daemon_pid" >"$scratch/$daemon_name.pid"
	say "daemon $daemon_name: pid $daemon_pid, port $port"
}

start_own_daemon() {
	extra=${access:+--allow ::1}
	# shellcheck disable=SC2086  # words on purpose
	TMPDIR=$scratch/spool "$PYTHON" "$top_srcdir/test/lib/listen.py" \
		"$scratch/$daemon_name.port" $launcher "$@" $extra \
		>"$scratch/$daemon_name.out" 2>&1 &
	daemon_pid=$!
	await 20 test -s "$scratch/$daemon_name.port"
	port=$(cat "$scratch/$daemon_name.port")
}

start_foreign_daemon() {
	for attempt in 1 2 3 4 5; do
		port=$("$PYTHON" "$top_srcdir/test/lib/freeport.py")
		# shellcheck disable=SC2086  # words on purpose
		TMPDIR=$scratch/spool $launcher "$@" --listen 127.0.0.1 \
			--port "$port" \
			>"$scratch/$daemon_name.out" 2>&1 &
		daemon_pid=$!
		until "$PYTHON" "$top_srcdir/test/lib/freeport.py" "$port"; do
			kill -0 "$daemon_pid" 2>/dev/null || break
		done
		kill -0 "$daemon_pid" 2>/dev/null && return
		say "attempt $attempt: port $port was taken meanwhile"
	done
	fail "no port for a foreign daemon"
}

# stop_daemon NAME: ends it as an administrator would; sets rc.
stop_daemon() {
	daemon_pid=$(cat "$scratch/$1.pid")
	kill -TERM "$daemon_pid" 2>/dev/null
	if ! poll 15 process_is_gone "$daemon_pid"; then
		kill -KILL "$daemon_pid"
		fail "daemon $1 did not end on SIGTERM"
	fi
	wait "$daemon_pid"
	rc=$?
	forget_daemon "$1"
}

forget_daemon() {
	daemons=$(printf '%s ' "$daemons" | sed "s/ $1 / /")
}

# A zombie that only this shell can reap counts as gone.
process_is_gone() {
	state=$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null) || return 0
	case $state in
	Z* | '') return 0 ;;
	*) return 1 ;;
	esac
}

# logged NAME TEXT: how many lines of the daemon's log have TEXT.
logged() {
	grep -c -e "$2" "$scratch/$1.log" 2>/dev/null || :
}

# await_logged NAME N TEXT: waits until N lines of the log have TEXT.
log_has() {
	[ "$(logged "$1" "$3")" -ge "$2" ]
}
await_logged() {
	await 20 log_has "$@"
}

# Whether no job has a file on the daemons' side. A daemon's own directory,
# with a lock in it by which the next one knows whether it lives, may stay.
no_job_files() {
	[ -z "$(find "$scratch/spool" -mindepth 2 ! -name lock -print -quit)" ]
}

# write_slow_compiler: makes slowcc, which daemons started afterwards may run.
# While $scratch/slow exists it waits instead of compiling, deaf to SIGTERM,
# with a child of its own; but here, in the client's directory, it compiles.
write_slow_compiler() {
	: >"$scratch/slow"
	write_script "$scratch/bin/slowcc" <<-EOF
	#!/bin/sh
	case " \$* " in
	*" -E "*) exec $CC "\$@" ;;
	esac
	case \$(pwd) in
	$scratch/work*) exec $CC "\$@" ;;
	esac
	[ -e $scratch/slow ] || exec $CC "\$@"
	trap '' TERM
	(while [ -e $scratch/slow ]; do sleep 0.1; done)
	exec $CC "\$@"
	EOF
	echo "$scratch/bin/slowcc" >"$scratch/list"
	DISTCC_CMDLIST=$scratch/list
	PATH=$scratch/bin:$PATH
	export DISTCC_CMDLIST
}

# slow_compilers_are N: whether so many compiles of slowcc are waiting; each
# is two processes.
slow_compilers_are() {
	[ "$(cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n' |
		grep -c "^$scratch/bin/slowcc$")" = $(($1 * 2)) ]
}
