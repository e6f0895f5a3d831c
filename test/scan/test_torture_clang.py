# SPDX-License-Identifier: GPL-2.0-or-later
"""What clang opens is what the scanner says."""

import torture

torture.main("clang")
