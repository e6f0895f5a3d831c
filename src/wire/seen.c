/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/seen.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "wire/conn.h"

#define DIGITS (DIGEST_TEXT_SIZE - 1)

void
seen_put(struct conn *conn, const struct seen *seen)
{
	conn_put_token(conn, "SEEN", SEEN_SIZE);
	conn_put(conn, seen->is_all ? "a" : "u", 1);
	conn_put(conn, seen->paths, DIGITS);
	conn_put(conn, seen->system, DIGITS);
}

static int
is_digits(const char *text)
{
	return strspn(text, "0123456789abcdef") == 2 * DIGITS;
}

int
seen_read(struct conn *conn, struct seen *seen)
{
	const uint64_t before = conn->bytes_in;
	const int has_begun = conn->in_at < conn->in_end;
	struct buf text = BUF_INIT;
	int r;

	r = conn_read_string(conn, "SEEN", SEEN_SIZE, &text);
	/* Who has begun to say it is no old server. */
	if (r == ERR_EOF && (has_begun || conn->bytes_in != before))
		r = ERR_PROTO;
	if (r < 0)
		goto out;
	/* Both digests together are all that follows the scope. */
	if (text.len != SEEN_SIZE || strchr("au", text.data[0]) == NULL ||
	    !is_digits(text.data + 1)) {
		r = ERR_PROTO;
		goto out;
	}
	memset(seen, 0, sizeof *seen);
	seen->is_all = text.data[0] == 'a';
	memcpy(seen->paths, text.data + 1, DIGITS);
	memcpy(seen->system, text.data + 1 + DIGITS, DIGITS);
out:
	buf_clear(&text);
	return r;
}
