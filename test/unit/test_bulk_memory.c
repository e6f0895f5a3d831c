/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/bulk.h"

#include <string.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/err.h"
#include "peer.h"
#include "wire/limits.h"
#include "wire/version.h"

static struct conn conn;
static struct buf wire = BUF_INIT, plain = BUF_INIT;

/* A stream written by hand: literals and the end marker. */
static const char hand_made[] = "DOTI0000000b\030int x;\n\021\0";

static int
read_body(unsigned version, uint32_t max)
{
	uint32_t size;
	int r = conn_read_token(&conn, "DOTI", &size);

	return r < 0 ? r : bulk_read_memory(&conn, version, size, max, &wire,
					    &plain);
}

static void
expect(const char *bytes, size_t size, unsigned version, uint32_t max, int r)
{
	buf_add_str(&plain, "left over");
	peer_saying(&conn, bytes, size);
	ck_assert_int_eq(read_body(version, max), r);
	peer_end(&conn);
}

START_TEST(a_body_is_read_up_to_its_maximum)
{
	const int r = _i < 7 ? ERR_LIMIT : 0;

	expect(hand_made, sizeof hand_made, VERSION_LZO, (uint32_t)_i, r);
	ck_assert_str_eq(plain.data, _i < 7 ? "" : "int x;\n");
	expect("DOTI00000007int x;\n", 19, VERSION_PLAIN, (uint32_t)_i, r);
	ck_assert_str_eq(plain.data, _i < 7 ? "" : "int x;\n");
	expect("DOTI00000000", 12, VERSION_LZO, (uint32_t)_i, 0);
	ck_assert_str_eq(plain.data, "");
	buf_clear(&wire);
	buf_clear(&plain);
}
END_TEST

START_TEST(what_is_no_body_is_told)
{
	expect("DOTI00000004abcd", 16, VERSION_LZO, 1000, ERR_LZO);
	expect("DOTI0000000cabcd", 16, VERSION_LZO, 1000, ERR_EOF);
	expect("DOTI0000000cabcd", 16, VERSION_PLAIN, 1000, ERR_EOF);
	expect("DOTI01400001", 12, VERSION_LZO, LIMIT_BULK, ERR_LIMIT);
	expect("DOTIffffffff", 12, VERSION_LZO, LIMIT_BULK, ERR_LIMIT);
	buf_clear(&wire);
	buf_clear(&plain);
}
END_TEST

static void
say_pending(int fd, const void *arg)
{
	const struct conn *out = arg;

	if (fd_write_all(fd, out->pending.data, out->pending.len) < 0)
		_exit(1);
}

/* However much it grows, and whatever memory there was from the last one. */
START_TEST(memory_grows_with_the_body)
{
	static const size_t sizes[] = { 1, 300000, 2, 70, 250000, 4096 };
	const char *data = peer_pattern(300000);
	char *same = xcalloc(1, 300000);
	const char *body;
	struct conn out;
	pid_t pid;
	int i;

	for (i = 0; i < COUNT_OF(sizes); i++) {
		conn_init(&out, -1, -1, PEER_IDLE_MS);
		body = (i + _i) % 2 == 0 ? same : data;
		ck_assert_int_eq(bulk_put(&out, VERSION_LZO, "DOTI", body,
					  sizes[i]), 0);
		pid = peer_running(&conn, say_pending, &out);
		ck_assert_int_eq(read_body(VERSION_LZO, LIMIT_BULK), 0);
		ck_assert_uint_eq(plain.len, sizes[i]);
		ck_assert_mem_eq(plain.data, body, sizes[i]);
		peer_wait(pid);
		peer_end(&conn);
		conn_clear(&out);
	}
	free(same);
	buf_clear(&wire);
	buf_clear(&plain);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, a_body_is_read_up_to_its_maximum, 6, 9);
	tcase_add_test(tcase, what_is_no_body_is_told);
	tcase_add_loop_test(tcase, memory_grows_with_the_body, 0, 2);
}

int
main(void)
{
	return unit_run("bulk_memory", add_tests);
}
