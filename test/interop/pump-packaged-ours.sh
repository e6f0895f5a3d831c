#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Pump mode. Client: packaged. Daemon: ours.
client=packaged
server=ours
# shellcheck source=pump-pairing.sh
. "${0%/*}/pump-pairing.sh"
