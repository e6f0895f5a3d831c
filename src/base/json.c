/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/json.h"

#include <inttypes.h>
#include <math.h>
#include <stddef.h>

#define REPLACEMENT "\xef\xbf\xbd"	/* U+FFFD */

void
json_init(struct json *json, struct buf *out)
{
	json->out = out;
	json->has_more = 0;
}

/*
 * The length of the UTF-8 sequence (RFC 3629) that s begins with, or 0 if it
 * begins with none.
 */
static size_t
sequence_length(const unsigned char *s)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t len, i;

	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	len = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	/* Overlong forms, surrogates, and what is above U+10FFFF. */
	if (s[0] == 0xe0)
		low = 0xa0;
	else if (s[0] == 0xed)
		high = 0x9f;
	else if (s[0] == 0xf0)
		low = 0x90;
	else if (s[0] == 0xf4)
		high = 0x8f;
	for (i = 1; i < len; i++) {
		if (s[i] < low || s[i] > high)
			return 0;
		low = 0x80;
		high = 0xbf;
	}
	return len;
}

static void
add_char(struct buf *out, unsigned char c)
{
	switch (c) {
	case '"':
	case '\\':
		buf_add_char(out, '\\');
		buf_add_char(out, (char)c);
		break;
	case '\n':
		buf_add_str(out, "\\n");
		break;
	case '\t':
		buf_add_str(out, "\\t");
		break;
	default:
		if (c < 0x20 || c == 0x7f)
			buf_addf(out, "\\u%04x", c);
		else
			buf_add_char(out, (char)c);
	}
}

/* At most max bytes stand between the quotes, and no character is torn. */
static void
add_string(struct buf *out, const char *value, size_t max)
{
	const unsigned char *s = (const unsigned char *)value;
	size_t len, start, before;

	buf_add_char(out, '"');
	start = out->len;
	for (; *s != '\0'; s += len) {
		before = out->len;
		len = sequence_length(s);
		if (len == 1) {
			add_char(out, *s);
		} else if (len > 1) {
			buf_add(out, s, len);
		} else {
			buf_add_str(out, REPLACEMENT);
			len = 1;
		}
		if (out->len - start > max) {
			out->len = before;
			break;
		}
	}
	buf_add_char(out, '"');
}

/* What stands before every value. */
static void
begin(struct json *json, const char *key)
{
	if (json->has_more)
		buf_add_char(json->out, ',');
	json->has_more = 1;
	if (key == NULL)
		return;
	add_string(json->out, key, SIZE_MAX);
	buf_add_char(json->out, ':');
}

static void
open_level(struct json *json, const char *key, char bracket)
{
	begin(json, key);
	buf_add_char(json->out, bracket);
	json->has_more = 0;
}

static void
close_level(struct json *json, char bracket)
{
	buf_add_char(json->out, bracket);
	json->has_more = 1;
}

void
json_open_object(struct json *json, const char *key)
{
	open_level(json, key, '{');
}

void
json_close_object(struct json *json)
{
	close_level(json, '}');
}

void
json_open_array(struct json *json, const char *key)
{
	open_level(json, key, '[');
}

void
json_close_array(struct json *json)
{
	close_level(json, ']');
}

void
json_add_str(struct json *json, const char *key, const char *value)
{
	begin(json, key);
	if (value == NULL)
		buf_add_str(json->out, "null");
	else
		add_string(json->out, value, SIZE_MAX);
}

void
json_add_cut_str(struct json *json, const char *key, const char *value,
		 size_t max)
{
	begin(json, key);
	add_string(json->out, value, max);
}

void
json_add_int(struct json *json, const char *key, int64_t value)
{
	begin(json, key);
	buf_addf(json->out, "%" PRId64, value);
}

void
json_add_bool(struct json *json, const char *key, int value)
{
	begin(json, key);
	buf_add_str(json->out, value ? "true" : "false");
}

void
json_add_real(struct json *json, const char *key, double value)
{
	begin(json, key);
	if (isfinite(value))
		buf_addf(json->out, "%.3f", value);
	else
		buf_add_str(json->out, "null");
}
