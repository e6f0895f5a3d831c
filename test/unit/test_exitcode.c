/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/exitcode.h"

#include "base/err.h"
#include "unit.h"

static const struct {
	int r, code;
} codes[] = {
	{ ERR_SYS, 107 },     { ERR_EOF, 108 },	   { ERR_PROTO, 109 },
	{ ERR_LIMIT, 109 },   { ERR_TIMEOUT, 118 }, { ERR_LZO, 109 },
	{ ERR_VERSION, 109 }, { ERR_SYNTAX, 100 },  { ERR_RESOLVE, 100 },
	{ ERR_MISSING, 100 }, { ERR_DENIED, 100 },  { ERR_CANCEL, 100 },
};

START_TEST(every_error_has_the_code_of_old)
{
	ck_assert_int_eq(codes[_i].r, -_i - 1);
	ck_assert_int_eq(exitcode_of_error(codes[_i].r, 1), codes[_i].code);
}
END_TEST

START_TEST(before_the_connection_all_is_one)
{
	ck_assert_int_eq(exitcode_of_error(codes[_i].r, 0), 103);
}
END_TEST

static const struct {
	int code, number;
} numbers[] = {
	{ EXIT_GENERAL, 100 },	      { EXIT_BAD_ARGUMENTS, 101 },
	{ EXIT_CONNECT_FAILED, 103 }, { EXIT_IO_ERROR, 107 },
	{ EXIT_TRUNCATED, 108 },      { EXIT_PROTOCOL_ERROR, 109 },
	{ EXIT_NO_COMPILER, 110 },    { EXIT_RECURSION, 111 },
	{ EXIT_NO_HOSTS, 116 },	      { EXIT_TIMEOUT, 118 },
};

START_TEST(scripts_know_these_numbers)
{
	ck_assert_int_eq(numbers[_i].code, numbers[_i].number);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, every_error_has_the_code_of_old, 0,
			    COUNT_OF(codes));
	tcase_add_loop_test(tcase, before_the_connection_all_is_one, 0,
			    COUNT_OF(codes));
	tcase_add_loop_test(tcase, scripts_know_these_numbers, 0,
			    COUNT_OF(numbers));
}

int
main(void)
{
	return unit_run("exitcode", add_tests);
}
