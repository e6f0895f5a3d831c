/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef WIRE_BULK_H
#define WIRE_BULK_H

#include <stdint.h>
#include <sys/types.h>

struct conn;

/*
 * Bodies: sources, messages and objects. version decides whether they are
 * compressed; the caller always deals with plain bytes.
 */

/*
 * Whether version can carry the file at fd (-1: an empty body): 0, ERR_LIMIT
 * or ERR_SYS.
 */
int bulk_check(unsigned version, int fd);

/*
 * Queues a token called name and its body, the file at fd from offset 0 on
 * (-1: an empty body); a big body is sent at once, behind what was queued.
 * Returns 0, or what conn_flush and bulk_check do, or ERR_LZO if it cannot be
 * compressed; after ERR_LIMIT and ERR_LZO nothing of it was queued.
 */
int bulk_put_file(struct conn *conn, unsigned version, const char *name,
		  int fd);

/* The same for bytes in memory. */
int bulk_put(struct conn *conn, unsigned version, const char *name,
	     const void *data, size_t size);

/*
 * Reads a body of size bytes on the wire, whose token was read already, and
 * writes it, plain, to the file at fd at its offset. More than max plain
 * bytes are ERR_LIMIT; fd -1 drops the body unseen. Returns 0, or what
 * conn_read does, or ERR_LIMIT, ERR_LZO.
 */
int bulk_read(struct conn *conn, unsigned version, uint32_t size, int fd,
	      uint32_t max);

struct buf;

/*
 * The same into memory, for many small bodies: wire and plain are emptied,
 * and keep their memory from body to body. plain holds the body then.
 */
int bulk_read_memory(struct conn *conn, unsigned version, uint32_t size,
		     uint32_t max, struct buf *wire, struct buf *plain);

#endif
