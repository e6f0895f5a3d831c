/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_LISTING_H
#define SCAN_LISTING_H

#include "compiler/cmdline.h"

struct buf;
struct dialect;
struct lang;

/*
 * What compilers print about where they look (-v), and what they read (-M).
 */

/*
 * Appends to answer what of that text counts, a line for each directory:
 * "own DIR", "absent DIR", "double DIR", and at last "end". Nothing if the
 * text is not understood, or tells of options that come from elsewhere.
 */
void listing_shorten(const char *text, struct buf *answer);

/*
 * Appends the line "preinclude" if a compiler whose dependencies for /dev/null
 * are text reads stdc-predef.h first. Returns 0, or ERR_MISSING if it reads
 * other files as well.
 */
int listing_add_dependencies(const char *text, struct buf *answer);

/* Sets dialect's directories by those lines. Returns 0 or ERR_MISSING. */
int listing_take(const char *answer, struct dialect *dialect);

/*
 * Sets how dialect's sources are to be read, by what is predefined for a
 * language.
 */
void listing_take_macros(const char *macros, enum family family,
			 const struct lang *lang, struct dialect *dialect);

#endif
