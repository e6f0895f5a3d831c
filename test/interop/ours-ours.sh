#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Client: ours. Daemon: ours.
client=ours
server=ours
# shellcheck source=pairing.sh
. "${0%/*}/pairing.sh"
