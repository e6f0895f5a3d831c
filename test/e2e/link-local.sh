#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Client and server on a link with no addresses but link-local ones: hosts,
# --listen and --allow name the interface, and a rule of another interface
# does not let in.
#
# All of it is in network namespaces: one with the server's interfaces, which
# this script enters first, and one with the client's.
if [ -z "${link_is_private-}" ] && unshare --net true 2>/dev/null; then
	link_is_private=1
	export link_is_private
	exec unshare --net sh "$0"
fi
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
[ -n "${link_is_private-}" ] || skip "no network namespaces for this user"
command -v ip >"$scratch/which" || skip "no ip"

# The client's namespace lives as long as this process in it.
unshare --net sleep 300 &
holder=$!
own=$(readlink /proc/$$/ns/net)
is_apart() {
	[ "$(readlink "/proc/$holder/ns/net")" != "$own" ]
}
await 20 is_apart
client() {
	nsenter --net="/proc/$holder/ns/net" "$@"
}
# Without duplicate address detection the addresses can be used at once, and
# without those that the kernel makes they are the only ones.
add_link() {
	ip link add "$1" type veth peer name "$1c" netns "$holder" &&
		ip link set "$1" addrgenmode none &&
		client ip link set "$1c" addrgenmode none &&
		ip addr add "$2" dev "$1" nodad && ip link set "$1" up &&
		client ip addr add "$3" dev "$1c" nodad &&
		client ip link set "$1c" up
}
if ! add_link good fe80::51/64 fe80::c1/64 2>"$scratch/err" ||
	! add_link other fe80::52/64 fe80::c2/64 2>"$scratch/err"; then
	skip "no pair of interfaces: $(cat "$scratch/err")"
fi
ip link set lo up
client ip link set lo up

# start_linked NAME OPTION...: a daemon that listens by itself, on port.
is_listening() {
	client "$PYTHON" -c "
import socket
socket.create_connection(('fe80::51%goodc', $port), 5)" 2>/dev/null
}
start_linked() {
	name=$1
	shift
	[ "$(id -u)" != 0 ] || set -- --user nobody "$@"
	: >"$scratch/$name.log"
	chmod 666 "$scratch/$name.log"
	# In a new namespace no port is taken.
	TMPDIR=$scratch/spool "$DISTCCD" --no-detach --daemon --port "$port" \
		--log-file "$scratch/$name.log" --log-level info "$@" \
		>"$scratch/$name.out" 2>&1 &
	echo $! >"$scratch/$name.pid"
	daemons="$daemons $name"
	await 20 is_listening
}

export DISTCC_FALLBACK=0 DISTCC_IO_TIMEOUT=20
echo 'int x;' >x.c

# compile HOST RC: one job of the client's.
compile() {
	rm -rf x.o "$DISTCC_DIR/lock"
	DISTCC_HOSTS=$1 run client "$DISTCC" "$CC" -c x.c
	[ "$2" = 0 ] && expect_rc 0 && expect_file x.o && return
	[ "$rc" != 0 ] || fail "$1 served"
}

port=4001
start_linked any --listen '[fe80::51%good]' --listen fe80::52%other \
	--allow fe80::/10%good
compile "[fe80::51%goodc]:$port" 0
await_logged any 1 'client: \[fe80::c1%good\]:[0-9]* COMPILE_OK'
compile "[fe80::52%otherc]:$port" 1
await_logged any 1 'fe80::c2%other.*denied'
stop_daemon any

# Dual stack, all addresses; a rule without an interface is for each.
port=4002
start_linked all --allow fe80::c2 --allow fe80::c1
compile "[fe80::51%goodc]:$port" 0
compile "[fe80::52%otherc]:$port" 0
stop_daemon all

kill "$holder"
wait "$holder" || :
