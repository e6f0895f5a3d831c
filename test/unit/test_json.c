/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/json.h"

#include <math.h>
#include <stddef.h>

#include "unit.h"

START_TEST(commas_stand_between_values_only)
{
	struct buf out = BUF_INIT;
	struct json json;

	json_init(&json, &out);
	json_open_object(&json, NULL);
	json_add_int(&json, "n", -7);
	json_open_array(&json, "list");
	json_add_bool(&json, NULL, 1);
	json_add_bool(&json, NULL, 0);
	json_open_object(&json, NULL);
	json_close_object(&json);
	json_close_array(&json);
	json_add_str(&json, "nothing", NULL);
	json_add_real(&json, "x", 1.5);
	json_add_real(&json, "y", (double)NAN);
	json_close_object(&json);
	ck_assert_str_eq(out.data,
			 "{\"n\":-7,\"list\":[true,false,{}],"
			 "\"nothing\":null,\"x\":1.500,\"y\":null}");
	buf_clear(&out);
}
END_TEST

static const struct {
	const char *text, *json;
} strings[] = {
	{ "", "\"\"" },
	{ "a\"b\\c", "\"a\\\"b\\\\c\"" },
	{ "\n\t\x01\x7f", "\"\\n\\t\\u0001\\u007f\"" },
	{ "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80",
	  "\"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"" },
	{ "\xff", "\"\xef\xbf\xbd\"" },
	{ "\xc3", "\"\xef\xbf\xbd\"" },
	/* overlong, a surrogate, and above the last character */
	{ "\xc0\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
	{ "\xe0\x80\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
	{ "\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
	{ "\xf4\x90\x80\x80",
	  "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
};

START_TEST(strings_are_escaped_and_always_utf8)
{
	struct buf out = BUF_INIT;
	struct json json;

	json_init(&json, &out);
	json_add_str(&json, NULL, strings[_i].text);
	ck_assert_str_eq(out.data, strings[_i].json);
	buf_clear(&out);
}
END_TEST

/* Five characters of 1, 2, 6, 3 and 2 bytes, as they are written. */
START_TEST(a_string_is_cut_between_characters)
{
	static const char text[] = "a\xc3\xa9\x01\xff\"";
	static const char *const pieces[] = { "a", "\xc3\xa9", "\\u0001",
					      "\xef\xbf\xbd", "\\\"" };
	struct buf out = BUF_INIT, expected = BUF_INIT;
	struct json json;
	size_t i, len = 0;

	buf_add_str(&expected, "[\"");
	for (i = 0; i < 5 && len + strlen(pieces[i]) <= (size_t)_i; i++) {
		len += strlen(pieces[i]);
		buf_add_str(&expected, pieces[i]);
	}
	buf_add_str(&expected, "\",1]");
	json_init(&json, &out);
	json_open_array(&json, NULL);
	json_add_cut_str(&json, NULL, text, (size_t)_i);
	json_add_int(&json, NULL, 1);
	json_close_array(&json);
	ck_assert_str_eq(out.data, expected.data);
	ck_assert_uint_eq(out.len, strlen(out.data));
	buf_clear(&expected);
	buf_clear(&out);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, a_string_is_cut_between_characters, 0, 16);
	tcase_add_test(tcase, commas_stand_between_values_only);
	tcase_add_loop_test(tcase, strings_are_escaped_and_always_utf8, 0,
			    COUNT_OF(strings));
}

int
main(void)
{
	return unit_run("json", add_tests);
}
