/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/proxy.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/err.h"
#include "base/fd.h"
#include "base/net.h"
#include "unit.h"

#define SIGNATURE "\r\n\r\n\0\r\nQUIT\n"
#define SOURCE4 "\xc0\0\x02\x07"	/* 192.0.2.7 */
#define OTHER4 "\xc0\0\x02\x01"
#define SOURCE6 "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x09"
#define MAPPED "\0\0\0\0\0\0\0\0\0\0\xff\xff" SOURCE4
#define PORTS "\x0e\x30\x1f\x90"	/* 3632, 8080 */
#define ZEROES4 "\0\0\0\0"
#define ZEROES36 ZEROES4 ZEROES4 ZEROES4 ZEROES4 ZEROES4 ZEROES4 ZEROES4 \
	ZEROES4 ZEROES4
#define ZEROES216 ZEROES36 ZEROES36 ZEROES36 ZEROES36 ZEROES36 ZEROES36
#define DIGITS "12345678901234567890123456789012345678901234567890"
#define LONGEST_REST DIGITS "12345678901234567890123456789012345678901"

#define BYTES(literal) literal, sizeof literal - 1

/* NULL as the name: the connection speaks for itself. */
static const struct {
	const char *data;
	size_t len;
	const char *name;
} good[] = {
	{ BYTES("PROXY TCP4 192.0.2.7 192.0.2.1 3632 8080\r\n"),
	  "192.0.2.7:3632" },
	{ BYTES("PROXY TCP4 0.0.0.0 255.255.255.255 0 65535\r\n"),
	  "0.0.0.0:0" },
	{ BYTES("PROXY TCP4 1.2.3.4 1.2.3.4 65535 0\r\n"), "1.2.3.4:65535" },
	{ BYTES("PROXY TCP6 2001:db8::9 ::1 3632 1\r\n"),
	  "[2001:db8::9]:3632" },
	{ BYTES("PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff "
		"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n"),
	  "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535" },
	{ BYTES("PROXY TCP6 ::ffff:192.0.2.7 ::1 5 6\r\n"), "192.0.2.7:5" },
	{ BYTES("PROXY UNKNOWN\r\n"), NULL },
	{ BYTES("PROXY UNKNOWN ffff::1 and \t more\r\n"), NULL },
	{ BYTES("PROXY UNKNOWN " LONGEST_REST "\r\n"), NULL },
	{ BYTES(SIGNATURE "\x21\x11\0\x0c" SOURCE4 OTHER4 PORTS),
	  "192.0.2.7:3632" },
	{ BYTES(SIGNATURE "\x21\x21\0\x24" SOURCE6 SOURCE6 PORTS),
	  "[2001:db8::9]:3632" },
	{ BYTES(SIGNATURE "\x21\x21\0\x24" MAPPED MAPPED PORTS),
	  "192.0.2.7:3632" },
	{ BYTES(SIGNATURE "\x21\x31\0\xd8" ZEROES216), NULL },
	{ BYTES(SIGNATURE "\x21\0\0\0"), NULL },
	{ BYTES(SIGNATURE "\x21\0\0\x04" "TLVs"), NULL },
	{ BYTES(SIGNATURE "\x20\0\0\0"), NULL },
	{ BYTES(SIGNATURE "\x20\x11\0\x0c" SOURCE4 OTHER4 PORTS), NULL },
	{ BYTES(SIGNATURE "\x20\x77\0\x02" "??"), NULL },
	/* With TLVs: a name that the balancer gave the connection. */
	{ BYTES(SIGNATURE "\x21\x11\0\x12" SOURCE4 OTHER4 PORTS "\x05\0\x03"
		"abc"), "192.0.2.7:3632" },
	{ BYTES(SIGNATURE "\x21\0\x02\x18" ZEROES216 ZEROES216 ZEROES36
		ZEROES36 ZEROES4 ZEROES4 ZEROES4 ZEROES4 ZEROES4 ZEROES4
		ZEROES4 ZEROES4), NULL },
};

static void
expect_source(const struct sockaddr_storage *source, const char *expected)
{
	char name[NET_NAME_SIZE];

	if (expected == NULL) {
		ck_assert_int_eq(source->ss_family, AF_UNSPEC);
		return;
	}
	net_name((const struct sockaddr *)source, name);
	ck_assert_str_eq(name, expected);
}

START_TEST(a_header_tells_the_source)
{
	struct sockaddr_storage source = { .ss_family = AF_UNIX };
	unsigned char data[1000] = "";

	memcpy(data, good[_i].data, good[_i].len);
	ck_assert_int_eq(proxy_parse(data, good[_i].len, &source),
			 (int)good[_i].len);
	expect_source(&source, good[_i].name);
	/* What is behind it is not looked at. */
	memcpy(data + good[_i].len, "\r\n DIST", 7);
	ck_assert_int_eq(proxy_parse(data, good[_i].len + 7, &source),
			 (int)good[_i].len);
}
END_TEST

START_TEST(of_every_shorter_header_there_is_more_to_come)
{
	struct sockaddr_storage source = { .ss_family = AF_UNIX };
	unsigned char *data;
	size_t len;

	for (len = 0; len < good[_i].len; len++) {
		/* Of exactly this size, for the sanitizer. */
		data = malloc(len + (len == 0));
		ck_assert_ptr_nonnull(data);
		memcpy(data, good[_i].data, len);
		ck_assert_int_eq(proxy_parse(data, len, &source), 0);
		free(data);
	}
	ck_assert_int_eq(source.ss_family, AF_UNIX);
}
END_TEST

static const struct {
	const char *data;
	size_t len;
	int error;
} bad[] = {
	{ BYTES("D"), ERR_PROTO },
	{ BYTES("DIST00000001"), ERR_PROTO },
	{ BYTES(" PROXY UNKNOWN\r\n"), ERR_PROTO },
	{ BYTES("proxy UNKNOWN\r\n"), ERR_PROTO },
	{ BYTES("PROXX"), ERR_PROTO },
	{ BYTES("PROXY\r\n"), ERR_PROTO },
	{ BYTES("PROXY \r\n"), ERR_PROTO },
	{ BYTES("PROXY \n"), ERR_PROTO },
	{ BYTES("PROXY UNKNOWN\n"), ERR_PROTO },
	{ BYTES("PROXY UNKNOWN \n"), ERR_PROTO },
	{ BYTES("PROXY UNKNOWN\rx\n"), ERR_PROTO },
	{ BYTES("PROXY UNKNOWN \0\r\n"), ERR_PROTO },
	{ BYTES("PROXY UNKNOWNS\r\n"), ERR_PROTO },
	{ BYTES("PROXY  UNKNOWN\r\n"), ERR_PROTO },
	{ BYTES("PROXY UNKNOWN " LONGEST_REST "1\r\n"), ERR_LIMIT },
	{ BYTES("PROXY UNKNOWN " LONGEST_REST "12"), ERR_LIMIT },
	{ BYTES("PROXY TCP5 1.2.3.4 1.2.3.4 1 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY UDP4 1.2.3.4 1.2.3.4 1 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.4\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.4 1.2.3.4 1 \r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.4 1.2.3.4 1 2 \r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.4 1.2.3.4 1 2 3\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4  1.2.3.4 1.2.3.4 1 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3 1.2.3.4 1 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.4.5 1.2.3.4 1 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.256 1.2.3.4 1 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.04 1.2.3.4 1 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.4 localhost 1 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 ::1 ::1 1 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP6 1.2.3.4 1.2.3.4 1 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP6 [::1] ::1 1 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP6 fe80::1%lo ::1 1 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.4 1.2.3.4 65536 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.4 1.2.3.4 1 99999\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.4 1.2.3.4 4294967297 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.4 1.2.3.4 18446744073709551617 2\r\n"),
	  ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.4 1.2.3.4 01 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.4 1.2.3.4 -1 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.4 1.2.3.4 +1 2\r\n"), ERR_PROTO },
	{ BYTES("PROXY TCP4 1.2.3.4 1.2.3.4 1 0x2\r\n"), ERR_PROTO },
	{ BYTES("\r\n\r\n\r\n"), ERR_PROTO },
	{ BYTES("\r\n\r\n\0\r\nQUIT "), ERR_PROTO },
	{ BYTES(SIGNATURE "\x11\x11\0\x0c"), ERR_PROTO },
	{ BYTES(SIGNATURE "\x31\x11\0\x0c"), ERR_PROTO },
	{ BYTES(SIGNATURE "\x22\x11\0\x0c"), ERR_PROTO },
	{ BYTES(SIGNATURE "\x21\x10\0\x0c"), ERR_PROTO },
	{ BYTES(SIGNATURE "\x21\x12\0\x0c"), ERR_PROTO },
	{ BYTES(SIGNATURE "\x21\x01\0\x0c"), ERR_PROTO },
	{ BYTES(SIGNATURE "\x21\x41\0\x0c"), ERR_PROTO },
	{ BYTES(SIGNATURE "\x21\x11\0\x0b"), ERR_PROTO },
	{ BYTES(SIGNATURE "\x21\x21\0\x23"), ERR_PROTO },
	{ BYTES(SIGNATURE "\x21\x31\0\xd7"), ERR_PROTO },
	{ BYTES(SIGNATURE "\x21\x11\x02\x19"), ERR_LIMIT },
	{ BYTES(SIGNATURE "\x20\0\xff\xff"), ERR_LIMIT },
};

START_TEST(what_is_no_header_is_an_error)
{
	struct sockaddr_storage source = { .ss_family = AF_UNIX };
	unsigned char data[1000];

	memcpy(data, bad[_i].data, bad[_i].len);
	ck_assert_int_eq(proxy_parse(data, bad[_i].len, &source),
			 bad[_i].error);
	ck_assert_int_eq(source.ss_family, AF_UNIX);
}
END_TEST

static int ends[2];

static void
enter_pair(void)
{
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
}

static void
send_bytes(const void *data, size_t len)
{
	ck_assert_int_eq(fd_write_all(ends[1], data, len), 0);
}

static void
expect_rest(const char *expected)
{
	char rest[100];
	ssize_t n = recv(ends[0], rest, sizeof rest, MSG_DONTWAIT);

	n = n < 0 ? 0 : n;
	ck_assert_int_eq(n, (ssize_t)strlen(expected));
	ck_assert_mem_eq(rest, expected, (size_t)n);
}

START_TEST(a_header_is_taken_and_nothing_behind_it)
{
	struct proxy_reader reader = { .len = 0 };
	struct sockaddr_storage source;

	send_bytes(good[_i].data, good[_i].len);
	send_bytes("\r\nDIST", 6);
	ck_assert_int_eq(proxy_read(&reader, ends[0], &source), 1);
	expect_source(&source, good[_i].name);
	expect_rest("\r\nDIST");
}
END_TEST

START_TEST(a_header_may_come_byte_by_byte)
{
	struct proxy_reader reader = { .len = 0 };
	struct sockaddr_storage source = { .ss_family = AF_UNIX };
	size_t i;

	for (i = 0; i < good[_i].len; i++) {
		ck_assert_int_eq(proxy_read(&reader, ends[0], &source), 0);
		send_bytes(good[_i].data + i, 1);
		if (i + 1 == good[_i].len)
			send_bytes("D", 1);
		ck_assert_int_eq(proxy_read(&reader, ends[0], &source),
				 i + 1 == good[_i].len);
		/* Or else a poll would not wait for the next one. */
		expect_rest(i + 1 == good[_i].len ? "D" : "");
		if (i + 1 < good[_i].len)
			ck_assert_int_eq(source.ss_family, AF_UNIX);
	}
	expect_source(&source, good[_i].name);
}
END_TEST

START_TEST(what_is_no_header_stays_where_it_is)
{
	struct proxy_reader reader = { .len = 0 };
	struct sockaddr_storage source;

	send_bytes("DIST", 4);
	ck_assert_int_eq(proxy_read(&reader, ends[0], &source), ERR_PROTO);
	expect_rest("DIST");
}
END_TEST

START_TEST(a_header_that_is_cut_short_is_an_error)
{
	struct proxy_reader reader = { .len = 0 };
	struct sockaddr_storage source;

	send_bytes("PROXY TC", 8);
	ck_assert_int_eq(shutdown(ends[1], SHUT_WR), 0);
	ck_assert_int_eq(proxy_read(&reader, ends[0], &source), 0);
	ck_assert_int_eq(proxy_read(&reader, ends[0], &source), ERR_EOF);
}
END_TEST

START_TEST(what_is_no_socket_is_an_error)
{
	struct proxy_reader reader = { .len = 0 };
	struct sockaddr_storage source;

	ck_assert_int_eq(proxy_read(&reader, 1000, &source), ERR_SYS);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_pair, NULL);
	tcase_add_loop_test(tcase, a_header_tells_the_source, 0,
			    COUNT_OF(good));
	tcase_add_loop_test(tcase,
			    of_every_shorter_header_there_is_more_to_come, 0,
			    COUNT_OF(good));
	tcase_add_loop_test(tcase, what_is_no_header_is_an_error, 0,
			    COUNT_OF(bad));
	tcase_add_loop_test(tcase, a_header_is_taken_and_nothing_behind_it, 0,
			    COUNT_OF(good));
	tcase_add_loop_test(tcase, a_header_may_come_byte_by_byte, 0,
			    COUNT_OF(good));
	tcase_add_test(tcase, what_is_no_header_stays_where_it_is);
	tcase_add_test(tcase, a_header_that_is_cut_short_is_an_error);
	tcase_add_test(tcase, what_is_no_socket_is_an_error);
}

int
main(void)
{
	return unit_run("proxy", add_tests);
}
