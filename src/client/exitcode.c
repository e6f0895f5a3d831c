/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/exitcode.h"

#include "base/err.h"

int
exitcode_of_error(int r, int connected)
{
	if (!connected)
		return EXIT_CONNECT_FAILED;
	switch (r) {
	case ERR_SYS:
		return EXIT_IO_ERROR;
	case ERR_EOF:
		return EXIT_TRUNCATED;
	case ERR_TIMEOUT:
		return EXIT_TIMEOUT;
	case ERR_PROTO:
	case ERR_LIMIT:
	case ERR_LZO:
	case ERR_VERSION:
		return EXIT_PROTOCOL_ERROR;
	default:
		return EXIT_GENERAL;
	}
}
