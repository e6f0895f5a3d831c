# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs a program with all signals at their defaults.

usage: fresh.py PROGRAM [ARG...]

A shell starts what runs in its background with SIGINT ignored, and a program
cannot tell that from a user's wish.
"""

import os
import signal
import sys

for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM,
               signal.SIGPIPE):
    signal.signal(number, signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])
