/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/buf.h"

#include <string.h>

#include "unit.h"

START_TEST(a_fresh_buffer_is_an_empty_string)
{
	struct buf buf = BUF_INIT;

	ck_assert_str_eq(buf.data, "");
	ck_assert_uint_eq(buf.len, 0);
	buf_clear(&buf);
	buf_reset(&buf);
	ck_assert_str_eq(buf.data, "");
}
END_TEST

START_TEST(the_end_is_nul_after_every_addition)
{
	struct buf buf = BUF_INIT;
	size_t i;

	for (i = 0; i < 1000; i++) {
		buf_add_char(&buf, (char)('a' + i % 26));
		ck_assert_uint_eq(buf.len, i + 1);
		ck_assert_int_eq(buf.data[buf.len], '\0');
		ck_assert_uint_gt(buf.room, buf.len);
	}
	for (i = 0; i < 1000; i++)
		ck_assert_int_eq(buf.data[i], (char)('a' + i % 26));
	buf_clear(&buf);
}
END_TEST

START_TEST(additions_line_up)
{
	struct buf buf = BUF_INIT;

	buf_add_str(&buf, "one ");
	buf_add(&buf, "two\0three", 9);
	buf_addf(&buf, " %d%s", 4, "!");
	ck_assert_uint_eq(buf.len, 16);
	ck_assert_mem_eq(buf.data, "one two\0three 4!", 17);
	buf_clear(&buf);
}
END_TEST

START_TEST(adding_nothing_is_fine)
{
	struct buf buf = BUF_INIT;

	buf_add(&buf, NULL, 0);
	buf_add_str(&buf, "");
	buf_addf(&buf, "%s", "");
	ck_assert_uint_eq(buf.len, 0);
	ck_assert_str_eq(buf.data, "");
	buf_clear(&buf);
}
END_TEST

START_TEST(a_long_format_fits)
{
	struct buf buf = BUF_INIT;

	buf_add_str(&buf, "x");
	buf_addf(&buf, "%05000d|", 7);
	ck_assert_uint_eq(buf.len, 5002);
	ck_assert_uint_eq(strlen(buf.data), 5002);
	ck_assert_str_eq(buf.data + 4999, "07|");
	buf_clear(&buf);
}
END_TEST

START_TEST(grow_gives_room_behind_what_is_there)
{
	struct buf buf = BUF_INIT;
	char *end;

	buf_add_str(&buf, "ab");
	end = buf_grow(&buf, 100000);
	ck_assert_ptr_eq(end, buf.data + 2);
	ck_assert_uint_ge(buf.room, 100003);
	ck_assert_uint_eq(buf.len, 2);
	ck_assert_str_eq(buf.data, "ab");
	memset(end, 'z', 100000);
	buf_clear(&buf);
}
END_TEST

START_TEST(reset_keeps_the_memory_and_clear_does_not)
{
	struct buf buf = BUF_INIT;
	char *data;

	buf_add_str(&buf, "abc");
	data = buf.data;
	buf_reset(&buf);
	ck_assert_ptr_eq(buf.data, data);
	ck_assert_str_eq(buf.data, "");
	ck_assert_uint_eq(buf.len, 0);
	buf_clear(&buf);
	ck_assert_ptr_eq(buf.data, buf_nothing);
	ck_assert_uint_eq(buf.room, 0);
}
END_TEST

START_TEST(steal_gives_the_string_out)
{
	struct buf buf = BUF_INIT;
	char *text;

	buf_add_str(&buf, "mine");
	text = buf_steal(&buf);
	ck_assert_str_eq(text, "mine");
	ck_assert_ptr_eq(buf.data, buf_nothing);
	free(text);
	text = buf_steal(&buf);
	ck_assert_str_eq(text, "");
	ck_assert_ptr_ne(text, buf_nothing);
	free(text);
}
END_TEST

START_TEST(a_part_is_left_out_wherever_it_is)
{
	struct buf text = BUF_INIT, buf = BUF_INIT;

	buf_add(&text, "/rroot/root\0/root/roo/root", 26);
	buf_add_str(&buf, "=");
	buf_add_without(&buf, &text, "/root");
	ck_assert_uint_eq(buf.len, 12);
	ck_assert_mem_eq(buf.data, "=/rroot\0/roo", 13);
	buf_add_without(&buf, &text, "nothing");
	ck_assert_uint_eq(buf.len, 38);
	buf_clear(&text);
	buf_clear(&buf);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_test(tcase, a_part_is_left_out_wherever_it_is);
	tcase_add_test(tcase, a_fresh_buffer_is_an_empty_string);
	tcase_add_test(tcase, the_end_is_nul_after_every_addition);
	tcase_add_test(tcase, additions_line_up);
	tcase_add_test(tcase, adding_nothing_is_fine);
	tcase_add_test(tcase, a_long_format_fits);
	tcase_add_test(tcase, grow_gives_room_behind_what_is_there);
	tcase_add_test(tcase, reset_keeps_the_memory_and_clear_does_not);
	tcase_add_test(tcase, steal_gives_the_string_out);
}

int
main(void)
{
	return unit_run("buf", add_tests);
}
