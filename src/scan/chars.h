/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_CHARS_H
#define SCAN_CHARS_H

/* What bytes are to a lexer, whatever the locale says. */

static inline int
chars_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline int
chars_is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static inline int
chars_is_name(char c)
{
	return chars_is_name_start(c) || chars_is_digit(c);
}

/* What is part of a name in some modes, or in some compilers. */
static inline int
chars_is_odd_name(char c)
{
	return (unsigned char)c >= 0x80 || c == '$';
}

static inline int
chars_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

#endif
