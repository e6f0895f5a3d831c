# SPDX-License-Identifier: GPL-2.0-or-later
"""Starts the packaged include server with what replaces its C extension.

usage: start.py DIRECTORY-OF-INCLUDE-SERVER OPTION...
"""

import os
import runpy
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import distcc_pump_c_extensions  # noqa: E402,F401 pylint: disable=all

directory = sys.argv[1]
sys.path.insert(0, directory)
sys.argv = [os.path.join(directory, "include_server.py")] + sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
