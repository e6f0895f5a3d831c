/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/bulk.h"

#include <sys/mman.h>
#include <unistd.h>

#include <lzo/lzo1x.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "wire/conn.h"
#include "wire/limits.h"
#include "wire/pack.h"
#include "wire/token.h"
#include "wire/version.h"

#ifndef MAP_ANONYMOUS
#define MAP_ANONYMOUS MAP_ANON
#endif

#ifndef MAP_NORESERVE
#define MAP_NORESERVE 0
#endif

/* Compresses size > 0 bytes straight behind a token in conn's queue. */
static int
put_compressed(struct conn *conn, const char *name, const void *data,
	       size_t size)
{
	size_t token_at = conn->pending.len, packed;
	int r;

	conn_put_token(conn, name, 0);
	r = pack_add(&conn->pending, data, size);
	if (r < 0) {
		conn->pending.len = token_at;
		return r;
	}
	/* Only now is the size known that the token announces. */
	packed = conn->pending.len - token_at - TOKEN_SIZE;
	token_encode(conn->pending.data + token_at, name, (uint32_t)packed);
	return 0;
}

int
bulk_put(struct conn *conn, unsigned version, const char *name,
	 const void *data, size_t size)
{
	if (size > LIMIT_BULK)
		return ERR_LIMIT;
	if (size > 0 && version_has_lzo(version))
		return put_compressed(conn, name, data, size);
	conn_put_token(conn, name, (uint32_t)size);
	conn_put(conn, data, size);
	return 0;
}

/* The size of the file at fd (-1: 0), ERR_SYS, or ERR_LIMIT if too big. */
static off_t
size_to_send(unsigned version, int fd)
{
	/* A stored stream is a little longer than what it holds. */
	off_t max = version_has_lzo(version) ? LIMIT_BULK / 256 * 255 :
					       LIMIT_BULK;
	off_t size = fd < 0 ? 0 : fd_size(fd);

	return size > max ? ERR_LIMIT : size;
}

int
bulk_check(unsigned version, int fd)
{
	off_t size = size_to_send(version, fd);

	return size < 0 ? (int)size : 0;
}

/*
 * A valid LZO1X stream need not compress: it can be one run of literals, in
 * front of which stands its length, less 18, in base 255 (LZO's file format,
 * doc/protocol.txt section 5). That takes no memory.
 */
static int
put_file_stored(struct conn *conn, const char *name, int fd, size_t size)
{
	static const char end[] = { 0x11, 0, 0 };
	size_t zeros = (size - 18 - 1) / 255, i;
	int r;

	conn_put_token(conn, name,
		       (uint32_t)(1 + zeros + 1 + size + sizeof end));
	conn_put(conn, "", 1);
	for (i = 0; i < zeros; i++)
		conn_put(conn, "", 1);
	conn_put(conn, &(char){ (char)(size - 18 - zeros * 255) }, 1);
	r = conn_put_file(conn, fd, size);
	if (r == 0)
		conn_put(conn, end, sizeof end);
	return r;
}

static int
put_file_compressed(struct conn *conn, const char *name, int fd, size_t size)
{
	void *data;
	int r;

	data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (data == MAP_FAILED)
		return ERR_SYS;
	r = put_compressed(conn, name, data, size);
	munmap(data, size);
	return r;
}

int
bulk_put_file(struct conn *conn, unsigned version, const char *name, int fd)
{
	off_t size = size_to_send(version, fd);

	if (size < 0)
		return (int)size;
	if (size > 0 && lseek(fd, 0, SEEK_SET) < 0)
		return ERR_SYS;
	if (size > LIMIT_LZO_SEND && version_has_lzo(version))
		return put_file_stored(conn, name, fd, (size_t)size);
	if (size > 0 && version_has_lzo(version))
		return put_file_compressed(conn, name, fd, (size_t)size);
	conn_put_token(conn, name, (uint32_t)size);
	return conn_put_file(conn, fd, (uint64_t)size);
}

/*
 * Memory for a body of unknown plain size. Pages that the decoder does not
 * reach are never backed, so that the bound costs nothing by itself.
 */
static unsigned char *
reserve(size_t size)
{
	void *data = mmap(NULL, size, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return data == MAP_FAILED ? NULL : data;
}

static int
write_plain(const unsigned char *in, size_t in_size, int fd, size_t max)
{
	unsigned char *out = reserve(max);
	lzo_uint out_size = max;
	int r;

	if (out == NULL)
		return ERR_SYS;
	switch (lzo1x_decompress_safe(in, in_size, out, &out_size, NULL)) {
	case LZO_E_OK:
		r = fd_write_all(fd, out, out_size);
		break;
	case LZO_E_OUTPUT_OVERRUN:
		r = ERR_LIMIT;
		break;
	default:
		r = ERR_LZO;
	}
	munmap(out, max);
	return r;
}

static int
read_compressed(struct conn *conn, uint32_t size, int fd, uint32_t max)
{
	unsigned char *in;
	int r;

	if (lzo_init() != LZO_E_OK)
		return ERR_LZO;
	if (max > LIMIT_LZO_RECEIVE)
		max = LIMIT_LZO_RECEIVE;
	if (size > LIMIT_LZO_WIRE)
		return ERR_LIMIT;
	in = reserve(size);
	if (in == NULL)
		return ERR_SYS;
	r = conn_read(conn, in, size);
	if (r == 0)
		r = write_plain(in, size, fd, max);
	munmap(in, size);
	return r;
}

int
bulk_read(struct conn *conn, unsigned version, uint32_t size, int fd,
	  uint32_t max)
{
	if (size == 0)
		return 0;
	if (size > LIMIT_BULK)
		return ERR_LIMIT;
	if (fd >= 0 && version_has_lzo(version))
		return read_compressed(conn, size, fd, max);
	if (fd >= 0 && size > max)
		return ERR_LIMIT;
	return conn_read_to_file(conn, fd, size);
}

/* Unpacks wire into plain, whose room is doubled until it is enough. */
static int
unpack(const struct buf *wire, size_t max, struct buf *plain)
{
	size_t room = plain->room > 4 * wire->len ? plain->room - 1 :
						    4 * wire->len;
	lzo_uint size;
	char *out;
	int r;

	for (;; room *= 2) {
		if (room > max)
			room = max;
		out = buf_grow(plain, room);
		size = room;
		r = lzo1x_decompress_safe((const unsigned char *)wire->data,
					  wire->len, (unsigned char *)out,
					  &size, NULL);
		if (r != LZO_E_OUTPUT_OVERRUN)
			break;
		if (room == max)
			return ERR_LIMIT;
	}
	if (r != LZO_E_OK)
		return ERR_LZO;
	buf_wrote(plain, size);
	return 0;
}

int
bulk_read_memory(struct conn *conn, unsigned version, uint32_t size,
		 uint32_t max, struct buf *wire, struct buf *plain)
{
	const int is_packed = version_has_lzo(version);
	struct buf *to = is_packed ? wire : plain;
	int r;

	buf_reset(wire);
	buf_reset(plain);
	if (size == 0)
		return 0;
	if (size > LIMIT_LZO_WIRE || (!is_packed && size > max))
		return ERR_LIMIT;
	if (lzo_init() != LZO_E_OK)
		return ERR_LZO;
	r = conn_read(conn, buf_grow(to, size), size);
	if (r < 0)
		return r;
	buf_wrote(to, size);
	if (max > LIMIT_LZO_RECEIVE)
		max = LIMIT_LZO_RECEIVE;
	return is_packed ? unpack(wire, max, plain) : 0;
}
