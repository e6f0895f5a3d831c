#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A compiler that crashes on the server, or here too.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

write_script "$scratch/bin/crashcc" <<EOF
#!/bin/sh
case " \$* " in
*" -E "*) exec $CC "\$@" ;;
esac
[ -e "$scratch/well" ] && [ "\$(id -u)" = "$(id -u)" ] &&
	[ -z "\${PWD##"$scratch/work"*}" ] && exec $CC "\$@"
kill -SEGV \$\$
EOF
echo "$scratch/bin/crashcc" >"$scratch/list"
export DISTCC_CMDLIST="$scratch/list"
PATH=$scratch/bin:$PATH
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_BACKOFF_PERIOD=0

echo 'int x;' >x.c
"$CC" -c x.c -o local.o
# It crashes only there: the job is done here.
: >"$scratch/well"
DISTCC_BACKOFF_PERIOD=60 run distcc crashcc -c x.c -o remote.o
expect_rc 0
expect_same local.o remote.o
expect_text 'failed to distribute' "$scratch/err"
rm -rf "$DISTCC_DIR/lock"
# It crashes everywhere: so does the client.
rm "$scratch/well"
DISTCC_BACKOFF_PERIOD=60 run distcc crashcc -c x.c -o remote2.o
expect_rc 139
expect_no_file remote2.o
