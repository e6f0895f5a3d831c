# SPDX-License-Identifier: GPL-2.0-or-later
"""What gcc opens is what the scanner says."""

import torture

torture.main("gcc")
