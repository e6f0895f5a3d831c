#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Client: ours. Daemon: packaged.
client=ours
server=packaged
# shellcheck source=pairing.sh
. "${0%/*}/pairing.sh"
