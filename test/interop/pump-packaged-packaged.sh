#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Pump mode. Client: packaged. Daemon: packaged.
client=packaged
server=packaged
# shellcheck source=pump-pairing.sh
. "${0%/*}/pump-pairing.sh"
