#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What keeps the daemon from starting is named, with its exit code.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start() {
	run timeout 20 "$DISTCCD" --no-detach --daemon \
		--config "$no_options" "$@"
}

start --listen 127.0.0.1 --port 0
expect_rc 101
expect_text port "$scratch/err"
start --allow 127.0.0.1 --listen 127.0.0.1 --port 65536
expect_rc 101
expect_text 65536 "$scratch/err"
start --allow 127.0.0.1 --no-such-option
expect_rc 101
expect_text no-such-option "$scratch/err"
for mask in 127.0.0.1/33 ::1/129 127.0.0.1/x 1.2.3.4/-1 127.0.0.1/8x \
	not..a..name; do
	start --allow "$mask"
	expect_rc 101
	expect_text "$mask" "$scratch/err"
done
start --allow 127.0.0.1 --jobs 0
expect_rc 101
start --allow 127.0.0.1 --jobs many
expect_rc 101
expect_text "--jobs 'many' is not a number between 1 and 10000" "$scratch/err"
start --allow 127.0.0.1 --log-format xml
expect_rc 101
expect_text xml "$scratch/err"

# Without a rule who may connect, there is no service.
start --listen 127.0.0.1 --port 3999
expect_rc 101
expect_text allow "$scratch/err"

# What is accepted and has no effect is said.
start --zeroconf --log-level loud --job-lifetime -3
expect_rc 101
expect_text 'Warning: .*--zeroconf' "$scratch/err"
expect_text 'Warning: .*loud' "$scratch/err"
expect_text 'nobody may connect' "$scratch/err"
expect_no_text job-lifetime "$scratch/err"

# Where to look is not a log that could not be written.
start --allow 127.0.0.1 --listen 192.0.2.1 --log-file "$scratch/no/log"
expect_rc 102
expect_text "cannot log to $scratch/no/log" "$scratch/err"
expect_text "cannot start; the system's log says why" "$scratch/err"
