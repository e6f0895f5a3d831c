/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/err.h"
#include "target.h"
#include "wire/bulk.h"
#include "wire/conn.h"
#include "wire/limits.h"
#include "wire/reply.h"
#include "wire/version.h"

#define IDLE_MS 1000

static int
read_reply(struct conn *conn, unsigned version, int fds[3])
{
	static const struct {
		const char *name;
		uint32_t max;
	} bodies[] = {
		{ "SERR", LIMIT_MESSAGES },
		{ "SOUT", LIMIT_MESSAGES },
		{ "DOTO", LIMIT_BULK },
	};
	uint32_t status, size;
	int i, r;

	r = reply_read_status(conn, version, &status);
	/* A verdict that is not 0 must not look like a success to wait(). */
	if (r == 0 && !reply_is_fault(status))
		REQUIRE(status == 0 || (status >> 8 & 0xff) != 0);
	for (i = 0; r == 0 && i < 3; i++) {
		r = reply_read_body(conn, bodies[i].name, &size);
		if (r == 0)
			r = bulk_read(conn, version, size, fds[i],
				      bodies[i].max);
		REQUIRE(fd_size(fds[i]) <= (off_t)LIMIT_LZO_RECEIVE);
	}
	return r;
}

/* The first byte says which version was asked for. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct conn conn;
	int fds[3];
	int in, i, r;

	if (size == 0)
		return 0;
	in = target_file(data + 1, size - 1);
	for (i = 0; i < 3; i++)
		fds[i] = target_file("", 0);
	conn_init(&conn, in, in, IDLE_MS);
	r = read_reply(&conn, data[0] & 1 ? VERSION_PLAIN : VERSION_LZO, fds);
	REQUIRE(r <= 0 && r != ERR_SYS && r != ERR_TIMEOUT);
	conn_clear(&conn);
	close(in);
	for (i = 0; i < 3; i++)
		close(fds[i]);
	return 0;
}
