/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/mask.h"

#include <string.h>

/* How long the UTF-8 character at text is; 1 if it is none. */
static size_t
length_of(const unsigned char *text)
{
	size_t len, i;

	if (*text < 0xc2 || *text > 0xf4)
		return 1;
	len = *text < 0xe0 ? 2 : *text < 0xf0 ? 3 : 4;
	for (i = 1; i < len; i++) {
		if ((text[i] & 0xc0) != 0x80)
			return 1;
	}
	return len;
}

/* U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069. */
static int
turns_text(const unsigned char *text)
{
	if (text[0] != 0xe2)
		return 0;
	return (text[1] == 0x80 && (text[2] == 0x8e || text[2] == 0x8f ||
				    (text[2] >= 0xaa && text[2] <= 0xae))) ||
	       (text[1] == 0x81 && text[2] >= 0xa6 && text[2] <= 0xa9);
}

static int
is_control(const unsigned char *text, size_t len)
{
	if (len == 1)
		return *text < ' ' || (*text >= 0x7f && *text < 0xa0);
	if (len == 2)
		return text[0] == 0xc2 && text[1] < 0xa0;
	return len == 3 && turns_text(text);
}

void
mask_controls(char *text)
{
	size_t len;

	for (; *text != '\0'; text += len) {
		const unsigned char *bytes = (const unsigned char *)text;

		len = length_of(bytes);
		if (is_control(bytes, len))
			memset(text, '?', len);
	}
}
