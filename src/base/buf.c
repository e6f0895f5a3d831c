/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

/* Shared by all empty buffers; nothing but NUL is ever written to it. */
char buf_nothing[1];

void
buf_clear(struct buf *buf)
{
	if (buf->room > 0)
		free(buf->data);
	*buf = (struct buf)BUF_INIT;
}

void
buf_reset(struct buf *buf)
{
	buf->len = 0;
	if (buf->room > 0)
		buf->data[0] = '\0';
}

char *
buf_grow(struct buf *buf, size_t size)
{
	size_t need = buf->len + size + 1;
	size_t room = buf->room;

	if (need > room) {
		while (room < need)
			room = room < 64 ? 64 : room + room / 2;
		buf->data = xrealloc(buf->room > 0 ? buf->data : NULL, room);
		buf->room = room;
		buf->data[buf->len] = '\0';
	}
	return buf->data + buf->len;
}

void
buf_wrote(struct buf *buf, size_t size)
{
	buf->len += size;
	buf->data[buf->len] = '\0';
}

void
buf_add(struct buf *buf, const void *data, size_t size)
{
	char *end = buf_grow(buf, size);

	if (size > 0)
		memcpy(end, data, size);
	buf_wrote(buf, size);
}

void
buf_add_str(struct buf *buf, const char *str)
{
	buf_add(buf, str, strlen(str));
}

void
buf_add_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void
buf_addv(struct buf *buf, const char *fmt, va_list ap)
{
	va_list again;
	int size;

	va_copy(again, ap);
	size = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (size <= 0)
		return;
	vsnprintf(buf_grow(buf, (size_t)size), (size_t)size + 1, fmt, ap);
	buf_wrote(buf, (size_t)size);
}

void
buf_addf(struct buf *buf, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_addv(buf, fmt, ap);
	va_end(ap);
}

char *
buf_steal(struct buf *buf)
{
	char *data = buf->room > 0 ? buf->data : xstrdup("");

	*buf = (struct buf)BUF_INIT;
	return data;
}

void
buf_add_without(struct buf *buf, const struct buf *text, const char *part)
{
	const char *at = text->data, *end = text->data + text->len, *found;
	const size_t size = strlen(part);

	for (;;) {
		found = memmem(at, (size_t)(end - at), part, size);
		if (found == NULL)
			break;
		buf_add(buf, at, (size_t)(found - at));
		at = found + size;
	}
	buf_add(buf, at, (size_t)(end - at));
}
