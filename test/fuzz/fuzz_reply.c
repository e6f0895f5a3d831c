/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/err.h"
#include "target.h"
#include "wire/bulk.h"
#include "wire/conn.h"
#include "wire/limits.h"
#include "wire/reply.h"
#include "wire/seen.h"
#include "wire/version.h"

#define IDLE_MS 1000

static int
read_reply(struct conn *conn, unsigned version, int fds[4])
{
	static const struct {
		const char *name;
		uint32_t max;
	} bodies[] = {
		{ "SERR", LIMIT_MESSAGES },
		{ "SOUT", LIMIT_MESSAGES },
		{ "DOTO", LIMIT_BULK },
		{ "DOTD", LIMIT_BULK },
	};
	uint32_t status = 1, size;
	struct seen seen;
	int i, count, r;

	r = reply_read_status(conn, version, &status);
	/* A verdict that is not 0 must not look like a success to wait(). */
	if (r == 0 && !reply_is_fault(status))
		REQUIRE(status == 0 || (status >> 8 & 0xff) != 0);
	count = version == VERSION_PUMP && status == 0 ? 4 : 3;
	for (i = 0; r == 0 && i < count; i++) {
		r = reply_read_body(conn, bodies[i].name, &size);
		if (r == 0)
			r = bulk_read(conn, version, size, fds[i],
				      bodies[i].max);
		REQUIRE(fd_size(fds[i]) <= (off_t)LIMIT_LZO_RECEIVE);
	}
	/* An old server has seen nothing. */
	if (r == 0 && count == 4) {
		r = seen_read(conn, &seen);
		if (r == ERR_EOF)
			r = 0;
	}
	return r;
}

static unsigned
version_by(uint8_t byte)
{
	if (byte == '3')
		return VERSION_PUMP;
	return byte & 1 ? VERSION_PLAIN : VERSION_LZO;
}

/* The first byte says which version was asked for. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct conn conn;
	int fds[4];
	int in, i, r;

	if (size == 0)
		return 0;
	in = target_file(data + 1, size - 1);
	for (i = 0; i < 4; i++)
		fds[i] = target_file("", 0);
	conn_init(&conn, in, in, IDLE_MS);
	r = read_reply(&conn, version_by(data[0]), fds);
	REQUIRE(r <= 0 && r != ERR_SYS && r != ERR_TIMEOUT);
	conn_clear(&conn);
	close(in);
	for (i = 0; i < 4; i++)
		close(fds[i]);
	return 0;
}
