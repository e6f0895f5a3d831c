#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Client: packaged. Daemon: ours.
client=packaged
server=ours
# shellcheck source=pairing.sh
. "${0%/*}/pairing.sh"
