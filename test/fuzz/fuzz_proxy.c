/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>
#include <sys/socket.h>

#include "base/err.h"
#include "daemon/proxy.h"
#include "target.h"

/* A header that comes in pieces is the same as one that comes at once. */
static void
check_reader(const uint8_t *data, size_t size, int whole, size_t piece)
{
	struct proxy_reader reader = { .len = 0 };
	struct sockaddr_storage source;
	int ends[2], r = 0;
	size_t sent = 0, n;

	REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	while (r == 0 && sent < size) {
		n = size - sent < piece ? size - sent : piece;
		REQUIRE(fd_write_all(ends[1], data + sent, n) == 0);
		sent += n;
		r = proxy_read(&reader, ends[0], &source);
	}
	REQUIRE(whole > 0 ? r == 1 && reader.len == (size_t)whole :
			    r == whole);
	REQUIRE(reader.len <= sent);
	REQUIRE(memcmp(reader.data, data, reader.len) == 0);
	close(ends[0]);
	close(ends[1]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sockaddr_storage source = { .ss_family = AF_UNIX };
	int r = proxy_parse(data, size, &source);

	REQUIRE(r == ERR_PROTO || r == ERR_LIMIT ||
		(r >= 0 && r <= PROXY_HEADER_MAX && (size_t)r <= size));
	REQUIRE(r <= 0 || source.ss_family == AF_UNSPEC ||
		source.ss_family == AF_INET || source.ss_family == AF_INET6);
	REQUIRE(r > 0 || source.ss_family == AF_UNIX);
	REQUIRE(r != 0 || size < PROXY_HEADER_MAX);
	if (size > 2 * PROXY_HEADER_MAX)
		return 0;
	check_reader(data, size, r, 1);
	check_reader(data, size, r, 7);
	check_reader(data, size, r, 2 * PROXY_HEADER_MAX);
	return 0;
}
