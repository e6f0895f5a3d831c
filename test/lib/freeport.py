# SPDX-License-Identifier: GPL-2.0-or-later
"""Ports, for programs that cannot take over a socket.

usage: freeport.py         prints a port that was free a moment ago
       freeport.py PORT    succeeds if something listens on 127.0.0.1:PORT
"""

import socket
import sys

with socket.socket() as s:
    if len(sys.argv) > 1:
        sys.exit(s.connect_ex(("127.0.0.1", int(sys.argv[1]))) != 0)
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])
