/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/token.h"

#include <string.h>

#include "base/err.h"
#include "unit.h"

static const struct {
	const char *name;
	uint32_t value;
	const char *bytes;
} tokens[] = {
	{ "DIST", 1, "DIST00000001" },
	{ "ARGC", 0, "ARGC00000000" },
	{ "ARGV", 10, "ARGV0000000a" },
	{ "DOTI", 0x350, "DOTI00000350" },
	{ "STAT", 0x6b00, "STAT00006b00" },
	{ "DOTO", 0x12345678, "DOTO12345678" },
	{ "DOTO", 0x9abcdef0, "DOTO9abcdef0" },
	{ "SERR", 0xffffffff, "SERRffffffff" },
	{ "SOUT", 0x80000000, "SOUT80000000" },
};

START_TEST(a_token_is_these_bytes_and_no_more)
{
	char out[TOKEN_SIZE + 1];

	memset(out, '#', sizeof out);
	token_encode(out, tokens[_i].name, tokens[_i].value);
	ck_assert_mem_eq(out, tokens[_i].bytes, TOKEN_SIZE);
	ck_assert_int_eq(out[TOKEN_SIZE], '#');
}
END_TEST

START_TEST(these_bytes_are_the_token)
{
	uint32_t value = 42;

	ck_assert_int_eq(token_decode(tokens[_i].bytes, tokens[_i].name,
				      &value), 0);
	ck_assert_uint_eq(value, tokens[_i].value);
}
END_TEST

START_TEST(every_bit_makes_the_round_trip)
{
	const uint32_t sent = (uint32_t)1 << _i;
	uint32_t value = 0;
	char out[TOKEN_SIZE];

	token_encode(out, "NAME", sent);
	ck_assert_int_eq(token_decode(out, "NAME", &value), 0);
	ck_assert_uint_eq(value, sent);
	token_encode(out, "NAME", ~sent);
	ck_assert_int_eq(token_decode(out, "NAME", &value), 0);
	ck_assert_uint_eq(value, ~sent);
}
END_TEST

START_TEST(digits_may_be_of_either_case)
{
	uint32_t value = 0;

	ck_assert_int_eq(token_decode("DOTOABCDEFab", "DOTO", &value), 0);
	ck_assert_uint_eq(value, 0xabcdefab);
}
END_TEST

static const char *const strangers[] = {
	"DISU00000001", "dist00000001", "DIS\00000000001", " DIST0000001",
	"TSID00000001", "ARGC00000001",
	/* What strtoul() would take, and we do not. */
	"DIST       1", "DIST0x000001", "DIST+0000001", "DIST-0000001",
	"DIST\t0000001",
	/* What it would not. */
	"DIST0000000g", "DIST0000000G", "DIST0000000 ", "DIST1       ",
	"DIST0000000/", "DIST0000000:", "DIST0000000@", "DIST0000000`",
	"DISTg0000000", "DIST0000.001", "DIST0000\n001", "DIST\3770000001",
	"DISTx0000001",
};

START_TEST(anything_else_is_refused_and_leaves_the_value_alone)
{
	uint32_t value = 42;

	ck_assert_int_eq(token_decode(strangers[_i], "DIST", &value),
			 ERR_PROTO);
	ck_assert_uint_eq(value, 42);
}
END_TEST

/* Every byte there is, in place of every digit. */
START_TEST(only_22_bytes_are_digits)
{
	char in[] = "DIST00000000";
	uint32_t value;
	int byte, digits = 0;

	for (byte = 0; byte < 256; byte++) {
		in[_i] = (char)byte;
		digits += token_decode(in, "DIST", &value) == 0;
	}
	ck_assert_int_eq(digits, 22);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, a_token_is_these_bytes_and_no_more, 0,
			    COUNT_OF(tokens));
	tcase_add_loop_test(tcase, these_bytes_are_the_token, 0,
			    COUNT_OF(tokens));
	tcase_add_loop_test(tcase, every_bit_makes_the_round_trip, 0, 32);
	tcase_add_test(tcase, digits_may_be_of_either_case);
	tcase_add_loop_test(
		tcase, anything_else_is_refused_and_leaves_the_value_alone, 0,
		COUNT_OF(strangers));
	tcase_add_loop_test(tcase, only_22_bytes_are_digits, 4, TOKEN_SIZE);
}

int
main(void)
{
	return unit_run("token", add_tests);
}
