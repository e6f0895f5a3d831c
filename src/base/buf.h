/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

/*
 * Bytes that grow. data is NUL-terminated at data[len] at all times, also in
 * a fresh buffer, so that it can be used as a string. Out of memory ends the
 * process.
 */
struct buf {
	char *data;
	size_t len;
	size_t room;	/* bytes allocated; 0 while data is not from the heap */
};

extern char buf_nothing[1];

#define BUF_INIT { buf_nothing, 0, 0 }

/* Frees what buf holds; it is then empty and reusable. */
void buf_clear(struct buf *buf);

/* Empties buf, but keeps its memory for the next use. */
void buf_reset(struct buf *buf);

/*
 * Makes room for size more bytes and returns where they go; len stays until
 * buf_wrote says how many of them were written there.
 */
char *buf_grow(struct buf *buf, size_t size);
void buf_wrote(struct buf *buf, size_t size);

/* Appends. data may hold NUL bytes; str and what fmt makes are strings. */
void buf_add(struct buf *buf, const void *data, size_t size);
void buf_add_str(struct buf *buf, const char *str);
void buf_add_char(struct buf *buf, char c);
void buf_addf(struct buf *buf, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void buf_addv(struct buf *buf, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));

/* Appends all of text, but for every occurrence of part, to buf. */
void buf_add_without(struct buf *buf, const struct buf *text,
		     const char *part);

/* Gives the string out; it is the caller's to free, and buf is empty. */
char *buf_steal(struct buf *buf);

#endif
