#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The log on standard error has the time in each line, unless it goes to
# systemd's journal, which has it anyway.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
stamp='^[0-9-]\{10\}T[0-9:.]\{12\}[-+][0-9:]\{5\} distccd\['

# log JOURNAL_STREAM: what one client that says nothing leaves in the log.
log() {
	TMPDIR=$scratch/spool JOURNAL_STREAM=$1 "$DISTCCD" --inetd \
		--log-stderr </dev/null >/dev/null 2>"$scratch/log"
	expect_text 'distccd\[[0-9]*\] (dcc_job_summary) client: NOTSOCKET ' \
		"$scratch/log"
}

: >"$scratch/log"
device=$(stat -c %d "$scratch/log")
inode=$(stat -c %i "$scratch/log")
log "$device:$inode"
expect_no_text "$stamp" "$scratch/log"
expect_text '^distccd\[' "$scratch/log"
for other in "" "$device:${inode}1" "${device}1:$inode" "$device" \
	"$device:${inode}x" "x"; do
	log "$other"
	expect_text "$stamp" "$scratch/log"
	expect_no_text '^distccd\[' "$scratch/log"
done
