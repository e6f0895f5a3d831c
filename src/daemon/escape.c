/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/escape.h"

#include <stddef.h>

#include "base/buf.h"
#include "base/mask.h"
#include "base/utf8.h"

#define REPLACEMENT "\xef\xbf\xbd"	/* U+FFFD */

void
escape_clean(char *text)
{
	size_t len;

	mask_controls(text);
	for (; *text != '\0'; text += len) {
		len = utf8_length(text);
		if (len == 0) {
			*text = '?';
			len = 1;
		}
	}
}

/* What stands for c in HTML, or NULL: itself. */
static const char *
html_for(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

static const char *
label_for(char c)
{
	switch (c) {
	case '\\':
		return "\\\\";
	case '"':
		return "\\\"";
	case '\n':
		return "\\n";
	default:
		return NULL;
	}
}

static void
add_escaped(struct buf *out, const char *text, const char *(*stands_for)(char))
{
	const char *other;
	size_t len;

	for (; *text != '\0'; text += len) {
		len = utf8_length(text);
		other = len == 0 ? REPLACEMENT : stands_for(*text);
		if (other != NULL)
			buf_add_str(out, other);
		else
			buf_add(out, text, len);
		if (len == 0)
			len = 1;
	}
}

void
escape_html(struct buf *out, const char *text)
{
	add_escaped(out, text, html_for);
}

void
escape_label(struct buf *out, const char *text)
{
	add_escaped(out, text, label_for);
}
