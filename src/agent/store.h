/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_STORE_H
#define AGENT_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"

struct buf;

/*
 * Bodies of files, ready to be sent, in segments that clients map. When there
 * are too many, the segment goes that was of no use for the longest time.
 */
struct store;

/* Bytes of a segment, unless one body takes more. */
#define STORE_SEGMENT (16u << 20)

/* max bounds the bytes of all segments; tmp_dir is copied. */
struct store *store_new(uint64_t max, const char *tmp_dir);
void store_free(struct store *store);

/* Where a body is. */
struct store_place {
	uint64_t segment;	/* its number, which none will have again */
	uint32_t at, size;
};

/*
 * From here on, no segment goes that is found, or added to, until this is
 * called again.
 */
void store_begin(struct store *store);

/* Returns whether the body of that key is there, and sets *place then. */
int store_find(struct store *store, const struct digest *key,
	       struct store_place *place);

/*
 * Adds the body of a key, be it there or not, to the newest segment, and sets
 * *place. Returns 0 or ERR_SYS.
 */
int store_add(struct store *store, const struct digest *key,
	      const struct buf *body, struct store_place *place);

/* Copies the body at *place, which it changes, to the newest segment. */
int store_renew(struct store *store, const struct digest *key,
		struct store_place *place);

/* Appends the body at place. Returns 0 or ERR_SYS. */
int store_read(const struct store *store, const struct store_place *place,
	       struct buf *body);

/* The descriptor to map a segment by, borrowed. */
int store_fd(const struct store *store, uint64_t segment);

/* Bytes of all segments, and how many bodies there are. */
uint64_t store_bytes(const struct store *store);
size_t store_count(const struct store *store);
uint64_t store_max(const struct store *store);

#endif
