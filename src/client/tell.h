/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_TELL_H
#define CLIENT_TELL_H

#include <stdint.h>

struct buf;
struct json;
struct record;

/* Says for people what became of a job: a line, and what to do about it. */
void tell_text(struct buf *out, const struct record *record);

/* The same, and all else that the record has, as an element of an array. */
void tell_json(struct json *json, const struct record *record);

/*
 * Appends text of which nobody knows who wrote it: what is not printable
 * becomes '?', so that no terminal obeys it.
 */
void tell_add_safe(struct buf *out, const char *text);

/* Appends a duration in seconds: "0.25 s". */
void tell_add_seconds(struct buf *out, int64_t us);

#endif
