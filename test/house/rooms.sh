#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Each room of src includes only the rooms that it may look into
# (doc/architecture.txt), and always by the room's name.
set -u
cd "${top_srcdir:-.}/src" || exit 99

allowed() {
	case $1 in
	base) echo base ;;
	wire) echo base wire ;;
	compiler) echo base compiler ;;
	scan) echo base compiler scan ;;
	farm) echo base wire farm ;;
	client) echo base wire compiler farm client ;;
	agent) echo base wire compiler scan farm agent ;;
	daemon) echo base wire compiler daemon ;;
	tools) echo base wire farm tools ;;
	*) echo ;;
	esac
}

complaints=$(
	for room in *; do
		[ -d "$room" ] || continue
		if [ -z "$(allowed "$room")" ]; then
			echo "src/$room: not a room of the house"
			continue
		fi
		for file in "$room"/*.[ch]; do
			[ -e "$file" ] || continue
			sed -n 's/^[ 	]*#[ 	]*include[ 	]*"\([^"]*\)".*/\1/p' \
				"$file" | while read -r header; do
				case " $(allowed "$room") " in
				*" ${header%%/*} "*) ;;
				*)
					echo "src/$file includes $header"
					continue
					;;
				esac
				[ -e "$header" ] || [ ! -d "${header%%/*}" ] ||
					echo "src/$file: no $header"
			done
		done
	done
	# A .c file includes its own header before all others.
	for file in */*.c; do
		[ -e "${file%.c}.h" ] || continue
		first=$(grep -m 1 '^#include' "$file")
		[ "$first" = "#include \"${file%.c}.h\"" ] ||
			echo "src/$file does not include its own header first"
	done
)
[ -z "$complaints" ] && exit 0
echo "$complaints"
exit 1
