/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/args.h"

#include <libiberty.h>

#include "unit.h"

START_TEST(a_fresh_list_is_empty)
{
	struct args args = ARGS_INIT;

	ck_assert_uint_eq(args.count, 0);
	ck_assert_ptr_null(args.v);
	args_clear(&args);
}
END_TEST

START_TEST(the_list_ends_with_null_after_every_push)
{
	struct args args = ARGS_INIT;
	char word[16];
	size_t i;

	for (i = 0; i < 100; i++) {
		snprintf(word, sizeof word, "w%zu", i);
		args_push(&args, word);
		ck_assert_uint_eq(args.count, i + 1);
		ck_assert_str_eq(args.v[i], word);
		ck_assert_ptr_null(args.v[i + 1]);
	}
	ck_assert_str_eq(args.v[0], "w0");
	args_clear(&args);
	ck_assert_uint_eq(args.count, 0);
	ck_assert_ptr_null(args.v);
}
END_TEST

START_TEST(push_copies_and_take_takes_over)
{
	struct args args = ARGS_INIT;
	char word[] = "abc";
	char *own = xstrdup("own");

	args_push(&args, word);
	word[0] = 'X';
	args_take(&args, own);
	ck_assert_str_eq(args.v[0], "abc");
	ck_assert_ptr_eq(args.v[1], own);
	args_clear(&args);
}
END_TEST

START_TEST(append_adds_all_words_behind_those_there)
{
	char gcc[] = "gcc", c[] = "-c";
	char *argv[] = { gcc, c, NULL };
	struct args from = ARGS_INIT, args = ARGS_INIT;

	args_append_argv(&from, argv);
	args_push(&args, "time");
	args_append(&args, &from);
	args_clear(&from);
	ck_assert_uint_eq(args.count, 3);
	ck_assert_str_eq(args.v[0], "time");
	ck_assert_str_eq(args.v[1], "gcc");
	ck_assert_str_eq(args.v[2], "-c");
	ck_assert_ptr_null(args.v[3]);
	args_clear(&args);
}
END_TEST

static const struct {
	const char *word, *text;
} texts[] = {
	{ "gcc", "gcc" },
	{ "-I/usr/include", "-I/usr/include" },
	{ "a%b+c,d-e.f/g:h=i@j_k", "a%b+c,d-e.f/g:h=i@j_k" },
	{ "", "''" },
	{ "a b", "'a b'" },
	{ "-DX=\"y\"", "'-DX=\"y\"'" },
	{ "it's", "'it'\\''s'" },
	{ "$HOME", "'$HOME'" },
	{ "a\nb", "'a\nb'" },
	{ "*", "'*'" },
	{ "\303\244", "'\303\244'" },
	{ "~", "'~'" },
	{ "a;b", "'a;b'" },
};

START_TEST(text_quotes_what_a_shell_would_touch)
{
	struct args args = ARGS_INIT;
	char *text;

	args_push(&args, texts[_i].word);
	text = args_text(&args);
	ck_assert_str_eq(text, texts[_i].text);
	free(text);
	args_clear(&args);
}
END_TEST

START_TEST(the_text_of_nothing_is_empty)
{
	struct args args = ARGS_INIT;
	char *text = args_text(&args);

	ck_assert_str_eq(text, "");
	free(text);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_test(tcase, a_fresh_list_is_empty);
	tcase_add_test(tcase, the_list_ends_with_null_after_every_push);
	tcase_add_test(tcase, push_copies_and_take_takes_over);
	tcase_add_test(tcase, append_adds_all_words_behind_those_there);
	tcase_add_loop_test(tcase, text_quotes_what_a_shell_would_touch, 0,
			    COUNT_OF(texts));
	tcase_add_test(tcase, the_text_of_nothing_is_empty);
}

int
main(void)
{
	return unit_run("args", add_tests);
}
