/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/answers.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "unit.h"

static void
expect_answer(const char *question, const char *expected)
{
	struct buf answer = BUF_INIT;
	int r = answers_find("kept", question, &answer);

	ck_assert_int_eq(r, expected == NULL ? ERR_MISSING : 0);
	ck_assert_str_eq(answer.data, expected == NULL ? "" : expected);
	buf_clear(&answer);
}

/* The only file in "kept"; borrowed until the next call. */
static const char *
only_file(void)
{
	static char path[512];
	DIR *dir = opendir("kept");
	const struct dirent *entry;

	ck_assert_ptr_nonnull(dir);
	path[0] = '\0';
	for (entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		if (entry->d_name[0] == '.')
			continue;
		ck_assert_str_eq(path, "");
		snprintf(path, sizeof path, "kept/%s", entry->d_name);
	}
	closedir(dir);
	return path;
}

static void
make_older(const char *path, time_t seconds)
{
	struct timespec times[2] = { { time(NULL) - seconds, 0 },
				     { time(NULL) - seconds, 0 } };

	ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

START_TEST(an_answer_is_found_by_its_question_alone)
{
	expect_answer("q", NULL);
	ck_assert_int_eq(answers_keep("kept", "q", "one\n\ntwo"), 0);
	ck_assert_int_eq(answers_keep("kept", "q\n\none", "three"), 0);
	expect_answer("q", "one\n\ntwo");
	expect_answer("q\n\none", "three");
	expect_answer("other", NULL);
	ck_assert_int_eq(answers_keep("kept", "q", "new"), 0);
	expect_answer("q", "new");
}
END_TEST

START_TEST(what_is_damaged_counts_as_absent)
{
	struct buf text = BUF_INIT;
	size_t i;

	ck_assert_int_eq(answers_keep("kept", "q", "answer"), 0);
	ck_assert_int_eq(file_read(only_file(), 4096, &text), 0);
	for (i = 0; i < text.len; i++) {
		text.data[i] ^= 1;
		ck_assert_int_eq(file_write(only_file(), text.data, text.len),
				 0);
		expect_answer("q", NULL);
		text.data[i] ^= 1;
		ck_assert_int_eq(file_write(only_file(), text.data, i), 0);
		expect_answer("q", NULL);
	}
	ck_assert_int_eq(file_write(only_file(), text.data, text.len), 0);
	expect_answer("q", "answer");
	buf_clear(&text);
}
END_TEST

START_TEST(no_answer_is_remembered_for_a_while_only)
{
	ck_assert_int_eq(answers_keep("kept", "q", ""), 0);
	expect_answer("q", "");
	make_older(only_file(), ANSWERS_EMPTY_S + 10);
	expect_answer("q", NULL);
	ck_assert_int_eq(answers_keep("kept", "q", "yes"), 0);
	make_older(only_file(), ANSWERS_EMPTY_S + 10);
	expect_answer("q", "yes");
}
END_TEST

START_TEST(a_full_directory_loses_what_is_old)
{
	char name[32];
	int i;

	ck_assert_int_eq(mkdir("kept", 0755), 0);
	for (i = 0; i <= ANSWERS_MAX; i++) {
		snprintf(name, sizeof name, "kept/%d", i);
		ck_assert_int_eq(file_write(name, "", 0), 0);
		make_older(name, i == 7 ? 0 : 2L * 24 * 60 * 60);
	}
	ck_assert_int_eq(answers_keep("kept", "q", "a"), 0);
	expect_answer("q", "a");
	ck_assert_int_eq(unlink("kept/7"), 0);
	ck_assert_str_ne(only_file(), "");
}
END_TEST

START_TEST(a_place_that_cannot_be_is_no_harm)
{
	ck_assert_int_eq(file_write("kept", "", 0), 0);
	ck_assert_int_eq(answers_keep("kept", "q", "a"), ERR_SYS);
	expect_answer("q", NULL);
}
END_TEST

/* Reads and writes the same two answers as 200 others do. */
static void
be_one_of_many(void)
{
	struct buf answer = BUF_INIT;
	int i;

	for (i = 0; i < 10; i++) {
		buf_reset(&answer);
		if (answers_find("kept", "q", &answer) == 0 &&
		    strcmp(answer.data, "a") != 0)
			_exit(1);
		if (answers_keep("kept", "q", "a") < 0)
			_exit(2);
	}
	_exit(0);
}

START_TEST(many_may_keep_and_find_at_once)
{
	int i, status;

	for (i = 0; i < 200; i++) {
		if (fork() == 0)
			be_one_of_many();
	}
	for (i = 0; i < 200; i++) {
		ck_assert_int_gt(wait(&status), 0);
		ck_assert_int_eq(status, 0);
	}
	expect_answer("q", "a");
	ck_assert_str_ne(only_file(), "");
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, an_answer_is_found_by_its_question_alone);
	tcase_add_test(tcase, what_is_damaged_counts_as_absent);
	tcase_add_test(tcase, no_answer_is_remembered_for_a_while_only);
	tcase_add_test(tcase, a_full_directory_loses_what_is_old);
	tcase_add_test(tcase, a_place_that_cannot_be_is_no_harm);
	tcase_add_test(tcase, many_may_keep_and_find_at_once);
}

int
main(void)
{
	return unit_run("answers", add_tests);
}
