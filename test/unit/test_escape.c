/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/escape.h"

#include "base/buf.h"
#include "unit.h"

#define UNKNOWN "\xef\xbf\xbd"

static const struct {
	const char *text, *clean, *html, *label;
} cases[] = {
	{ "", "", "", "" },
	{ "a b", "a b", "a b", "a b" },
	{ "<i a=\"b\" c='d'>&", "<i a=\"b\" c='d'>&",
	  "&lt;i a=&quot;b&quot; c=&#39;d&#39;&gt;&amp;",
	  "<i a=\\\"b\\\" c='d'>&" },
	{ "a\\b\nc", "a\\b?c", "a\\b\nc", "a\\\\b\\nc" },
	{ "\xc3\xa9\xe2\x82\xac", "\xc3\xa9\xe2\x82\xac",
	  "\xc3\xa9\xe2\x82\xac", "\xc3\xa9\xe2\x82\xac" },
	{ "\xff|\xe2\x82", "?|??", UNKNOWN "|" UNKNOWN UNKNOWN,
	  UNKNOWN "|" UNKNOWN UNKNOWN },
	/* a letter that is cut off, before a mark that ends an attribute */
	{ "\xe2\"", "?\"", UNKNOWN "&quot;", UNKNOWN "\\\"" },
};

START_TEST(text_of_others_means_nothing_special)
{
	struct buf out = BUF_INIT;

	escape_html(&out, cases[_i].text);
	ck_assert_str_eq(out.data, cases[_i].html);
	buf_reset(&out);
	escape_label(&out, cases[_i].text);
	ck_assert_str_eq(out.data, cases[_i].label);
	buf_reset(&out);
	buf_add_str(&out, cases[_i].text);
	escape_clean(out.data);
	ck_assert_str_eq(out.data, cases[_i].clean);
	buf_clear(&out);
}
END_TEST

START_TEST(controls_and_marks_that_turn_text_are_cleaned_away)
{
	char text[] = "a\x1b[2J\x7f\r\xc2\x85\xe2\x80\xae" "b";

	escape_clean(text);
	ck_assert_str_eq(text, "a?[2J???????b");
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, text_of_others_means_nothing_special, 0,
			    COUNT_OF(cases));
	tcase_add_test(tcase,
		       controls_and_marks_that_turn_text_are_cleaned_away);
}

int
main(void)
{
	return unit_run("escape", add_tests);
}
