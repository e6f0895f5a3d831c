#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# DISTCC_SKIP_LOCAL_RETRY: an error of the remote compiler is final.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

mkdir "$scratch/marks"
chmod 1777 "$scratch/marks"
write_script "$scratch/bin/markcc" <<EOF
#!/bin/sh
case " \$* " in
*" -E "*) ;;
*) mktemp "$scratch/marks/XXXXXX" >/dev/null ;;
esac
exec $CC "\$@"
EOF
echo "$scratch/bin/markcc" >"$scratch/list"
PATH=$scratch/bin:$PATH
export DISTCC_CMDLIST="$scratch/list"
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_SKIP_LOCAL_RETRY=1

echo 'int f(void) { return missing; }' >error.c
run distcc markcc -c error.c
expect_rc 1
expect_text missing "$scratch/err"
expect_no_file error.o
[ "$(find "$scratch/marks" -type f | wc -l)" = 1 ] ||
	fail "the compiler did not run exactly once"
