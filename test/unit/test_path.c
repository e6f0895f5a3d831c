/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>

#include "base/err.h"
#include "base/file.h"
#include "unit.h"

#define NOBODY 65534

static const struct {
	const char *path, *base, *suffix, *dir, *as_o;
} paths[] = {
	{ "a.c", "a.c", ".c", ".", "a.o" },
	{ "d/a.c", "a.c", ".c", "d", "d/a.o" },
	{ "/a.c", "a.c", ".c", "/", "/a.o" },
	{ "/d/e/a.tar.gz", "a.tar.gz", ".gz", "/d/e", "/d/e/a.tar.o" },
	{ "a.b/c", "c", "", "a.b", "a.b/c.o" },
	{ ".c", ".c", ".c", ".", ".o" },
	{ "d/", "", "", "d", "d/.o" },
	{ "", "", "", ".", ".o" },
	{ "a.", "a.", ".", ".", "a.o" },
	{ "..", "..", ".", ".", "..o" },
	{ "/", "", "", "/", "/.o" },
};

START_TEST(paths_come_apart)
{
	char *dir = path_dir(paths[_i].path);
	char *as_o = path_with_suffix(paths[_i].path, ".o");

	ck_assert_str_eq(path_base(paths[_i].path), paths[_i].base);
	ck_assert_str_eq(path_suffix(paths[_i].path), paths[_i].suffix);
	ck_assert_str_eq(dir, paths[_i].dir);
	ck_assert_str_eq(as_o, paths[_i].as_o);
	free(dir);
	free(as_o);
}
END_TEST

START_TEST(a_path_list_comes_apart)
{
	const char *list = "a::/b/:";
	const char *const parts[] = { "a", ".", "/b/", "." };
	char *part;
	int i;

	for (i = 0; i < COUNT_OF(parts); i++) {
		ck_assert_ptr_nonnull(list);
		part = path_list_next(&list);
		ck_assert_str_eq(part, parts[i]);
		free(part);
	}
	ck_assert_ptr_null(path_list_next(&list));
	ck_assert_ptr_null(list);
}
END_TEST

START_TEST(two_paths_may_be_the_same_directory)
{
	ck_assert_int_eq(mkdir("a", 0755), 0);
	ck_assert_int_eq(symlink("a", "b"), 0);
	ck_assert(path_is_same("a", ".//b/"));
	ck_assert(!path_is_same("a", "."));
	ck_assert(!path_is_same("missing", "missing"));
}
END_TEST

static const struct {
	const char *dir, *name, *path;
} joins[] = {
	{ "d", "n", "d/n" }, { "d/", "n", "d/n" }, { "/", "n", "/n" },
	{ "", "n", "/n" },   { "d", "", "d/" },
};

START_TEST(joined_paths_have_one_slash)
{
	char *path = path_join(joins[_i].dir, joins[_i].name);

	ck_assert_str_eq(path, joins[_i].path);
	free(path);
}
END_TEST

static void
make_programs(void)
{
	ck_assert_int_eq(path_make_dirs("one/tool", 0700), 0);
	ck_assert_int_eq(path_make_dirs("two", 0700), 0);
	ck_assert_int_eq(path_make_dirs("three", 0700), 0);
	ck_assert_int_eq(file_write("two/tool", "", 0), 0);
	ck_assert_int_eq(file_write("three/tool", "", 0), 0);
	ck_assert_int_eq(chmod("three/tool", 0755), 0);
	ck_assert_int_eq(symlink("../three/tool", "two/link"), 0);
	ck_assert_int_eq(file_write("here", "", 0), 0);
	ck_assert_int_eq(chmod("here", 0755), 0);
}

static int
skip_three(const char *dir, const char *name)
{
	ck_assert_str_eq(name, "tool");
	return strcmp(dir, "three") == 0;
}

/* one/tool is a directory and two/tool is not executable. */
static const struct {
	const char *name, *list, *found;
} searches[] = {
	{ "tool", "one:two:three", "three/tool" },
	{ "tool", "one:two", NULL },
	{ "tool", "missing:three/", "three/tool" },
	{ "link", "one:two:three", "two/link" },
	{ "here", "one:", "./here" },
	{ "here", ":one", "./here" },
	{ "here", "", "./here" },
	{ "here", "one::two", "./here" },
	{ "here", "one:two", NULL },
};

START_TEST(programs_are_found_in_order)
{
	char *found;

	make_programs();
	found = path_find_program(searches[_i].name, searches[_i].list, NULL);
	ck_assert_pstr_eq(found, searches[_i].found);
	free(found);
}
END_TEST

START_TEST(a_directory_can_be_passed_over)
{
	char *found;

	make_programs();
	ck_assert_int_eq(path_make_dirs("four", 0700), 0);
	ck_assert_int_eq(symlink("../three/tool", "four/tool"), 0);
	found = path_find_program("tool", "three:four", skip_three);
	ck_assert_pstr_eq(found, "four/tool");
	free(found);
	ck_assert_ptr_null(path_find_program("tool", "three", skip_three));
}
END_TEST

static const char *const deep[] = { "a",	"a/b/c", "a//b/c/", "./a/b",
				    "/proc/../tmp" };

START_TEST(directories_are_made_with_what_is_above)
{
	struct stat st;

	umask(0);
	ck_assert_int_eq(path_make_dirs(deep[_i], 0750), 0);
	ck_assert_int_eq(path_make_dirs(deep[_i], 0700), 0);
	ck_assert_int_eq(stat(deep[_i], &st), 0);
	ck_assert(S_ISDIR(st.st_mode));
	if (deep[_i][0] != '/')
		ck_assert_int_eq(st.st_mode & 0777, 0750);
}
END_TEST

START_TEST(a_file_in_the_way_is_an_error)
{
	ck_assert_int_eq(file_write("f", "", 0), 0);
	ck_assert_int_eq(path_make_dirs("f/g/h", 0700), ERR_SYS);
	ck_assert_int_eq(errno, ENOTDIR);
}
END_TEST

static void
make_tree(void)
{
	ck_assert_int_eq(path_make_dirs("keep", 0755), 0);
	ck_assert_int_eq(file_write("keep/this", "x", 1), 0);
	ck_assert_int_eq(path_make_dirs("t/a/b/c", 0755), 0);
	ck_assert_int_eq(path_make_dirs("t/empty", 0755), 0);
	ck_assert_int_eq(file_write("t/f", "x", 1), 0);
	ck_assert_int_eq(file_write("t/a/b/.hidden", "x", 1), 0);
	ck_assert_int_eq(file_write("t/a/b/c/...", "x", 1), 0);
	ck_assert_int_eq(symlink("../../keep", "t/a/link"), 0);
	ck_assert_int_eq(symlink("nowhere", "t/dangling"), 0);
	ck_assert_int_eq(symlink(".", "t/loop"), 0);
	ck_assert_int_eq(mkfifo("t/fifo", 0600), 0);
}

START_TEST(a_tree_goes_and_what_its_links_lead_to_stays)
{
	make_tree();
	ck_assert_int_eq(path_remove_tree("t"), 0);
	ck_assert_int_ne(access("t", F_OK), 0);
	ck_assert_int_eq(access("keep/this", F_OK), 0);
}
END_TEST

START_TEST(a_link_goes_without_its_target)
{
	make_tree();
	ck_assert_int_eq(symlink("keep", "l"), 0);
	ck_assert_int_eq(path_remove_tree("l"), 0);
	ck_assert_int_eq(access("keep/this", F_OK), 0);
	ck_assert_int_eq(path_remove_tree("t/f"), 0);
	ck_assert_int_ne(access("t/f", F_OK), 0);
	ck_assert_int_eq(path_remove_tree("missing"), 0);
}
END_TEST

/* As somebody whom permissions concern. */
static void
remove_as_nobody(mode_t mode)
{
	if (geteuid() == 0 && setuid(NOBODY) < 0)
		_exit(1);
	if (mkdir("t", 0755) < 0 || mkdir("t/a", 0755) < 0 ||
	    mkdir("t/a/b", 0755) < 0 || file_write("t/a/b/f", "", 0) < 0 ||
	    mkdir("t/a/none", 0755) < 0)
		_exit(2);
	if (chmod("t/a/none", mode) < 0 || chmod("t/a/b", mode) < 0 ||
	    chmod("t/a", mode) < 0 || chmod("t", mode) < 0)
		_exit(3);
	_exit(path_remove_tree("t") == 0 ? 0 : 4);
}

START_TEST(permissions_taken_away_do_not_save_a_tree)
{
	int status;
	pid_t pid;

	ck_assert_int_eq(chmod(".", 0777), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		remove_as_nobody((mode_t)_i << 6);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	ck_assert_int_ne(access("t", F_OK), 0);
}
END_TEST

static void
remove_where_not_allowed(void)
{
	if (geteuid() == 0 && setuid(NOBODY) < 0)
		_exit(1);
	if (path_remove_tree("dir/f") != ERR_SYS || errno != EACCES)
		_exit(2);
	_exit(path_remove_tree("dir") == ERR_SYS ? 0 : 3);
}

START_TEST(what_cannot_be_removed_is_an_error)
{
	int status;
	pid_t pid;

	/* It takes root to make what another may not remove. */
	if (geteuid() != 0)
		return;
	ck_assert_int_eq(chmod(".", 0755), 0);
	ck_assert_int_eq(path_make_dirs("dir", 0755), 0);
	ck_assert_int_eq(file_write("dir/f", "", 0), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		remove_where_not_allowed();
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	ck_assert_int_eq(access("dir/f", F_OK), 0);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, a_path_list_comes_apart);
	tcase_add_test(tcase, two_paths_may_be_the_same_directory);
	tcase_add_loop_test(tcase, paths_come_apart, 0, COUNT_OF(paths));
	tcase_add_loop_test(tcase, joined_paths_have_one_slash, 0,
			    COUNT_OF(joins));
	tcase_add_loop_test(tcase, programs_are_found_in_order, 0,
			    COUNT_OF(searches));
	tcase_add_test(tcase, a_directory_can_be_passed_over);
	tcase_add_loop_test(tcase, directories_are_made_with_what_is_above, 0,
			    COUNT_OF(deep));
	tcase_add_test(tcase, a_file_in_the_way_is_an_error);
	tcase_add_test(tcase, a_tree_goes_and_what_its_links_lead_to_stays);
	tcase_add_test(tcase, a_link_goes_without_its_target);
	tcase_add_loop_test(tcase, permissions_taken_away_do_not_save_a_tree,
			    0, 8);
	tcase_add_test(tcase, what_cannot_be_removed_is_an_error);
}

int
main(void)
{
	return unit_run("path", add_tests);
}
