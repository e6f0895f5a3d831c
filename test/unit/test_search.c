/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/search.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/tmp.h"
#include "unit.h"

static const char *const words[] = { "needle", "pin", NULL };

static int
make_file(size_t before, const char *text)
{
	static char filler[2000000];
	int fd = tmp_open(".");

	memset(filler, 'x', sizeof filler);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, filler, before), (ssize_t)before);
	ck_assert_int_eq(write(fd, text, strlen(text)),
			 (ssize_t)strlen(text));
	return fd;
}

START_TEST(words_are_found_wherever_they_stand)
{
	/* Around the edges of what is looked at at once, and anywhere. */
	const size_t edge = 1024 * 1024 - (_i % 2 == 0 ? 65536 : 0);
	int fd = make_file(edge - 80 + (size_t)_i, "pin and more");

	ck_assert_int_eq(search_file(fd, words, NULL, NULL), 1);
	close(fd);
}
END_TEST

/* What is read is searched as what is mapped is, to the last byte. */
START_TEST(small_files_are_searched_whole)
{
	const size_t edge = 64 * 1024 - 10;
	int fd = make_file(edge + (size_t)_i, "pin");

	ck_assert_int_eq(search_file(fd, words, NULL, NULL), 1);
	close(fd);
	fd = make_file((size_t)_i, "");
	ck_assert_int_eq(search_file(fd, words, NULL, NULL), ERR_MISSING);
	close(fd);
	fd = make_file((size_t)_i, "needl");
	ck_assert_int_eq(search_file(fd, words, NULL, NULL), ERR_MISSING);
	close(fd);
}
END_TEST

START_TEST(what_is_not_there_is_not_found)
{
	int fd = make_file(0, "need le pi n needl");

	ck_assert_int_eq(search_file(fd, words, NULL, NULL), ERR_MISSING);
	close(fd);
	ck_assert_int_eq(search_file(fd, words, NULL, NULL), ERR_SYS);
}
END_TEST

static int
is_followed_by_colon(const char *found, size_t size, void *arg)
{
	(void)arg;
	return size > 6 && found[6] == ':';
}

START_TEST(a_judge_can_let_the_search_go_on)
{
	int fd = make_file(70000, "needle needle: ");

	ck_assert_int_eq(search_file(fd, words, is_followed_by_colon, NULL), 0);
	close(fd);
	fd = make_file(70000, "needle needle");
	ck_assert_int_eq(search_file(fd, words, is_followed_by_colon, NULL),
			 ERR_MISSING);
	close(fd);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, words_are_found_wherever_they_stand, 0,
			    100);
	tcase_add_loop_test(tcase, small_files_are_searched_whole, 0, 20);
	tcase_add_test(tcase, what_is_not_there_is_not_found);
	tcase_add_test(tcase, a_judge_can_let_the_search_go_on);
}

int
main(void)
{
	return unit_run("search", add_tests);
}
