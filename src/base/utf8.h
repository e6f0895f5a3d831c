/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>

/*
 * The length of the UTF-8 sequence (RFC 3629) that the string s, which is not
 * empty, begins with, or 0 if it begins with none.
 */
size_t utf8_length(const char *s);

#endif
