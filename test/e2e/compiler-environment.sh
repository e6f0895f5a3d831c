#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A compiler on the server sees nothing of the daemon but a PATH: not its
# environment, not the files that it or its starter has open, not its user.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
mkdir "$scratch/seen"
chmod 1777 "$scratch/seen"
write_script "$scratch/bin/seecc" <<EOF
#!/bin/sh
case " \$* " in
*" -E "* | *" /dev/null "*) exec $CC "\$@" ;;
esac
cat /proc/\$\$/environ | tr '\\0' '\\n' >$scratch/seen/environment
(exec ls -l /proc/\$\$/fd >$scratch/seen/list)
sed -n 's/.* \\([0-9]*\\) -> /\\1 /p' $scratch/seen/list >$scratch/seen/fds
id -u >$scratch/seen/uid
pwd >$scratch/seen/pwd
exec $CC "\$@"
EOF
echo "$scratch/bin/seecc" >"$scratch/list"
PATH=$scratch/bin:$PATH
export SECRET_TOKEN=hunter2 DISTCC_CMDLIST="$scratch/list"
# The daemon was started with a file open that is none of its business.
echo private >"$scratch/private"
exec 7<"$scratch/private"
start_daemon one
exec 7<&-
unset SECRET_TOKEN
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0
echo 'int x;' >x.c
run distcc seecc -c x.c
expect_rc 0
expect_no_text hunter2 "$scratch/seen/environment"
expect_no_text LISTEN_ "$scratch/seen/environment"
expect_no_text "HOME=$HOME" "$scratch/seen/environment"
expect_text '^PATH=' "$scratch/seen/environment"
# A shell holds its script open, and what it redirects.
grep -v -e '^[012] ' -e seecc -e "^1[0-9] $scratch/seen/" \
	"$scratch/seen/fds" >"$scratch/more"
expect_empty "$scratch/more"
if [ "$(id -u)" = 0 ]; then
	[ "$(cat "$scratch/seen/uid")" != 0 ] || fail "it ran as root"
fi
[ "$(cat "$scratch/seen/pwd")" != "$scratch/work" ] || fail "it ran here"
