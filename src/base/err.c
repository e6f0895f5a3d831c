/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/err.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

static const char *const texts[] = {
	[-ERR_EOF] = "the peer closed the connection",
	[-ERR_PROTO] = "the peer broke the protocol",
	[-ERR_LIMIT] = "a length or a count is over its limit",
	[-ERR_TIMEOUT] = "timed out",
	[-ERR_LZO] = "compressed data is damaged",
	[-ERR_VERSION] = "protocol version not supported",
	[-ERR_SYNTAX] = "bad syntax",
	[-ERR_RESOLVE] = "host name has no address",
	[-ERR_MISSING] = "not found",
	[-ERR_DENIED] = "not allowed",
	[-ERR_CANCEL] = "cancelled",
	[-ERR_NO_RESOLVER] = "host names cannot be looked up now",
};

const char *
err_text(int r)
{
	const int count = sizeof texts / sizeof *texts;

	if (r == ERR_SYS)
		return strerror(errno);
	if (r >= 0 || r <= -count || texts[-r] == NULL)
		return "unknown error";
	return texts[-r];
}
