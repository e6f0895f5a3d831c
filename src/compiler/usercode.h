/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_USERCODE_H
#define COMPILER_USERCODE_H

#include <stddef.h>

/*
 * What in gcc's preprocessed text is the user's own, and not of headers of the
 * system.
 */

/*
 * gcc marks what comes out of a system header's macro, in the middle of the
 * user's code, as a part of that header, so that a compiler of the text is
 * silent there. A compiler of the source is not always: it warns of "int x =
 * NULL;". Blanks these marks. A server may then warn of too much, which a
 * compile here can set right, but not of too little.
 */
void usercode_unmark(char *text, size_t size);

/* Whether a line of the user's own code begins with one of the words. */
int usercode_has(const char *text, size_t size, const char *const *words);

#endif
