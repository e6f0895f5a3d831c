# shellcheck shell=sh
# shellcheck disable=SC2034  # DISTCC and DISTCCD are lib.sh's
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Which programs are under test: client and server are each "ours" or
# "packaged". To be sourced before lib.sh.

find_packaged() {
	for candidate in "$2" "/usr/bin/$1" "/usr/sbin/$1" "/usr/local/bin/$1"; do
		case $("$candidate" --version 2>/dev/null) in
		"$1 3."*)
			echo "$candidate"
			return
			;;
		esac
	done
	echo "skipped: there is no packaged $1" >&2
	return 1
}

: "${client:?}" "${server:?}"
if [ "$client" = packaged ]; then
	DISTCC=$(find_packaged distcc "${PACKAGED_DISTCC-}") || exit 77
fi
if [ "$server" = packaged ]; then
	DISTCCD=$(find_packaged distccd "${PACKAGED_DISTCCD-}") || exit 77
fi
