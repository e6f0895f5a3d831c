/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/token.h"

#include <string.h>

#include "base/err.h"

#define NAME_SIZE 4

void
token_encode(char out[static TOKEN_SIZE], const char *name, uint32_t value)
{
	static const char digits[] = "0123456789abcdef";
	int i;

	memcpy(out, name, NAME_SIZE);
	for (i = TOKEN_SIZE - 1; i >= NAME_SIZE; i--) {
		out[i] = digits[value & 0xf];
		value >>= 4;
	}
}

static int
digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

int
token_decode(const char in[static TOKEN_SIZE], const char *name,
	     uint32_t *value)
{
	uint32_t sum = 0;
	int i, digit;

	if (memcmp(in, name, NAME_SIZE) != 0)
		return ERR_PROTO;
	for (i = NAME_SIZE; i < TOKEN_SIZE; i++) {
		digit = digit_value(in[i]);
		if (digit < 0)
			return ERR_PROTO;
		sum = sum << 4 | (uint32_t)digit;
	}
	*value = sum;
	return 0;
}
