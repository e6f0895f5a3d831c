/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/root.h"

#include <string.h>
#include <sys/stat.h>

#include <libiberty.h>

#include "base/err.h"
#include "base/file.h"
#include "unit.h"

static struct root root = ROOT_INIT;

static void
open_root(void)
{
	ck_assert_int_eq(root_open(&root, path_join(unit_dir, "root")), 0);
}

static void
expect_text(const char *name, const char *text)
{
	char *path = root_real_name(&root, name);
	struct buf read = BUF_INIT;

	ck_assert_int_eq(file_read(path, 100, &read), 0);
	ck_assert_str_eq(read.data, text);
	buf_clear(&read);
	free(path);
}

START_TEST(files_lie_where_their_names_say)
{
	static const char *const names[] = {
		"/a/b/c", "/a/b/d", "/a/bb/c", "/a/c", "/z", "/a/b/e/f/g",
		"/ab/c", "/a/b/e/h", "/b"
	};
	int i;

	open_root();
	for (i = 0; i < COUNT_OF(names); i++)
		ck_assert_int_eq(root_add_file(&root, names[i], names[i],
					       strlen(names[i])), 0);
	for (i = 0; i < COUNT_OF(names); i++)
		expect_text(names[i], names[i]);
	root_clear(&root);
}
END_TEST

START_TEST(directories_are_made_once)
{
	struct stat st;

	open_root();
	ck_assert_int_eq(root_add_dir(&root, "/"), 0);
	ck_assert_int_eq(root_add_dir(&root, "/a/b"), 0);
	ck_assert_int_eq(root_add_dir(&root, "/a/b"), 0);
	ck_assert_int_eq(root_add_dir(&root, "/a"), 0);
	ck_assert_int_eq(root_add_dir(&root, "/a/c"), 0);
	ck_assert_uint_eq(root.made, 3);
	ck_assert_int_eq(stat("root/a/b", &st), 0);
	ck_assert_int_eq(st.st_mode & 07777, 0700);
	root_clear(&root);
}
END_TEST

START_TEST(what_is_there_stays)
{
	open_root();
	ck_assert_int_eq(root_add_file(&root, "/a/f", "first", 5), 0);
	ck_assert_int_eq(root_add_link(&root, "/a/l", "f"), 0);
	ck_assert_int_eq(root_add_file(&root, "/a/f", "x", 1), ERR_DENIED);
	ck_assert_int_eq(root_add_link(&root, "/a/f", "x"), ERR_DENIED);
	ck_assert_int_eq(root_add_file(&root, "/a/l", "x", 1), ERR_DENIED);
	ck_assert_int_eq(root_add_link(&root, "/a/l", "x"), ERR_DENIED);
	ck_assert_int_eq(root_add_file(&root, "/a", "x", 1), ERR_DENIED);
	ck_assert_int_eq(root_add_link(&root, "/a", "x"), ERR_DENIED);
	ck_assert_int_eq(root_add_dir(&root, "/a/f"), ERR_DENIED);
	ck_assert_int_eq(root_add_dir(&root, "/a/l"), ERR_DENIED);
	expect_text("/a/l", "first");
	root_clear(&root);
}
END_TEST

/* Be it open already as a directory, or not. */
START_TEST(nothing_goes_through_a_link)
{
	open_root();
	ck_assert_int_eq(mkdir("outside", 0700), 0);
	ck_assert_int_eq(root_add_link(&root, "/l", unit_dir), 0);
	ck_assert_int_eq(root_add_file(&root, "/l/f", "x", 1), ERR_DENIED);
	ck_assert_int_eq(root_add_file(&root, "/l/outside/f", "x", 1),
			 ERR_DENIED);
	ck_assert_int_eq(root_add_dir(&root, "/l/new"), ERR_DENIED);
	ck_assert_int_eq(root_add_dir(&root, "/l/outside"), ERR_DENIED);
	ck_assert_int_eq(access("f", F_OK), -1);
	ck_assert_int_eq(access("new", F_OK), -1);
	ck_assert_int_eq(rmdir("outside"), 0);
	root_clear(&root);
}
END_TEST

START_TEST(depth_has_a_limit)
{
	struct buf name = BUF_INIT;
	int i;

	open_root();
	for (i = 0; i < ROOT_DEPTH; i++)
		buf_add_str(&name, "/d");
	ck_assert_int_eq(root_add_dir(&root, name.data), 0);
	ck_assert_int_eq(root_add_dir(&root, "/d"), 0);
	buf_add_str(&name, "/d");
	ck_assert_int_eq(root_add_file(&root, name.data, "", 0), 0);
	buf_add_str(&name, "/d");
	/* That one is a file; and another one would be too deep. */
	ck_assert_int_lt(root_add_dir(&root, name.data), 0);
	buf_add_str(&name, "d");
	ck_assert_int_eq(root_add_file(&root, name.data, "", 0), ERR_LIMIT);
	buf_clear(&name);
	root_clear(&root);
}
END_TEST

START_TEST(no_two_files_are_of_the_same_second)
{
	struct stat one, other;

	open_root();
	ck_assert_int_eq(root_add_file(&root, "/a", "same", 4), 0);
	ck_assert_int_eq(root_add_file(&root, "/d/a", "same", 4), 0);
	ck_assert_int_eq(stat("root/a", &one), 0);
	ck_assert_int_eq(stat("root/d/a", &other), 0);
	ck_assert(one.st_mtime != other.st_mtime);
	ck_assert_int_eq(one.st_mode & 0777, 0600);
	root_clear(&root);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, files_lie_where_their_names_say);
	tcase_add_test(tcase, directories_are_made_once);
	tcase_add_test(tcase, what_is_there_stays);
	tcase_add_test(tcase, nothing_goes_through_a_link);
	tcase_add_test(tcase, depth_has_a_limit);
	tcase_add_test(tcase, no_two_files_are_of_the_same_second);
}

int
main(void)
{
	return unit_run("root", add_tests);
}
