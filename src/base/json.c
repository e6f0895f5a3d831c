/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/json.h"

#include <inttypes.h>
#include <math.h>
#include <stddef.h>

#include "base/utf8.h"

#define REPLACEMENT "\xef\xbf\xbd"	/* U+FFFD */

void
json_init(struct json *json, struct buf *out)
{
	json->out = out;
	json->has_more = 0;
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
	size_t len, start, before;

	buf_add_char(out, '"');
	start = out->len;
	for (; *value != '\0'; value += len) {
		before = out->len;
		len = utf8_length(value);
		if (len == 1) {
			add_char(out, (unsigned char)*value);
		} else if (len > 1) {
			buf_add(out, value, len);
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
