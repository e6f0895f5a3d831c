/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/cmdlist.h"

#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/log.h"
#include "unit.h"

static int
load(struct cmdlist *list, const char *text, int words)
{
	ck_assert_int_eq(file_write("list", text, strlen(text)), 0);
	return cmdlist_load(list, "list", words);
}

static const struct {
	int words;
	const char *name;
	int found;
} lookups[] = {
	{ 1, "gcc", 1 },
	{ 1, "/foo/bar/gcc", 1 },
	{ 1, "/usr/bin/gcc", 1 },
	{ 1, "bin/gcc", 1 },
	{ 1, "sh", 0 },
	{ 1, "GCC", 0 },
	{ 1, "gcc/", 0 },
	{ 1, "", 0 },
	{ 2, "bin/gcc", 1 },
	{ 2, "/opt/bin/gcc", 1 },
	{ 2, "/usr/bin/gcc", 1 },
	{ 2, "gcc", 0 },
	{ 2, "/foo/bar/gcc", 0 },
	/* The root's slash is part of the name, and separates nothing. */
	{ 3, "/usr/bin/gcc", 1 },
	{ 3, "usr/bin/gcc", 0 },
};

START_TEST(as_many_words_as_asked_for_are_compared)
{
	struct cmdlist list = CMDLIST_INIT;
	const char *path;

	ck_assert_int_eq(load(&list, "/usr/bin/gcc\n", lookups[_i].words), 0);
	path = cmdlist_find(&list, lookups[_i].name);
	if (lookups[_i].found)
		ck_assert_str_eq(path, "/usr/bin/gcc");
	else
		ck_assert_ptr_null(path);
	cmdlist_clear(&list);
}
END_TEST

START_TEST(the_first_of_two_lines_wins)
{
	struct cmdlist list = CMDLIST_INIT;

	ck_assert_int_eq(load(&list, "/a/cc\n/b/cc\n", 1), 0);
	ck_assert_str_eq(cmdlist_find(&list, "cc"), "/a/cc");
	cmdlist_clear(&list);
}
END_TEST

START_TEST(blanks_at_the_end_and_blank_lines_do_not_count)
{
	struct cmdlist list = CMDLIST_INIT;

	ck_assert_int_eq(load(&list, "\n/a/cc \t\r\n  \n/b/my gcc", 1), 0);
	ck_assert_uint_eq(list.paths.count, 2);
	ck_assert_str_eq(cmdlist_find(&list, "cc"), "/a/cc");
	ck_assert_str_eq(cmdlist_find(&list, "my gcc"), "/b/my gcc");
	cmdlist_clear(&list);
}
END_TEST

static const struct {
	const char *text;
	int error;
} useless[] = {
	{ "", ERR_MISSING },
	{ "\n \n", ERR_MISSING },
	{ "gcc\n", ERR_SYNTAX },
	{ "/usr/bin/gcc\nbin/cc\n", ERR_SYNTAX },
	{ " /usr/bin/gcc\n", ERR_SYNTAX },
	{ "# /usr/bin/gcc\n", ERR_SYNTAX },
};

START_TEST(a_useless_list_is_an_error_and_stays_empty)
{
	struct cmdlist list = CMDLIST_INIT;

	ck_assert_int_eq(load(&list, useless[_i].text, 1), useless[_i].error);
	ck_assert_uint_eq(list.paths.count, 0);
	ck_assert_ptr_null(cmdlist_find(&list, "gcc"));
}
END_TEST

START_TEST(a_missing_file_is_an_error)
{
	struct cmdlist list = CMDLIST_INIT;

	ck_assert_int_eq(cmdlist_load(&list, "nowhere", 1), ERR_SYS);
}
END_TEST

START_TEST(a_nul_byte_is_no_text)
{
	struct cmdlist list = CMDLIST_INIT;

	ck_assert_int_eq(file_write("list", "/a/cc\0\n", 7), 0);
	ck_assert_int_eq(cmdlist_load(&list, "list", 1), ERR_SYNTAX);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, as_many_words_as_asked_for_are_compared, 0,
			    COUNT_OF(lookups));
	tcase_add_test(tcase, the_first_of_two_lines_wins);
	tcase_add_test(tcase, blanks_at_the_end_and_blank_lines_do_not_count);
	tcase_add_loop_test(tcase, a_useless_list_is_an_error_and_stays_empty,
			    0, COUNT_OF(useless));
	tcase_add_test(tcase, a_missing_file_is_an_error);
	tcase_add_test(tcase, a_nul_byte_is_no_text);
}

int
main(void)
{
	log_set_level(LOG_EMERG);
	return unit_run("cmdlist", add_tests);
}
