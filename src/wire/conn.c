/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/conn.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "wire/limits.h"
#include "wire/token.h"

/* Bodies up to this size are copied, to go out in one write. */
#define SMALL_BODY 16384

/* The process ignores SIGPIPE (conn.h), so that this is a help, no need. */
#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

/* What counts as progress. */
#define WINDOW_BYTES 4096

#ifndef MSG_MORE
#define MSG_MORE 0
#endif

void
conn_init(struct conn *conn, int in, int out, int idle_ms)
{
	memset(conn, 0, offsetof(struct conn, in_data));
	conn->pending = (struct buf)BUF_INIT;
	conn->in = in;
	conn->out = out;
	conn->idle_ms = idle_ms;
	conn->deadline = CLOCK_NEVER;
	conn->cancel_fd = -1;
	/* A descriptor that cannot do it fails in the first read or write. */
	(void)fd_set_nonblock(in);
	if (out != in)
		(void)fd_set_nonblock(out);
}

void
conn_init_bytes(struct conn *conn, const void *data, size_t size)
{
	memset(conn, 0, offsetof(struct conn, in_data));
	conn->pending = (struct buf)BUF_INIT;
	conn->in = conn->out = conn->cancel_fd = -1;
	conn->deadline = CLOCK_NEVER;
	conn->bytes = data;
	conn->bytes_left = size;
}

void
conn_clear(struct conn *conn)
{
	buf_clear(&conn->pending);
}

/* From now on, a peer has the idle time to move some bytes. */
static void
open_window(struct conn *conn)
{
	conn->window_end = clock_after(conn->idle_ms);
	conn->window_bytes = WINDOW_BYTES;
}

/* A peer that dribbles does not get more time for each drop. */
static void
note_progress(struct conn *conn, size_t size)
{
	if (conn->moved != NULL)
		atomic_fetch_add(conn->moved, size);
	if (size >= conn->window_bytes)
		open_window(conn);
	else
		conn->window_bytes -= size;
}

static int
wait_for(struct conn *conn, int fd, short events)
{
	int r;

	if (conn->waits != NULL)
		atomic_store(conn->waits, 1);
	r = fd_wait(fd, events, conn->cancel_fd,
		    conn->window_end < conn->deadline ? conn->window_end :
							conn->deadline);
	if (conn->waits != NULL)
		atomic_store(conn->waits, 0);
	return r;
}

static ssize_t
read_bytes(struct conn *conn, void *data, size_t size)
{
	size_t n = size < conn->bytes_left ? size : conn->bytes_left;

	if (n == 0)
		return ERR_EOF;
	memcpy(data, conn->bytes, n);
	conn->bytes += n;
	conn->bytes_left -= n;
	return (ssize_t)n;
}

/* Reads what there is, at least one byte; returns how many. */
static ssize_t
read_some(struct conn *conn, void *data, size_t size)
{
	ssize_t n;
	int r;

	if (conn->bytes != NULL)
		return read_bytes(conn, data, size);
	for (;;) {
		n = read(conn->in, data, size);
		if (n > 0) {
			conn->bytes_in += (size_t)n;
			note_progress(conn, (size_t)n);
			return n;
		}
		if (n == 0 || errno == ECONNRESET)
			return ERR_EOF;
		if (errno == EINTR)
			continue;
		if (errno != EAGAIN && errno != EWOULDBLOCK)
			return ERR_SYS;
		r = wait_for(conn, conn->in, POLLIN);
		if (r < 0)
			return r;
	}
}

static size_t
take_buffered(struct conn *conn, void *data, size_t size)
{
	size_t have = conn->in_end - conn->in_at;

	if (have > size)
		have = size;
	memcpy(data, conn->in_data + conn->in_at, have);
	conn->in_at += have;
	return have;
}

/* A peer that always has something to say must not outstay its deadline. */
static int
is_late(const struct conn *conn)
{
	return conn->deadline != CLOCK_NEVER && clock_left(conn->deadline) == 0;
}

int
conn_read(struct conn *conn, void *data, size_t size)
{
	char *p = data;
	ssize_t n;

	open_window(conn);
	for (;;) {
		n = (ssize_t)take_buffered(conn, p, size);
		p += n;
		size -= (size_t)n;
		if (size == 0)
			return 0;
		if (is_late(conn))
			return ERR_TIMEOUT;
		if (size >= sizeof conn->in_data) {
			n = read_some(conn, p, size);
			if (n < 0)
				return (int)n;
			p += n;
			size -= (size_t)n;
			continue;
		}
		n = read_some(conn, conn->in_data, sizeof conn->in_data);
		if (n < 0)
			return (int)n;
		conn->in_at = 0;
		conn->in_end = (size_t)n;
	}
}

int
conn_read_to_file(struct conn *conn, int fd, uint64_t size)
{
	char data[65536];
	ssize_t n;

	open_window(conn);
	while (size > 0) {
		if (is_late(conn))
			return ERR_TIMEOUT;
		n = (ssize_t)take_buffered(conn, data,
					   size < sizeof data ? (size_t)size :
								sizeof data);
		if (n == 0)
			n = read_some(conn, data,
				      size < sizeof data ? (size_t)size :
							   sizeof data);
		if (n < 0)
			return (int)n;
		if (fd >= 0 && fd_write_all(fd, data, (size_t)n) < 0)
			return ERR_SYS;
		size -= (uint64_t)n;
	}
	return 0;
}

int
conn_read_token(struct conn *conn, const char *name, uint32_t *value)
{
	char token[TOKEN_SIZE];
	int r;

	r = conn_read(conn, token, sizeof token);
	if (r < 0)
		return r;
	return token_decode(token, name, value);
}

int
conn_read_string(struct conn *conn, const char *name, size_t max,
		 struct buf *str)
{
	uint32_t size;
	int r;

	buf_reset(str);
	r = conn_read_token(conn, name, &size);
	if (r < 0)
		return r;
	if (size > max || size > LIMIT_ARG)
		return ERR_LIMIT;
	r = conn_read(conn, buf_grow(str, size), size);
	buf_wrote(str, r < 0 ? 0 : size);
	if (r < 0)
		return r;
	return memchr(str->data, '\0', size) == NULL ? 0 : ERR_PROTO;
}

void
conn_put(struct conn *conn, const void *data, size_t size)
{
	buf_add(&conn->pending, data, size);
}

void
conn_put_token(struct conn *conn, const char *name, uint32_t value)
{
	char token[TOKEN_SIZE];

	token_encode(token, name, value);
	conn_put(conn, token, sizeof token);
}

void
conn_put_string(struct conn *conn, const char *name, const char *str)
{
	size_t size = strlen(str);

	conn_put_token(conn, name, (uint32_t)size);
	conn_put(conn, str, size);
}

/* After a write that moved nothing: 0 to go on once the peer reads. */
static int
wait_to_write(struct conn *conn)
{
	if (errno == EINTR)
		return 0;
	if (errno == EPIPE || errno == ECONNRESET)
		return ERR_EOF;
	if (errno != EAGAIN && errno != EWOULDBLOCK)
		return ERR_SYS;
	return wait_for(conn, conn->out, POLLOUT);
}

static ssize_t
write_some(const struct conn *conn, const void *data, size_t size, int more)
{
	ssize_t n = send(conn->out, data, size,
			 MSG_NOSIGNAL | (more ? MSG_MORE : 0));

	if (n < 0 && errno == ENOTSOCK)
		n = write(conn->out, data, size);
	return n;
}

static int
flush_pending(struct conn *conn, int more)
{
	size_t at = 0;
	ssize_t n;
	int r = 0;

	open_window(conn);
	while (r == 0 && at < conn->pending.len) {
		if (is_late(conn))
			return ERR_TIMEOUT;
		n = write_some(conn, conn->pending.data + at,
			       conn->pending.len - at, more);
		if (n < 0) {
			r = wait_to_write(conn);
		} else {
			at += (size_t)n;
			conn->bytes_out += (size_t)n;
			note_progress(conn, (size_t)n);
		}
	}
	buf_reset(&conn->pending);
	return r;
}

int
conn_flush(struct conn *conn)
{
	return flush_pending(conn, 0);
}

static int
put_small_file(struct conn *conn, int fd, size_t size)
{
	ssize_t n;

	while (size > 0) {
		n = read(fd, buf_grow(&conn->pending, size), size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			errno = EIO;
		if (n <= 0)
			return ERR_SYS;
		buf_wrote(&conn->pending, (size_t)n);
		size -= (size_t)n;
	}
	return 0;
}

int
conn_put_file(struct conn *conn, int fd, uint64_t size)
{
	ssize_t n;
	int r;

	if (size <= SMALL_BODY)
		return put_small_file(conn, fd, (size_t)size);
	r = flush_pending(conn, 1);
	while (r == 0 && size > 0) {
		if (is_late(conn))
			return ERR_TIMEOUT;
		n = fd_send_file(conn->out, fd, (size_t)size);
		if (n == 0) {
			errno = EIO;
			return ERR_SYS;
		}
		if (n < 0) {
			r = wait_to_write(conn);
		} else {
			size -= (uint64_t)n;
			conn->bytes_out += (uint64_t)n;
			note_progress(conn, (size_t)n);
		}
	}
	return r;
}

void
conn_drain(struct conn *conn, uint64_t max, int ms)
{
	int64_t end = clock_after(ms);
	char data[4096];
	ssize_t n;

	open_window(conn);
	/* The peer sees that nothing more will come, and can leave. */
	shutdown(conn->out, SHUT_WR);
	if (end < conn->deadline)
		conn->deadline = end;
	while (max > 0 && !is_late(conn)) {
		n = read_some(conn, data, sizeof data);
		if (n <= 0)
			return;
		max = max > (uint64_t)n ? max - (uint64_t)n : 0;
	}
}
