/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_NUMBER_H
#define SCAN_NUMBER_H

#include <stddef.h>
#include <stdint.h>

/* An operand of #if: intmax_t, or uintmax_t if is_unsigned. */
struct number {
	uint64_t bits;
	int is_unsigned;
};

/* An integer with its suffix. Returns 0 if it is none, or too large. */
int number_read(struct number *number, const char *text, size_t len);

/* What the target's compiler says of its characters. */
struct number_chars {
	int is_char_unsigned;
	int is_wchar_unsigned;
};

/* A character constant with its prefix. Returns 0 if compilers differ. */
int number_read_char(struct number *number, const char *text, size_t len,
		     const struct number_chars *chars);

#endif
