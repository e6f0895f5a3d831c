/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/request.h"

#include "base/args.h"
#include "base/buf.h"
#include "base/err.h"
#include "wire/bulk.h"
#include "wire/conn.h"
#include "wire/limits.h"
#include "wire/version.h"

int
request_send(struct conn *conn, unsigned version, const struct args *args,
	     int source_fd)
{
	size_t i;
	int r;

	conn_put_token(conn, "DIST", version);
	conn_put_token(conn, "ARGC", (uint32_t)args->count);
	for (i = 0; i < args->count; i++)
		conn_put_string(conn, "ARGV", args->v[i]);
	r = bulk_put_file(conn, version, "DOTI", source_fd);
	return r < 0 ? r : conn_flush(conn);
}

int
request_read_version(struct conn *conn, unsigned *version)
{
	uint32_t value;
	int r;

	r = conn_read_token(conn, "DIST", &value);
	if (r < 0)
		return r;
	*version = value;
	return version_is_spoken(value) ? 0 : ERR_VERSION;
}

int
request_read_args(struct conn *conn, struct args *args)
{
	struct buf word = BUF_INIT;
	size_t room = LIMIT_ARGS;
	uint32_t i, count;
	int r;

	args_clear(args);
	r = conn_read_token(conn, "ARGC", &count);
	if (r < 0)
		goto out;
	if (count == 0 || count > LIMIT_ARGC) {
		r = ERR_LIMIT;
		goto out;
	}
	for (i = 0; i < count; i++) {
		r = conn_read_string(conn, "ARGV", room, &word);
		if (r < 0)
			goto out;
		room -= word.len;
		args_push(args, word.data);
	}
out:
	if (r < 0)
		args_clear(args);
	buf_clear(&word);
	return r;
}

int
request_read_source(struct conn *conn, unsigned version, int fd)
{
	uint32_t size;
	int r;

	r = conn_read_token(conn, "DOTI", &size);
	if (r < 0)
		return r;
	return bulk_read(conn, version, size, fd, LIMIT_BULK);
}
