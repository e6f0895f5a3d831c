/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "scan/symbol.h"
#include "scan/word.h"
#include "unit.h"

START_TEST(test_all_words_are_there_and_differ)
{
	struct symbols *symbols = symbols_new();
	uint32_t word;

	ck_assert_uint_eq(symbols_count(symbols), WORD_COUNT - 1);
	for (word = WORD_NONE + 1; word < WORD_COUNT; word++)
		ck_assert_str_eq(symbols_text(symbols, word, NULL),
				 word_text((enum word)word));
	symbols_free(symbols);
}
END_TEST

START_TEST(test_a_spelling_keeps_its_number)
{
	struct symbols *symbols = symbols_new();
	uint32_t first = symbols_intern(symbols, "a0", 2), number;
	const char *where = symbols_text(symbols, first, NULL);
	char text[16];
	size_t len;
	int i, turn;

	for (turn = 0; turn < 2; turn++) {
		for (i = 0; i < 50000; i++) {
			snprintf(text, sizeof text, "a%d", i);
			number = symbols_intern(symbols, text, strlen(text));
			ck_assert_uint_eq(number, first + (uint32_t)i);
			ck_assert_str_eq(symbols_text(symbols, number, &len),
					 text);
			ck_assert_uint_eq(len, strlen(text));
		}
	}
	ck_assert_uint_eq(symbols_count(symbols), first + 49999);
	ck_assert_ptr_eq(symbols_text(symbols, first, NULL), where);
	symbols_free(symbols);
}
END_TEST

START_TEST(test_spellings_may_hold_anything)
{
	struct symbols *symbols = symbols_new();
	uint32_t one = symbols_intern(symbols, "a\0b", 3);
	uint32_t other = symbols_intern(symbols, "a\0c", 3);
	uint32_t nothing = symbols_intern(symbols, "", 0);
	size_t len;

	ck_assert_uint_ne(one, other);
	ck_assert_mem_eq(symbols_text(symbols, one, &len), "a\0b", 4);
	ck_assert_uint_eq(len, 3);
	ck_assert_uint_ne(nothing, 0);
	symbols_text(symbols, nothing, &len);
	ck_assert_uint_eq(len, 0);
	symbols_free(symbols);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_test(tcase, test_all_words_are_there_and_differ);
	tcase_add_test(tcase, test_a_spelling_keeps_its_number);
	tcase_add_test(tcase, test_spellings_may_hold_anything);
}

int
main(void)
{
	return unit_run("scan_symbol", add_tests);
}
