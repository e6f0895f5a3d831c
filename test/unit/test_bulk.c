/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/bulk.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include <lzo/lzo1x.h>

#include "base/err.h"
#include "base/file.h"
#include "base/tmp.h"
#include "peer.h"
#include "wire/limits.h"
#include "wire/token.h"
#include "wire/version.h"

#define SLACK_KIB 6144	/* for what is not the body's own memory */
#define BOMB_SIZE (120u << 20)

static struct conn conn;

/* What a peer sends as a body. */
struct body {
	unsigned version;
	size_t size;
	int noise;	/* else all bytes are the same */
	int in_memory;
};

static unsigned char *
fill(const struct body *body)
{
	unsigned char *data = mmap(NULL, body->size + 1,
				   PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint64_t state = 88172645463325252u;
	size_t i;

	if (data == MAP_FAILED)
		_exit(9);
	for (i = 0; body->noise && i < body->size; i++) {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		data[i] = (unsigned char)state;
	}
	return data;
}

static void
send_body(int fd, const void *arg)
{
	const struct body *body = arg;
	unsigned char *data = fill(body);
	struct conn out;
	int file, r;

	conn_init(&out, fd, fd, PEER_IDLE_MS);
	if (body->in_memory) {
		r = bulk_put(&out, body->version, "DOTI", data, body->size);
	} else {
		if (file_write("sent", data, body->size) < 0)
			_exit(2);
		file = open("sent", O_RDONLY);
		/* A body is the whole file, wherever the offset is. */
		lseek(file, 0, SEEK_END);
		r = bulk_put_file(&out, body->version, "DOTI", file);
	}
	if (r < 0 || conn_flush(&out) < 0)
		_exit(1);
	conn_clear(&out);
}

/* Reads a body into the file called "got". */
static int
read_body(unsigned version, uint32_t max)
{
	uint32_t size;
	int r, fd = open("got", O_RDWR | O_CREAT | O_TRUNC, 0600);

	r = conn_read_token(&conn, "DOTI", &size);
	if (r == 0)
		r = bulk_read(&conn, version, size, fd, max);
	close(fd);
	return r;
}

static void
assert_got(const struct body *body)
{
	unsigned char *expected = fill(body), *got;
	int fd = open("got", O_RDONLY);

	ck_assert_int_eq(fd_size(fd), (off_t)body->size);
	if (body->size > 0) {
		got = mmap(NULL, body->size, PROT_READ, MAP_PRIVATE, fd, 0);
		ck_assert_ptr_ne(got, MAP_FAILED);
		ck_assert_int_eq(memcmp(got, expected, body->size), 0);
		munmap(got, body->size);
	}
	munmap(expected, body->size + 1);
	close(fd);
}

static const size_t sizes[] = { 0, 1, 4, 100000, 20000000 };

START_TEST(a_body_makes_the_round_trip)
{
	const struct body body = {
		.version = _i & 1 ? VERSION_LZO : VERSION_PLAIN,
		.noise = _i >> 1 & 1,
		.in_memory = _i >> 2 & 1,
		.size = sizes[_i >> 3],
	};
	pid_t pid;
	char byte;

	pid = peer_running(&conn, send_body, &body);
	ck_assert_int_eq(read_body(body.version, LIMIT_BULK), 0);
	ck_assert_int_eq(conn_read(&conn, &byte, 1), ERR_EOF);
	assert_got(&body);
	peer_wait(pid);
	peer_end(&conn);
}
END_TEST

/* Data that grows when it is compressed, in buffers that it just fits. */
START_TEST(what_does_not_compress_has_room_in_the_queue)
{
	struct body body = { .noise = 1 };
	unsigned char *data;
	size_t room;

	for (room = 64; room < 500000; room += room / 2) {
		body.size = room - 13;
		data = fill(&body);
		peer_open(&conn);
		ck_assert_int_eq(bulk_put(&conn, VERSION_LZO, "DOTI", data,
					  body.size), 0);
		ck_assert_uint_gt(conn.pending.len, body.size + 12);
		ck_assert_uint_lt(conn.pending.len, conn.pending.room);
		peer_end(&conn);
		munmap(data, body.size + 1);
	}
}
END_TEST

START_TEST(no_file_is_an_empty_body)
{
	char heard[20];

	peer_open(&conn);
	ck_assert_int_eq(bulk_put_file(&conn, _i, "SERR", -1), 0);
	ck_assert_int_eq(conn_flush(&conn), 0);
	ck_assert_uint_eq(peer_heard(heard, sizeof heard), 12);
	ck_assert_mem_eq(heard, "SERR00000000", 12);
	peer_end(&conn);
}
END_TEST

/* Streams written by hand: literals and the end marker. */
static const char hand_made[] = "DOTI0000000b\030int x;\n\021\0";

START_TEST(any_valid_stream_is_taken)
{
	struct buf got = BUF_INIT;

	peer_saying(&conn, hand_made, sizeof hand_made);
	ck_assert_int_eq(read_body(VERSION_LZO, 7), 0);
	ck_assert_int_eq(file_read("got", 100, &got), 0);
	ck_assert_str_eq(got.data, "int x;\n");
	buf_clear(&got);
	peer_end(&conn);
}
END_TEST

START_TEST(a_stream_over_its_maximum_is_refused)
{
	peer_saying(&conn, hand_made, sizeof hand_made);
	ck_assert_int_eq(read_body(VERSION_LZO, (uint32_t)_i), ERR_LIMIT);
	peer_end(&conn);
}
END_TEST

START_TEST(a_plain_body_over_its_maximum_is_refused_unread)
{
	peer_open(&conn);
	ck_assert_int_eq(fd_write_all(peer_ends[1], "DOTI00000008", 12), 0);
	ck_assert_int_eq(read_body(VERSION_PLAIN, 7), ERR_LIMIT);
	peer_end(&conn);
}
END_TEST

START_TEST(every_shorter_body_is_cut_short)
{
	peer_saying(&conn, hand_made, (size_t)_i);
	ck_assert_int_eq(read_body(VERSION_LZO, 100), ERR_EOF);
	peer_end(&conn);
	peer_saying(&conn, hand_made, (size_t)_i);
	ck_assert_int_eq(read_body(VERSION_PLAIN, 100), ERR_EOF);
	peer_end(&conn);
}
END_TEST

static const struct {
	const char *bytes;
	size_t size;
} damaged[] = {
	/* The end marker is missing, incomplete, or has something behind. */
	{ "DOTI00000008\030int x;\n", 20 },
	{ "DOTI00000009\030int x;\n\021", 21 },
	{ "DOTI0000000a\030int x;\n\021\0", 22 },
	{ "DOTI0000000c\030int x;\n\021\0\0\0", 24 },
	/* More literals than there are bytes. */
	{ "DOTI0000000b\360int x;\n\021\0\0", 23 },
	/* A copy of what was never there. */
	{ "DOTI0000000b\022a\100\377bcd\021\0\0\0", 23 },
	{ "DOTI00000005\100\0\021\0\0", 17 },
	{ "DOTI00000001\0", 13 },
	{ "DOTI00000004\0\0\0\0", 16 },
};

START_TEST(a_damaged_stream_is_noticed)
{
	peer_saying(&conn, damaged[_i].bytes, damaged[_i].size);
	ck_assert_int_eq(read_body(VERSION_LZO, 1000), ERR_LZO);
	peer_end(&conn);
}
END_TEST

/* Whatever a flipped bit makes of it: no more than the bytes allowed. */
START_TEST(a_flipped_bit_does_no_harm)
{
	char bytes[sizeof hand_made];
	struct stat st;
	int bit, r;

	for (bit = 0; bit < 8; bit++) {
		memcpy(bytes, hand_made, sizeof bytes);
		bytes[_i] = (char)(bytes[_i] ^ 1 << bit);
		peer_saying(&conn, bytes, sizeof bytes);
		r = read_body(VERSION_LZO, 1000);
		ck_assert(r == 0 || r == ERR_LZO || r == ERR_LIMIT);
		ck_assert_int_eq(stat("got", &st), 0);
		ck_assert_int_le(st.st_size, r == 0 ? 1000 : 0);
		peer_end(&conn);
	}
}
END_TEST

/* Twice what memory may be used, in a few hundred kilobytes. */
static void
send_bomb(int fd, const void *arg)
{
	const struct body body = { VERSION_LZO, BOMB_SIZE, 0, 1 };

	(void)arg;
	signal(SIGPIPE, SIG_IGN);
	send_body(fd, &body);
}

START_TEST(a_bomb_is_refused_in_bounded_memory)
{
	pid_t pid = peer_running(&conn, send_bomb, NULL);
	long before = peer_max_memory();
	struct stat st;

	ck_assert_int_eq(read_body(VERSION_LZO, LIMIT_BULK), ERR_LIMIT);
	ck_assert_int_le(peer_max_memory() - before,
			 (long)(LIMIT_LZO_RECEIVE >> 10) + SLACK_KIB);
	ck_assert_int_eq(stat("got", &st), 0);
	ck_assert_int_eq(st.st_size, 0);
	peer_wait(pid);
	peer_end(&conn);
}
END_TEST

START_TEST(a_small_maximum_is_a_small_bound)
{
	pid_t pid = peer_running(&conn, send_bomb, NULL);
	long before = peer_max_memory();

	ck_assert_int_eq(read_body(VERSION_LZO, 1u << 20), ERR_LIMIT);
	ck_assert_int_le(peer_max_memory() - before, 1024 + SLACK_KIB);
	peer_wait(pid);
	peer_end(&conn);
}
END_TEST

static const struct {
	unsigned version;
	uint32_t size;
	int takes_file;
	int r;
} announced[] = {
	{ VERSION_PLAIN, LIMIT_BULK + 1, 1, ERR_LIMIT },
	{ VERSION_PLAIN, UINT32_MAX, 1, ERR_LIMIT },
	{ VERSION_PLAIN, UINT32_MAX, 0, ERR_LIMIT },
	{ VERSION_LZO, LIMIT_LZO_WIRE + 1, 1, ERR_LIMIT },
	{ VERSION_LZO, LIMIT_BULK, 1, ERR_LIMIT },
	{ VERSION_LZO, LIMIT_BULK + 1, 0, ERR_LIMIT },
	{ VERSION_LZO, UINT32_MAX, 1, ERR_LIMIT },
	/* These are allowed, but the peer leaves. */
	{ VERSION_PLAIN, LIMIT_BULK, 1, ERR_EOF },
	{ VERSION_PLAIN, LIMIT_BULK, 0, ERR_EOF },
	{ VERSION_LZO, LIMIT_LZO_WIRE, 1, ERR_EOF },
	{ VERSION_LZO, LIMIT_BULK, 0, ERR_EOF },
};

START_TEST(an_announced_size_costs_no_memory)
{
	long before = peer_max_memory();
	int fd = -1;

	if (announced[_i].takes_file)
		fd = open("got", O_RDWR | O_CREAT, 0600);
	peer_saying(&conn, "abc", 3);
	ck_assert_int_eq(bulk_read(&conn, announced[_i].version,
				   announced[_i].size, fd, LIMIT_BULK),
			 announced[_i].r);
	if (announced[_i].r == ERR_LIMIT)
		ck_assert_uint_eq(conn.bytes_in, 0);
	ck_assert_int_le(peer_max_memory() - before, SLACK_KIB);
	peer_end(&conn);
}
END_TEST

START_TEST(a_body_nobody_wants_is_dropped_unseen)
{
	char rest[4];

	peer_saying(&conn, "not LZO!rest", 12);
	ck_assert_int_eq(bulk_read(&conn, _i, 8, -1, 1), 0);
	ck_assert_int_eq(conn_read(&conn, rest, 4), 0);
	ck_assert_mem_eq(rest, "rest", 4);
	peer_end(&conn);
}
END_TEST

START_TEST(a_full_disk_is_ours)
{
	int full = open("/dev/full", O_WRONLY);

	peer_saying(&conn, hand_made + 12, sizeof hand_made - 12);
	errno = 0;
	ck_assert_int_eq(bulk_read(&conn, _i, 11, full, 100), ERR_SYS);
	ck_assert_int_eq(errno, ENOSPC);
	peer_end(&conn);
}
END_TEST

static const struct {
	unsigned version;
	off_t size;
	int r;
} files[] = {
	{ VERSION_PLAIN, LIMIT_BULK, 0 },
	{ VERSION_PLAIN, (off_t)LIMIT_BULK + 1, ERR_LIMIT },
	{ VERSION_PLAIN, (off_t)1 << 32, ERR_LIMIT },
	{ VERSION_PLAIN, ((off_t)1 << 32) + 7, ERR_LIMIT },
	{ VERSION_LZO, LIMIT_LZO_SEND + 1, 0 },
	{ VERSION_LZO, LIMIT_BULK, ERR_LIMIT },
	{ VERSION_LZO, (off_t)1 << 32, ERR_LIMIT },
};

START_TEST(a_file_too_big_is_refused_and_not_truncated)
{
	int fd = open("sparse", O_RDWR | O_CREAT, 0600);

	/* Holes, which take no place. */
	ck_assert_int_eq(ftruncate(fd, files[_i].size), 0);
	ck_assert_int_eq(bulk_check(files[_i].version, fd), files[_i].r);
	if (files[_i].r < 0) {
		peer_open(&conn);
		ck_assert_int_eq(bulk_put_file(&conn, files[_i].version,
					       "DOTI", fd), files[_i].r);
		ck_assert_uint_eq(conn.pending.len, 0);
		ck_assert_uint_eq(conn.bytes_out, 0);
		peer_end(&conn);
	}
	close(fd);
}
END_TEST

/* The peer of a_file_too_big_to_compress_is_stored: decodes what it reads. */
static void
decode_stored(int fd, const void *arg)
{
	const size_t size = *(const size_t *)arg;
	unsigned char *in = malloc(size + size / 200 + 100);
	unsigned char *out = malloc(size);
	lzo_uint out_size = size;
	char token[TOKEN_SIZE];
	uint32_t in_size;
	size_t i;

	if (recv(fd, token, sizeof token, MSG_WAITALL) != sizeof token ||
	    token_decode(token, "DOTO", &in_size) < 0 ||
	    recv(fd, in, in_size, MSG_WAITALL) != (ssize_t)in_size ||
	    lzo1x_decompress_safe(in, in_size, out, &out_size, NULL) !=
		    LZO_E_OK || out_size != size)
		_exit(1);
	for (i = 0; i < size; i++) {
		if (out[i] != (unsigned char)(i >> 12))
			_exit(2);
	}
	free(in);
	free(out);
}

START_TEST(a_file_too_big_to_compress_is_stored)
{
	const size_t size = LIMIT_LZO_SEND + 1 + (size_t)_i * 127;
	int fd = tmp_open(".");
	char block[4096];
	size_t i, part;
	pid_t pid;

	for (i = 0; i < size; i += part) {
		part = size - i < sizeof block ? size - i : sizeof block;
		memset(block, (int)(i >> 12), part);
		ck_assert_int_eq(write(fd, block, part), (ssize_t)part);
	}
	pid = peer_running(&conn, decode_stored, &size);
	ck_assert_int_eq(bulk_put_file(&conn, VERSION_LZO, "DOTO", fd), 0);
	ck_assert_int_eq(conn_flush(&conn), 0);
	peer_end(&conn);
	peer_wait(pid);
	close(fd);
}
END_TEST

START_TEST(what_is_no_file_is_an_error)
{
	ck_assert_int_eq(bulk_check(VERSION_PLAIN, -1), 0);
	ck_assert_int_eq(bulk_check(VERSION_LZO, -1), 0);
	ck_assert_int_eq(bulk_check(VERSION_PLAIN, 1000), ERR_SYS);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, a_body_makes_the_round_trip, 0,
			    8 * COUNT_OF(sizes));
	tcase_add_test(tcase, what_does_not_compress_has_room_in_the_queue);
	tcase_add_loop_test(tcase, no_file_is_an_empty_body, VERSION_PLAIN,
			    VERSION_LZO + 1);
	tcase_add_test(tcase, any_valid_stream_is_taken);
	tcase_add_loop_test(tcase, a_stream_over_its_maximum_is_refused, 1, 7);
	tcase_add_test(tcase,
		       a_plain_body_over_its_maximum_is_refused_unread);
	tcase_add_loop_test(tcase, every_shorter_body_is_cut_short, 0,
			    (int)sizeof hand_made);
	tcase_add_loop_test(tcase, a_damaged_stream_is_noticed, 0,
			    COUNT_OF(damaged));
	tcase_add_loop_test(tcase, a_flipped_bit_does_no_harm, 12,
			    (int)sizeof hand_made);
	tcase_add_test(tcase, a_bomb_is_refused_in_bounded_memory);
	tcase_add_test(tcase, a_small_maximum_is_a_small_bound);
	tcase_add_loop_test(tcase, an_announced_size_costs_no_memory, 0,
			    COUNT_OF(announced));
	tcase_add_loop_test(tcase, a_body_nobody_wants_is_dropped_unseen,
			    VERSION_PLAIN, VERSION_LZO + 1);
	tcase_add_loop_test(tcase, a_full_disk_is_ours, VERSION_PLAIN,
			    VERSION_LZO + 1);
	tcase_add_loop_test(tcase, a_file_too_big_is_refused_and_not_truncated,
			    0, COUNT_OF(files));
	tcase_add_loop_test(tcase, a_file_too_big_to_compress_is_stored, 0, 4);
	tcase_add_test(tcase, what_is_no_file_is_an_error);
}

int
main(void)
{
	return unit_run("bulk", add_tests);
}
