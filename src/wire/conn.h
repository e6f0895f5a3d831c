/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef WIRE_CONN_H
#define WIRE_CONN_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"

/* What a transport gave us: where to read, where to write, how long to wait. */
struct conn {
	int in, out;		/* non-blocking, often the same; not owned */
	int idle_ms;		/* longest wait without progress ... */
	int64_t window_end;	/* ... which is when a peer must have moved */
	size_t window_bytes;	/* as many bytes as this */
	int64_t deadline;	/* for all of it; CLOCK_NEVER: none */
	int cancel_fd;		/* readable: give up with ERR_CANCEL; -1 */
	uint64_t bytes_in, bytes_out;
	_Atomic uint64_t *moved;	/* where others see both; NULL */
	_Atomic int *waits;	/* where others see that it waits; NULL */
	struct buf pending;	/* to go out with the next write */
	const char *bytes;	/* in place of in: see conn_init_bytes */
	size_t bytes_left;
	size_t in_at, in_end;	/* read, but not yet taken, in in_data */
	char in_data[4096];
};

/*
 * Readies conn for fds in and out, which are made non-blocking. Progress is
 * what makes a peer worth waiting for: in each idle_ms the rest of what is
 * read or sent, or at least 4 KiB of it; else ERR_TIMEOUT, which also ends
 * every wait past conn->deadline, which the caller may set.
 */
void conn_init(struct conn *conn, int in, int out, int idle_ms);

/*
 * Readies conn to read size bytes of memory, which is borrowed, as if they had
 * come from a peer that then closed. What is queued stays in pending.
 */
void conn_init_bytes(struct conn *conn, const void *data, size_t size);

/* Frees what conn holds; the fds stay open. */
void conn_clear(struct conn *conn);

/*
 * All of these return 0, ERR_SYS, ERR_TIMEOUT or ERR_CANCEL; those that read
 * also ERR_EOF, and those that decode ERR_PROTO or ERR_LIMIT.
 */

/* Reads exactly size bytes. */
int conn_read(struct conn *conn, void *data, size_t size);

/* Reads exactly size bytes into the file at fd, or drops them if fd is -1. */
int conn_read_to_file(struct conn *conn, int fd, uint64_t size);

/* Reads one token that must be called name. */
int conn_read_token(struct conn *conn, const char *name, uint32_t *value);

/*
 * Reads a token called name and the string that it announces, at most max
 * bytes, without a NUL inside, into str, which is emptied first.
 */
int conn_read_string(struct conn *conn, const char *name, size_t max,
		     struct buf *str);

/* These only queue; what is queued goes out with conn_flush. */
void conn_put(struct conn *conn, const void *data, size_t size);
void conn_put_token(struct conn *conn, const char *name, uint32_t value);
void conn_put_string(struct conn *conn, const char *name, const char *str);

/* Sends what is queued. */
int conn_flush(struct conn *conn);

/*
 * Queues size bytes of the file at fd, from its offset on; many bytes are
 * not copied, but sent at once, behind what was queued. A file that ends
 * before is ERR_SYS with EIO: our own trouble. The process must ignore
 * SIGPIPE, since sendfile() cannot be told not to raise it.
 */
int conn_put_file(struct conn *conn, int fd, uint64_t size);

/*
 * Reads and drops what the peer still sends, until it closes, max bytes came
 * or ms milliseconds passed. A close before that could reach the peer as a
 * reset and destroy what we sent.
 */
void conn_drain(struct conn *conn, uint64_t max, int ms);

#endif
