#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# An alarm that whoever started a client has set ends it, as it would end the
# compiler: while it waits for a slot, and while the compiler runs.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
mkfifo "$scratch/gate"
write_script "$scratch/bin/gatecc" <<EOF
#!/bin/sh
: >"$scratch/runs"
read -r line <"$scratch/gate"
exec $CC "\$@"
EOF
export DISTCC_HOSTS="--localslots=1"
echo 'int x;' >x.c

# with_alarm COMMAND...: as "alarm 2; exec COMMAND" in perl.
with_alarm() {
	timeout -k 5 60 "$PYTHON" -c 'import os, signal, sys
signal.alarm(2)
os.execv(sys.argv[1], sys.argv[1:])' "$@"
}

# The compiler runs, in the only slot.
"$DISTCC" "$scratch/bin/gatecc" -c x.c -o first.o 2>"$scratch/first.err" &
client=$!
await 20 test -e "$scratch/runs"
run with_alarm "$DISTCC" "$CC" -c x.c -o second.o
expect_rc 142
expect_no_file second.o
echo >"$scratch/gate"
wait $client
expect_file first.o

rm "$scratch/runs"
run with_alarm "$DISTCC" "$scratch/bin/gatecc" -c x.c -o third.o
expect_rc 142
expect_file "$scratch/runs"
expect_no_file third.o
