/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_MASK_H
#define BASE_MASK_H

/*
 * Replaces, byte by byte, what a terminal may obey by '?', in text of which
 * nobody knows who wrote it: control characters, ASCII's and those that
 * Unicode has beyond (U+0080 to U+009F, as UTF-8 or as single bytes), and marks
 * that turn the direction of text. What else is UTF-8 stays.
 */
void mask_controls(char *text);

#endif
