/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * Writes JSON (RFC 8259) into a buffer, value by value; commas come by
 * themselves. In an object every value has a key, in an array it is NULL.
 */
struct json {
	struct buf *out;	/* borrowed */
	int has_more;		/* the next value needs a comma before it */
};

/* Starts to write at the end of out. */
void json_init(struct json *json, struct buf *out);

void json_open_object(struct json *json, const char *key);
void json_close_object(struct json *json);
void json_open_array(struct json *json, const char *key);
void json_close_array(struct json *json);

/* value may be NULL: null. What is not UTF-8 becomes U+FFFD. */
void json_add_str(struct json *json, const char *key, const char *value);

/* The same, of which at most max bytes, as they are written, are kept. */
void json_add_cut_str(struct json *json, const char *key, const char *value,
		      size_t max);

void json_add_int(struct json *json, const char *key, int64_t value);
void json_add_bool(struct json *json, const char *key, int value);

/* With three digits behind the point; what is not finite is null. */
void json_add_real(struct json *json, const char *key, double value);

#endif
