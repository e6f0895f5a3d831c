#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The line for inetd.conf, as it comes with distccd, serves jobs.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=init.sh
. "$top_srcdir/test/e2e/init.sh"

ours_only
inetd=$(command -v inetd) || skip "no inetd"
"$inetd" --help 2>&1 | grep -q 'usage: inetd \[-d[a-zA-Z]*i' ||
	skip "not OpenBSD's inetd"
[ "$(id -u)" = 0 ] || skip "only root's inetd changes the account"
make_init inetd.conf.in "$scratch/line"
port=$("$PYTHON" "$top_srcdir/test/lib/freeport.py")

# A port in place of the service's name, which this system may not know, and
# an account that it does know.
sed -e "s/^distcc	/127.0.0.1:$port	/" -e 's/	distccd	/	nobody	/' \
	-e "s|--inetd|--inetd --log-file $scratch/inetd.log|" \
	"$scratch/line" >"$scratch/inetd.conf"
: >"$scratch/inetd.log"
chmod 666 "$scratch/inetd.log"
TMPDIR=$scratch/spool "$inetd" -i "$scratch/inetd.conf" \
	>"$scratch/inetd.out" 2>&1 &
echo $! >"$scratch/inetd.pid"
daemons="$daemons inetd"
await 20 "$PYTHON" "$top_srcdir/test/lib/freeport.py" "$port"

export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0
echo 'int x;' >x.c
for name in 1 2 3; do
	run distcc "$CC" -c x.c -o $name.o
	expect_rc 0
	expect_file $name.o
done
stop_daemon inetd
