/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/mirror.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent/cargo.h"
#include "agent/root.h"
#include "agent/store.h"
#include "base/args.h"
#include "base/buf.h"
#include "inputs.h"
#include "unit.h"

static struct store *store;
static struct scan_result result;
static struct cargo cargo;
static struct mirror *mirror;
static struct args paths;

static void
set_up(void)
{
	unit_enter_dir();
	store = store_new(64u << 20, ".");
	mirror = mirror_new(unit_dir);
	result = (struct scan_result)SCAN_RESULT_INIT;
}

static void
tear_down(void)
{
	cargo_clear(&cargo);
	args_clear(&paths);
	scan_result_clear(&result);
	if (mirror != NULL)
		mirror_free(mirror);
	store_free(store);
	unit_leave_dir();
}

static void
show(void)
{
	struct buf culprit = BUF_INIT;

	cargo_clear(&cargo);
	args_clear(&paths);
	ck_assert_int_eq(cargo_load(&cargo, &result, store, &culprit),
			 REFUSAL_NONE);
	ck_assert_int_eq(mirror_show(mirror, &cargo, store, &paths), 0);
	ck_assert_uint_eq(paths.count, cargo.count);
	buf_clear(&culprit);
}

/* What an old client does with a path: three components are the root's. */
static const char *
own_name(const char *path)
{
	int i;

	for (i = 0; i < 3; i++)
		path = strchr(path + 1, '/');
	return path;
}

static void
read_file(const char *path, struct buf *text)
{
	buf_reset(text);
	ck_assert_int_eq(file_read(path, 1 << 20, text), 0);
}

START_TEST(names_say_what_is_in_the_files)
{
	struct buf wanted = BUF_INIT;
	char target[64];
	ssize_t n;

	free(write_input(&result, "a.c", SCAN_SOURCE, "int a;\n"));
	free(write_input(&result, "b.h", SCAN_ABSOLUTE, "int b;\n"));
	free(write_input(&result, "c.h", 0, ""));
	add_input(&result, SCAN_DIRECTORY, "/d");
	add_link(&result, "/l/x", "../d");
	show();
	buf_addf(&wanted, "%s/a.c.lzo", unit_dir);
	ck_assert_str_eq(own_name(paths.v[0]), wanted.data);
	buf_reset(&wanted);
	buf_addf(&wanted, "%s/b.h.lzo.abs", unit_dir);
	ck_assert_str_eq(own_name(paths.v[1]), wanted.data);
	read_file(paths.v[2], &wanted);
	ck_assert_uint_eq(wanted.len, 0);
	ck_assert_str_eq(own_name(paths.v[3]), "/d/" TREE_PLACEHOLDER);
	ck_assert_int_eq(access(paths.v[3], F_OK), 0);
	ck_assert_str_eq(own_name(paths.v[4]), "/l/x");
	n = readlink(paths.v[4], target, sizeof target);
	ck_assert_int_eq((int)n, 4);
	ck_assert(memcmp(target, "../d", 4) == 0);
	buf_clear(&wanted);
}
END_TEST

START_TEST(a_file_is_written_once_for_each_content)
{
	struct buf before = BUF_INIT, after = BUF_INIT;
	struct stat first, second;
	char *path = write_input(&result, "a.c", 0, "int a;\n");

	show();
	ck_assert_int_eq(stat(paths.v[0], &first), 0);
	read_file(paths.v[0], &before);
	show();
	ck_assert_int_eq(stat(paths.v[0], &second), 0);
	ck_assert_uint_eq(first.st_ino, second.st_ino);
	scan_result_clear(&result);
	free(path);
	path = write_input(&result, "a.c", 0, "int aa;\n");
	show();
	ck_assert_int_eq(stat(paths.v[0], &second), 0);
	/* Who has the old one open reads it to its end. */
	ck_assert_uint_ne(first.st_ino, second.st_ino);
	read_file(paths.v[0], &after);
	ck_assert_uint_ne(before.len, after.len);
	buf_clear(&before);
	buf_clear(&after);
	free(path);
}
END_TEST

START_TEST(a_file_that_was_lost_is_written_again)
{
	free(write_input(&result, "a.c", 0, "int a;\n"));
	show();
	ck_assert_int_eq(unlink(paths.v[0]), 0);
	show();
	ck_assert_int_eq(access(paths.v[0], F_OK), 0);
}
END_TEST

START_TEST(nothing_is_written_through_a_link)
{
	char *real = path_join(unit_dir, "real");
	char *link = path_join(unit_dir, "link");
	char *file = path_join(link, "a.c");
	char *before;

	ck_assert_int_eq(mkdir(real, 0700), 0);
	add_link(&result, link, real);
	show();
	before = xstrdup(paths.v[0]);
	scan_result_clear(&result);
	/* Now it is a directory with a file in it. */
	ck_assert_int_eq(mkdir(link, 0700), 0);
	ck_assert_int_eq(file_write(file, "x", 1), 0);
	add_file(&result, file, 0, "x");
	show();
	ck_assert_int_eq(rmdir(real), 0);
	ck_assert_str_eq(own_name(paths.v[0]) + strlen(file), ".lzo");
	/* In another root; the one before stays for a while. */
	ck_assert_int_eq(readlink(before, file, 1), 1);
	scan_result_clear(&result);
	add_link(&result, link, "elsewhere");
	show();
	ck_assert_int_ne(readlink(before, file, 1), 1);
	free(before);
	free(file);
	free(link);
	free(real);
}
END_TEST

START_TEST(a_link_that_leads_elsewhere_now_is_a_new_one)
{
	char target[8];

	add_link(&result, "/l", "a");
	show();
	show();
	scan_result_clear(&result);
	add_link(&result, "/l", "bb");
	show();
	ck_assert_int_eq((int)readlink(paths.v[0], target, sizeof target),
			 2);
}
END_TEST

START_TEST(nothing_is_left)
{
	char *path;

	free(write_input(&result, "a.c", 0, "int a;\n"));
	show();
	path = xstrdup(paths.v[0]);
	mirror_free(mirror);
	mirror = NULL;
	ck_assert_int_ne(access(path, F_OK), 0);
	/* Nor the root itself. */
	*strstr(path, own_name(path)) = '\0';
	ck_assert_int_ne(access(path, F_OK), 0);
	free(path);
}
END_TEST

/* Makes a root in a child, which then waits for the end of a pipe. */
static pid_t
start_other(char *top, size_t size, int *hold)
{
	int said[2], held[2];
	struct root root = ROOT_INIT;
	pid_t pid;
	char byte;

	ck_assert_int_eq(pipe(said), 0);
	ck_assert_int_eq(pipe(held), 0);
	pid = fork();
	if (pid == 0) {
		close(held[1]);
		if (root_open(&root, unit_dir) < 0 ||
		    write(said[1], root.top, strlen(root.top) + 1) < 0)
			_exit(1);
		(void)!read(held[0], &byte, 1);
		_exit(0);
	}
	close(held[0]);
	ck_assert_int_gt((int)read(said[0], top, size), 0);
	close(said[0]);
	close(said[1]);
	*hold = held[1];
	return pid;
}

START_TEST(what_a_dead_agent_left_is_removed)
{
	char top[256];
	int hold;
	pid_t pid = start_other(top, sizeof top, &hold);

	root_sweep(unit_dir);
	ck_assert_int_eq(access(top, F_OK), 0);
	close(hold);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	ck_assert_int_eq(access(top, F_OK), 0);
	root_sweep(unit_dir);
	ck_assert_int_ne(access(top, F_OK), 0);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, names_say_what_is_in_the_files);
	tcase_add_test(tcase, a_file_is_written_once_for_each_content);
	tcase_add_test(tcase, a_file_that_was_lost_is_written_again);
	tcase_add_test(tcase, nothing_is_written_through_a_link);
	tcase_add_test(tcase, a_link_that_leads_elsewhere_now_is_a_new_one);
	tcase_add_test(tcase, nothing_is_left);
	tcase_add_test(tcase, what_a_dead_agent_left_is_removed);
}

int
main(void)
{
	return unit_run("agent_mirror", add_tests);
}
