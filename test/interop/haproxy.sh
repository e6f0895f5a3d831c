#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Jobs come through HAProxy, and the log has the clients' addresses and not
# HAProxy's, by both versions of the PROXY protocol; its health checks succeed.
# shellcheck source=../e2e/lib.sh
. "${0%/*}/../e2e/lib.sh"

ours_only
haproxy=$(command -v haproxy) || skip "no haproxy"
# The clients' address may connect, HAProxy's own may not.
access="--allow 127.0.0.7"
start_daemon one --proxy-from 127.0.0.1
back=$port

cat >"$scratch/client.py" <<'END'
import socket, sys
sys.path.insert(0, sys.argv[1])
import peer
with socket.create_connection(("127.0.0.1", int(sys.argv[2])), 60,
                              (sys.argv[3], 0)) as sock:
    sock.sendall(peer.request(1, ["gcc", "-c", "x.c", "-o", "x.o"],
                              b"int x;\n"))
    answer = b""
    try:
        answer = peer.read_all(sock)
    except ConnectionResetError:
        pass
    if answer:
        sys.exit(peer.parse_reply(answer).status)
    sys.exit("no answer")
END

# start_haproxy WORD: WORD makes it send headers; sets port.
start_haproxy() {
	cat >"$scratch/haproxy.cfg" <<-END
	global
		stats socket $scratch/haproxy.sock mode 600
	defaults
		mode tcp
		timeout connect 10s
		timeout client 1m
		timeout server 1m
	frontend distcc
		bind fd@3
		default_backend farm
	backend farm
		server one 127.0.0.1:$back $1 check inter 200ms
	END
	rm -f "$scratch/haproxy.port"
	"$PYTHON" "$top_srcdir/test/lib/listen.py" "$scratch/haproxy.port" \
		"$haproxy" -db -f "$scratch/haproxy.cfg" \
		>"$scratch/haproxy.out" 2>&1 &
	echo $! >"$scratch/haproxy.pid"
	daemons="$daemons haproxy"
	await 20 test -s "$scratch/haproxy.port"
	port=$(cat "$scratch/haproxy.port")
}

# Whether HAProxy has found the daemon well, by a check and not by guess.
is_checked() {
	"$PYTHON" - "$scratch/haproxy.sock" <<-'END' 2>/dev/null
	import socket, sys
	s = socket.socket(socket.AF_UNIX)
	s.connect(sys.argv[1])
	s.sendall(b"show stat\n")
	rows = [row.split(",") for row in s.makefile().read().splitlines()]
	names = rows[0]
	good = [row for row in rows if "one" in row[1:2] and
	        row[names.index("check_status")] == "L4OK" and
	        row[names.index("status")] == "UP"]
	sys.exit(not good)
	END
}

export DISTCC_FALLBACK=0
echo 'int x;' >x.c
count=0
for word in send-proxy send-proxy-v2; do
	start_haproxy $word
	await 20 is_checked
	run "$PYTHON" "$scratch/client.py" "$top_srcdir/test/wire" "$port" \
		127.0.0.7
	expect_rc 0
	count=$((count + 1))
	await_logged one $count "client: 127\.0\.0\.7:[0-9]* COMPILE_OK"
	run "$PYTHON" "$scratch/client.py" "$top_srcdir/test/wire" "$port" \
		127.0.0.8
	expect_rc 1
	await_logged one $count "127\.0\.0\.8:.*denied"
	await 20 is_checked
	stop_daemon haproxy
done
expect_no_text REJ_BAD_REQ "$scratch/one.log"

# distcc itself, whose address is this machine's.
# shellcheck disable=SC2034
access="--allow 127.0.0.1"
start_daemon two --proxy-from 127.0.0.1
back=$port
start_haproxy send-proxy-v2
rm -f x.o
DISTCC_HOSTS=127.0.0.1:$port run distcc "$CC" -c x.c
expect_rc 0
expect_file x.o
await_logged two 1 "client: 127\.0\.0\.1:[0-9]* COMPILE_OK"
