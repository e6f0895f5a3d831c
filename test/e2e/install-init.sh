#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What starts distccd is installed where configure was told so, and only then;
# what an administrator has changed stays; uninstall removes the rest.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
[ ! -e "$top_srcdir/config.status" ] || skip "the sources are configured"
"$top_srcdir/configure" --help >"$scratch/help" 2>&1 || skip "no configure"
export CONFIG_SITE=/dev/null
root=$scratch/root

# configure_init WORD...: in a directory of its own.
configure_init() {
	rm -rf "$scratch/build"
	mkdir "$scratch/build"
	cd "$scratch/build" || exit 99
	run sh "$top_srcdir/configure" --quiet \
		--cache-file="$scratch/config.cache" CC="$CC" "$@"
	expect_rc 0
}

install_init() {
	run make install-data DESTDIR="$root"
	expect_rc 0
}

installed() {
	(cd "$root" && find . ! -type d ! -path './usr*/share/*' | sort) \
		>"$scratch/installed"
}

configure_init --prefix=/usr --sysconfdir=/etc
install_init
installed
expect_empty "$scratch/installed"
expect_file "$root/usr/share/doc/distcc/examples/distccd.conf"
rm -rf "$root"

configure_init --prefix=/usr --sysconfdir=/etc --localstatedir=/var \
	--with-systemd --with-sysvinit=/etc/rc.d/init.d --with-logrotate \
	--with-xinetd --with-config
install_init
installed
cat >"$scratch/expected" <<EOF
./etc/default/distccd
./etc/distcc/distccd.conf
./etc/logrotate.d/distccd
./etc/rc.d/init.d/distccd
./etc/xinetd.d/distccd
./usr/lib/systemd/system/distccd.service
./usr/lib/systemd/system/distccd.socket
./usr/lib/sysusers.d/distcc.conf
EOF
expect_same "$scratch/expected" "$scratch/installed"
[ -x "$root/etc/rc.d/init.d/distccd" ] || fail "the script cannot be run"
expect_text '^ExecStart=/usr/bin/distccd' \
	"$root/usr/lib/systemd/system/distccd.service"
expect_text '/etc/rc.d/init.d/distccd reload' "$root/etc/logrotate.d/distccd"
while read -r file; do
	expect_no_text '@[a-z]*@' "$root/$file"
done <"$scratch/expected"

echo 'jobs 3' >"$root/etc/distcc/distccd.conf"
install_init
expect_text 'stays as it is' "$scratch/out"
expect_text '^jobs 3$' "$root/etc/distcc/distccd.conf"
# The programs, which were not installed, are not to be missed.
mkdir -p "$root/usr/bin" "$root/usr/sbin"
run make uninstall DESTDIR="$root"
expect_rc 0
installed
echo ./etc/distcc/distccd.conf >"$scratch/expected"
expect_same "$scratch/expected" "$scratch/installed"
