#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Client: packaged. Daemon: packaged.
client=packaged
server=packaged
# shellcheck source=pairing.sh
. "${0%/*}/pairing.sh"
