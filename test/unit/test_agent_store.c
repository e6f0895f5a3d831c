/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/store.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fd.h"
#include "unit.h"

#define MIB (1u << 20)

static struct digest
key(unsigned number)
{
	struct digest digest = DIGEST_INIT;

	digest_add(&digest, &number, sizeof number);
	return digest;
}

/* A body of its own for each number. */
static void
make_body(struct buf *body, unsigned number, size_t size)
{
	buf_reset(body);
	memset(buf_grow(body, size), (int)number + 1, size);
	buf_wrote(body, size);
}

static struct store_place
add(struct store *store, unsigned number, size_t size)
{
	const struct digest digest = key(number);
	struct buf body = BUF_INIT;
	struct store_place place;

	make_body(&body, number, size);
	ck_assert_int_eq(store_add(store, &digest, &body, &place), 0);
	ck_assert_uint_eq(place.size, size);
	buf_clear(&body);
	return place;
}

static int
has(struct store *store, unsigned number, struct store_place *place)
{
	const struct digest digest = key(number);

	return store_find(store, &digest, place);
}

/* As a client sees it. */
static int
is_mapped(struct store *store, const struct store_place *place,
	  unsigned number)
{
	int fd = store_fd(store, place->segment);
	size_t size = (size_t)fd_size(fd), i;
	char *map = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	int is = map != MAP_FAILED && place->at + place->size <= size;

	for (i = 0; is && i < place->size; i++)
		is = map[place->at + i] == (char)(number + 1);
	if (map != MAP_FAILED)
		munmap(map, size);
	return is;
}

START_TEST(what_was_added_is_found)
{
	struct store *store = store_new(64 * MIB, ".");
	struct store_place place;
	unsigned i;

	store_begin(store);
	ck_assert_int_eq(has(store, 0, &place), 0);
	for (i = 0; i < 2000; i++)
		add(store, i, 1 + i);
	for (i = 0; i < 2000; i++) {
		ck_assert_int_eq(has(store, i, &place), 1);
		ck_assert_uint_eq(place.size, 1 + i);
		ck_assert(is_mapped(store, &place, i));
	}
	ck_assert_int_eq(has(store, 2000, &place), 0);
	ck_assert_uint_eq(store_count(store), 2000);
	ck_assert_uint_eq(store_bytes(store), STORE_SEGMENT);
	store_free(store);
}
END_TEST

START_TEST(the_segment_goes_that_was_of_no_use_for_longest)
{
	struct store *store = store_new(3 * STORE_SEGMENT, ".");
	struct store_place place;
	unsigned i;

	for (i = 0; i < 3; i++) {
		store_begin(store);
		add(store, i, STORE_SEGMENT - 10);
	}
	store_begin(store);
	ck_assert_int_eq(has(store, 0, &place), 1);
	store_begin(store);
	place = add(store, 3, 100);
	ck_assert(is_mapped(store, &place, 3));
	ck_assert_uint_eq(store_bytes(store), 3 * STORE_SEGMENT);
	ck_assert_int_eq(has(store, 0, &place), 1);
	ck_assert(is_mapped(store, &place, 0));
	ck_assert_int_eq(has(store, 1, &place), 0);
	ck_assert_int_eq(has(store, 2, &place), 1);
	ck_assert_uint_eq(store_count(store), 3);
	store_free(store);
}
END_TEST

START_TEST(none_goes_in_the_turn_that_needs_it)
{
	struct store *store = store_new(2 * STORE_SEGMENT, ".");
	struct store_place place;
	unsigned i;

	store_begin(store);
	for (i = 0; i < 4; i++)
		add(store, i, STORE_SEGMENT - 10);
	for (i = 0; i < 4; i++)
		ck_assert_int_eq(has(store, i, &place), 1);
	store_begin(store);
	add(store, 4, 100);
	ck_assert_uint_eq(store_bytes(store), 2 * STORE_SEGMENT);
	store_free(store);
}
END_TEST

START_TEST(a_body_may_be_longer_than_a_segment)
{
	struct store *store = store_new(64 * MIB, ".");
	struct store_place place;

	store_begin(store);
	place = add(store, 1, STORE_SEGMENT + 5);
	ck_assert(is_mapped(store, &place, 1));
	place = add(store, 2, 5);
	ck_assert(is_mapped(store, &place, 2));
	store_free(store);
}
END_TEST

START_TEST(a_renewed_body_is_in_the_newest_segment)
{
	struct store *store = store_new(64 * MIB, ".");
	const struct digest digest = key(1);
	struct store_place place, now;
	struct buf body = BUF_INIT;

	store_begin(store);
	place = add(store, 1, 100);
	now = add(store, 2, STORE_SEGMENT - 50);
	ck_assert_uint_ne(place.segment, now.segment);
	add(store, 3, STORE_SEGMENT - 500);
	ck_assert_int_eq(store_renew(store, &digest, &place), 0);
	ck_assert_uint_gt(place.segment, now.segment);
	ck_assert(is_mapped(store, &place, 1));
	ck_assert_int_eq(has(store, 1, &now), 1);
	ck_assert_uint_eq(now.segment, place.segment);
	ck_assert_int_eq(store_read(store, &now, &body), 0);
	ck_assert_uint_eq(body.len, 100);
	ck_assert_int_eq(body.data[99], 2);
	buf_clear(&body);
	store_free(store);
}
END_TEST

START_TEST(what_clients_get_cannot_be_changed)
{
	struct store *store = store_new(64 * MIB, ".");
	struct store_place place;
	int fd;

	store_begin(store);
	place = add(store, 1, 100);
	fd = store_fd(store, place.segment);
	ck_assert_int_eq((int)write(fd, "x", 1), -1);
	ck_assert_int_eq(ftruncate(fd, 0), -1);
	ck_assert_ptr_eq(mmap(NULL, 100, PROT_READ | PROT_WRITE, MAP_SHARED,
			      fd, 0), MAP_FAILED);
	ck_assert(is_mapped(store, &place, 1));
	store_free(store);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, what_was_added_is_found);
	tcase_add_test(tcase, the_segment_goes_that_was_of_no_use_for_longest);
	tcase_add_test(tcase, none_goes_in_the_turn_that_needs_it);
	tcase_add_test(tcase, a_body_may_be_longer_than_a_segment);
	tcase_add_test(tcase, a_renewed_body_is_in_the_newest_segment);
	tcase_add_test(tcase, what_clients_get_cannot_be_changed);
}

int
main(void)
{
	return unit_run("agent_store", add_tests);
}
