/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "unit.h"

static struct digest
digest_of(const void *data, size_t size)
{
	struct digest digest = DIGEST_INIT;

	digest_add(&digest, data, size);
	return digest;
}

/* Both ends of a connection work it out: it must never change. */
START_TEST(test_it_is_the_same_on_every_machine)
{
	static const struct {
		const char *data;
		const char *text;
	} rows[] = {
		{ "a", "5ff4749e4ba3f1e0db6227599f3b33e9" },
		{ "b", "4689f66556e187b975fe971ea9e5d753" },
		{ "c", "366d237a0ad2ccd63095987d29d0a2fa" },
	};
	char text[DIGEST_TEXT_SIZE];
	struct digest digest;
	size_t i;

	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		digest = digest_of(rows[i].data, strlen(rows[i].data));
		digest_text(&digest, text);
		ck_assert_str_eq(text, rows[i].text);
	}
}
END_TEST

START_TEST(test_where_pieces_end_matters)
{
	struct digest one = DIGEST_INIT, other = DIGEST_INIT;

	digest_add(&one, "ab", 2);
	digest_add(&one, "c", 1);
	digest_add(&other, "a", 1);
	digest_add(&other, "bc", 2);
	ck_assert(!digest_equal(&one, &other));
}
END_TEST

/* Any bit of any byte, at any place in its word, and how many there are. */
START_TEST(test_each_bit_matters)
{
	unsigned char data[41];
	struct digest plain, other;
	size_t i;
	int bit;

	memset(data, 0, sizeof data);
	plain = digest_of(data, sizeof data);
	for (i = 0; i < sizeof data; i++) {
		for (bit = 0; bit < 8; bit++) {
			data[i] ^= (unsigned char)(1 << bit);
			other = digest_of(data, sizeof data);
			ck_assert(other.a != plain.a);
			ck_assert(other.b != plain.b);
			data[i] ^= (unsigned char)(1 << bit);
		}
		other = digest_of(data, i);
		ck_assert(!digest_equal(&plain, &other));
	}
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_test(tcase, test_it_is_the_same_on_every_machine);
	tcase_add_test(tcase, test_where_pieces_end_matters);
	tcase_add_test(tcase, test_each_bit_matters);
}

int
main(void)
{
	return unit_run("digest", add_tests);
}
