/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/reply.h"

#include <stddef.h>
#include <string.h>

#include "base/err.h"
#include "wire/bulk.h"
#include "wire/conn.h"
#include "wire/limits.h"
#include "wire/seen.h"
#include "wire/token.h"
#include "wire/version.h"

static uint32_t
exit_code(uint32_t status)
{
	return status >> 8 & 0xff;
}

int
reply_is_fault(uint32_t status)
{
	/* A signal, or no wait status at all. */
	if ((status & ~REPLY_STATUS(0xff)) != 0)
		return 1;
	switch (exit_code(status)) {
	case REPLY_NO_MEMORY:
	case REPLY_IO_ERROR:
	case REPLY_NO_COMPILER:
	case REPLY_LIFETIME:
		return 1;
	default:
		return exit_code(status) >= 128;
	}
}

static int
put_bodies(struct conn *conn, unsigned version, uint32_t status,
	   const struct reply_files *files)
{
	const struct {
		const char *name;
		int fd;
	} bodies[] = {
		{ "SERR", files->stderr_fd },
		{ "SOUT", files->stdout_fd },
		{ "DOTO", status == 0 ? files->object_fd : -1 },
	};
	const size_t count = sizeof bodies / sizeof *bodies;
	size_t i;
	int r = 0;

	for (i = 0; r == 0 && i < count; i++)
		r = bulk_check(version, bodies[i].fd);
	if (r == 0 && version == VERSION_PUMP)
		r = bulk_check(version, files->deps_fd);
	if (r < 0)
		return r;
	conn_put_token(conn, "DONE", version);
	conn_put_token(conn, "STAT", status);
	for (i = 0; r == 0 && i < count; i++)
		r = bulk_put_file(conn, version, bodies[i].name,
				  bodies[i].fd);
	return r;
}

/* What an old client that wants no dependencies may not wait for. */
static int
send_deps(struct conn *conn, const struct reply_files *files)
{
	const uint64_t enough = conn->bytes_out + conn->pending.len +
				TOKEN_SIZE;
	int r;

	r = bulk_put_file(conn, VERSION_PUMP, "DOTD", files->deps_fd);
	if (r == 0 && files->seen != NULL)
		seen_put(conn, files->seen);
	if (r == 0)
		r = conn_flush(conn);
	return r == ERR_EOF && conn->bytes_out >= enough ? 0 : r;
}

int
reply_send(struct conn *conn, unsigned version, uint32_t status,
	   const struct reply_files *files)
{
	int r = put_bodies(conn, version, status, files);

	if (r < 0)
		return r;
	if (version == VERSION_PUMP && status == 0)
		return send_deps(conn, files);
	return conn_flush(conn);
}

int
reply_send_text(struct conn *conn, unsigned version, uint32_t status,
		const char *text)
{
	int r;

	conn_put_token(conn, "DONE", version);
	conn_put_token(conn, "STAT", status);
	r = bulk_put(conn, version, "SERR", text, strlen(text));
	if (r < 0)
		return r;
	conn_put_token(conn, "SOUT", 0);
	conn_put_token(conn, "DOTO", 0);
	return conn_flush(conn);
}

int
reply_read_status(struct conn *conn, unsigned version, uint32_t *status)
{
	uint32_t answered;
	int r;

	r = conn_read_token(conn, "DONE", &answered);
	if (r < 0)
		return r;
	if (answered != version)
		return ERR_VERSION;
	return conn_read_token(conn, "STAT", status);
}

int
reply_read_body(struct conn *conn, const char *name, uint32_t *size)
{
	int r = conn_read_token(conn, name, size);

	if (r < 0)
		return r;
	return *size > LIMIT_BULK ? ERR_LIMIT : 0;
}
