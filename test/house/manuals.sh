#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# All manual pages are clean under mandoc.
set -u
cd "${top_srcdir:-.}" || exit 99
if ! command -v mandoc >/dev/null; then
	echo "skipped: no mandoc"
	exit 77
fi
[ -n "$(ls man/*.[1-9])" ] || exit 99
# Which other manuals are installed here is not our manuals' matter.
! mandoc -Tlint -Wstyle man/*.[1-9] 2>/dev/null |
	grep -v 'referenced manual not found'
