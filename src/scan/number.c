/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/number.h"

#include <string.h>

#include "scan/chars.h"

static int
digit_value(char c)
{
	if (chars_is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

/* Finds the base, and how long its prefix is. */
static unsigned
base_of(const char *text, size_t len, size_t *prefix)
{
	*prefix = 0;
	if (len < 2 || text[0] != '0')
		return 10;
	*prefix = 2;
	if (text[1] == 'x' || text[1] == 'X')
		return 16;
	if (text[1] == 'b' || text[1] == 'B')
		return 2;
	*prefix = 1;
	return 8;
}

/* u, l, ll, in any order that C has. Returns 0 for anything else. */
static int
read_suffix(const char *text, size_t len, int *is_unsigned)
{
	static const char *const suffixes[] = {
		"", "l", "L", "ll", "LL", "u", "U", "ul", "uL", "Ul", "UL",
		"lu", "lU", "Lu", "LU", "ull", "uLL", "Ull", "ULL", "llu",
		"llU", "LLu", "LLU"
	};
	size_t i;

	for (i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		if (strlen(suffixes[i]) != len ||
		    memcmp(suffixes[i], text, len) != 0)
			continue;
		*is_unsigned = strpbrk(suffixes[i], "uU") != NULL;
		return 1;
	}
	return 0;
}

int
number_read(struct number *number, const char *text, size_t len)
{
	size_t i, start;
	unsigned base = base_of(text, len, &start);
	uint64_t bits = 0;
	int digit, is_empty = base == 16 || base == 2;

	for (i = start; i < len; i++) {
		if (text[i] == '\'')
			continue;
		digit = digit_value(text[i]);
		if (digit >= (int)base)
			break;
		if (bits > (UINT64_MAX - (unsigned)digit) / base)
			return 0;
		bits = bits * base + (unsigned)digit;
		is_empty = 0;
	}
	if (is_empty || !read_suffix(text + i, len - i, &number->is_unsigned))
		return 0;
	/* Decimals get a warning for it, and are unsigned all the same. */
	if (bits > INT64_MAX)
		number->is_unsigned = 1;
	number->bits = bits;
	return 1;
}

/* Up to three octal digits, of which there is one. */
static int
read_octal(const char **at, const char *end, uint64_t *value)
{
	int i;

	*value = 0;
	for (i = 0; i < 3 && *at < end && **at >= '0' && **at <= '7'; i++)
		*value = *value * 8 + (uint64_t)(*(*at)++ - '0');
	return 1;
}

static int
read_hex(const char **at, const char *end, uint64_t *value)
{
	const char *start = *at;

	*value = 0;
	while (*at < end && digit_value(**at) < 16 && *at - start < 8)
		*value = *value * 16 + (uint64_t)digit_value(*(*at)++);
	return *at > start;
}

/* What follows a backslash. */
static int
read_escape(const char **at, const char *end, uint64_t *value)
{
	static const char names[] = "ntabfrve\\'\"?";
	static const char values[] = "\n\t\a\b\f\r\v\033\\'\"?";
	const char *name;

	if (*at == end)
		return 0;
	if (**at >= '0' && **at <= '7')
		return read_octal(at, end, value);
	if (**at == 'x') {
		(*at)++;
		return read_hex(at, end, value);
	}
	name = strchr(names, **at);
	if (name == NULL || **at == '\0')
		return 0;
	*value = (unsigned char)values[name - names];
	(*at)++;
	return 1;
}

/* One character of the constant. */
static int
read_one(const char **at, const char *end, uint64_t *value)
{
	if ((unsigned char)**at >= 0x80)
		return 0;
	if (**at == '\\') {
		(*at)++;
		return read_escape(at, end, value);
	}
	*value = (unsigned char)*(*at)++;
	return 1;
}

/* Several characters are an int, whatever char is. */
static int
read_plain(struct number *number, const char *at, const char *end,
	   const struct number_chars *chars)
{
	uint64_t value, bits = 0;
	int count;

	for (count = 0; at < end; count++) {
		if (!read_one(&at, end, &value) || value > 0xff)
			return 0;
		bits = bits << 8 | value;
	}
	/* Whether several have a sign where one has none is not agreed. */
	if (count == 0 || count > 4 || (count > 1 && chars->is_char_unsigned))
		return 0;
	number->is_unsigned = count == 1 && chars->is_char_unsigned;
	if (count > 1)
		bits = (uint64_t)(int64_t)(int32_t)(uint32_t)bits;
	else if (!chars->is_char_unsigned)
		bits = (uint64_t)(int64_t)(int8_t)(uint8_t)bits;
	number->bits = bits;
	return 1;
}

/* Wide ones have one character, which must be within the plainest of sets. */
static int
read_wide(struct number *number, const char *at, const char *end,
	  int is_unsigned)
{
	if (at == end || !read_one(&at, end, &number->bits) || at != end)
		return 0;
	number->is_unsigned = is_unsigned;
	return number->bits < 0x80;
}

int
number_read_char(struct number *number, const char *text, size_t len,
		 const struct number_chars *chars)
{
	const char *end = text + len - 1;

	if (len < 3)
		return 0;
	switch (*text) {
	case '\'':
		return read_plain(number, text + 1, end, chars);
	case 'L':
		return read_wide(number, text + 2, end,
				 chars->is_wchar_unsigned);
	case 'u':
	case 'U':
		/* not u8, whose sign depends on the standard */
		return text[1] == '\'' && read_wide(number, text + 2, end, 1);
	default:
		return 0;
	}
}
