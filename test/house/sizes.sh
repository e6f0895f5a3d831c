#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# No source file is longer than 500 lines, no line longer than 80 columns, no
# function longer than 60 lines; and each file names its licence.
set -u
cd "${top_srcdir:-.}" || exit 99
files=$(find src test -name '*.[ch]' | sort)
[ -n "$files" ] || exit 99

complaints=$(
	for file in $files; do
		grep -q SPDX-License-Identifier "$file" ||
			echo "$file: no SPDX line"
		expand "$file" | awk -v file="$file" '
			length($0) > 80 && $0 !~ /"/ {
				printf "%s:%d: %d columns\n", file, NR, length($0)
			}
			/^{/ { start = NR }
			/^}/ {
				if (start && NR - start > 61)
					printf "%s:%d: a function of %d lines\n",
						file, start, NR - start - 1
				start = 0
			}
			END {
				if (NR > 500)
					printf "%s: %d lines\n", file, NR
			}'
	done
)
[ -z "$complaints" ] && exit 0
echo "$complaints"
exit 1
