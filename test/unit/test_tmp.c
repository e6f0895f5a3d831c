/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/tmp.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/err.h"
#include "base/fd.h"
#include "base/file.h"
#include "unit.h"

/*
 * Most tests run twice: as they find the system, and as if it had no
 * /dev/fd, so that a file needs a name from the start.
 */
static int without_dev_fd;

int
access(const char *path, int mode)
{
	if (without_dev_fd && strncmp(path, "/dev/fd/", 8) == 0) {
		errno = ENOENT;
		return -1;
	}
	return faccessat(AT_FDCWD, path, mode, 0);
}

static void
open_file(struct tmp_file *file, const char *target, int named)
{
	without_dev_fd = named;
	ck_assert_int_eq(tmp_file_open(file, target, TMP_REPLACE), 0);
	if (named)
		ck_assert_ptr_nonnull(file->name);
}

static void
say(const struct tmp_file *file, const char *text)
{
	ck_assert_int_eq(fd_write_all(file->fd, text, strlen(text)), 0);
}

static int
count_entries(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	int count = 0;

	ck_assert_ptr_nonnull(dir);
	for (entry = readdir(dir); entry != NULL; entry = readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

static void
assert_file(const char *path, const char *text)
{
	struct buf buf = BUF_INIT;

	ck_assert_int_eq(file_read(path, 1000, &buf), 0);
	ck_assert_str_eq(buf.data, text);
	buf_clear(&buf);
}

static void
assert_forgotten(const struct tmp_file *file)
{
	ck_assert_int_eq(file->fd, -1);
	ck_assert_ptr_null(file->target);
	ck_assert_ptr_null(file->name);
}

START_TEST(an_open_file_has_no_name)
{
	char byte;
	int fd = tmp_open(".");

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(count_entries("."), 0);
	ck_assert_int_eq(fd_write_all(fd, "x", 1), 0);
	ck_assert_int_eq(pread(fd, &byte, 1, 0), 1);
	ck_assert_int_eq(byte, 'x');
	ck_assert_int_eq(fcntl(fd, F_GETFD), FD_CLOEXEC);
	close(fd);
}
END_TEST

START_TEST(a_missing_directory_is_an_error)
{
	struct tmp_file file;

	errno = 0;
	ck_assert_int_eq(tmp_open("missing"), ERR_SYS);
	ck_assert_int_eq(errno, ENOENT);
	without_dev_fd = _i;
	errno = 0;
	ck_assert_int_eq(tmp_file_open(&file, "missing/x.o",
				       TMP_REPLACE), ERR_SYS);
	ck_assert_int_eq(errno, ENOENT);
	assert_forgotten(&file);
	ck_assert_int_eq(tmp_file_open(&file, ".", TMP_DIRECT), ERR_SYS);
	ck_assert_int_eq(errno, EISDIR);
	assert_forgotten(&file);
}
END_TEST

START_TEST(nothing_is_seen_before_the_commit)
{
	struct tmp_file file;

	open_file(&file, "x.o", _i);
	ck_assert_int_eq(fcntl(file.fd, F_GETFD), FD_CLOEXEC);
	say(&file, "object");
	ck_assert_int_ne(access("x.o", F_OK), 0);
	ck_assert_int_eq(count_entries("."), _i);
	ck_assert_int_eq(tmp_file_commit(&file), 0);
	assert_forgotten(&file);
	assert_file("x.o", "object");
	ck_assert_int_eq(count_entries("."), 1);
}
END_TEST

START_TEST(a_commit_replaces_what_is_there)
{
	struct tmp_file file;
	struct stat before, after;

	ck_assert_int_eq(file_write("x.o", "old", 3), 0);
	ck_assert_int_eq(link("x.o", "other"), 0);
	ck_assert_int_eq(stat("x.o", &before), 0);
	open_file(&file, "x.o", _i);
	say(&file, "new");
	assert_file("x.o", "old");
	ck_assert_int_eq(tmp_file_commit(&file), 0);
	assert_file("x.o", "new");
	assert_file("other", "old");
	ck_assert_int_eq(stat("x.o", &after), 0);
	ck_assert_uint_ne(before.st_ino, after.st_ino);
	ck_assert_int_eq(count_entries("."), 2);
}
END_TEST

/* Reads x.o until it says "end"; any other text must be a whole one. */
static void
watch(void)
{
	char text[16];
	ssize_t n;
	int fd;

	for (;;) {
		fd = open("x.o", O_RDONLY);
		if (fd < 0)
			_exit(1);
		n = read(fd, text, sizeof text);
		close(fd);
		if (n == 3 && memcmp(text, "end", 3) == 0)
			_exit(0);
		if (n != 5 || memcmp(text, "whole", 5) != 0)
			_exit(2);
	}
}

START_TEST(a_reader_sees_one_whole_file_or_the_other)
{
	struct tmp_file file;
	int i, status;
	pid_t pid;

	ck_assert_int_eq(file_write("x.o", "whole", 5), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		watch();
	for (i = 0; i <= 500; i++) {
		open_file(&file, "x.o", _i);
		say(&file, i < 500 ? "whole" : "end");
		ck_assert_int_eq(tmp_file_commit(&file), 0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
}
END_TEST

START_TEST(a_discard_leaves_the_target_as_it_was)
{
	struct tmp_file file;

	ck_assert_int_eq(file_write("x.o", "old", 3), 0);
	open_file(&file, "x.o", _i);
	say(&file, "new");
	tmp_file_discard(&file);
	assert_forgotten(&file);
	assert_file("x.o", "old");
	ck_assert_int_eq(count_entries("."), 1);
	tmp_file_discard(&file);
}
END_TEST

static const mode_t masks[] = { 022, 027, 077, 0, 0111 };

START_TEST(the_mode_is_that_of_a_plain_open)
{
	const int named = _i >= COUNT_OF(masks);
	const mode_t mask = masks[_i % COUNT_OF(masks)];
	struct tmp_file file;
	struct stat st;

	umask(mask);
	open_file(&file, "x.o", named);
	ck_assert_int_eq(tmp_file_commit(&file), 0);
	ck_assert_int_eq(stat("x.o", &st), 0);
	ck_assert_int_eq(st.st_mode & 07777, 0666 & ~mask);
}
END_TEST

START_TEST(a_device_is_written_as_it_is)
{
	struct tmp_file file;
	int with_fd = 7;
	char *path;

	ck_assert_int_eq(symlink("/dev/null", "null"), 0);
	ck_assert_int_eq(tmp_file_open(&file, _i ? "null" : "/dev/null",
				       TMP_DIRECT), 0);
	path = tmp_file_path(&file, &with_fd);
	ck_assert_str_eq(path, _i ? "null" : "/dev/null");
	ck_assert_int_eq(with_fd, -1);
	free(path);
	say(&file, "object");
	ck_assert_int_eq(tmp_file_commit(&file), 0);
	assert_forgotten(&file);
	ck_assert_int_eq(count_entries("."), 1);
	ck_assert_int_eq(unlink("null"), 0);
	ck_assert_int_eq(access("/dev/null", W_OK), 0);
}
END_TEST

START_TEST(a_link_is_replaced_and_its_target_stays)
{
	struct tmp_file file;
	struct stat st;

	ck_assert_int_eq(file_write("real", "old", 3), 0);
	ck_assert_int_eq(symlink("real", "x.o"), 0);
	ck_assert_int_eq(symlink("nowhere", "y.o"), 0);
	open_file(&file, "x.o", _i);
	say(&file, "new");
	ck_assert_int_eq(tmp_file_commit(&file), 0);
	ck_assert_int_eq(lstat("x.o", &st), 0);
	ck_assert(S_ISREG(st.st_mode));
	assert_file("x.o", "new");
	assert_file("real", "old");
	open_file(&file, "y.o", _i);
	ck_assert_int_eq(tmp_file_commit(&file), 0);
	assert_file("y.o", "");
	ck_assert_int_eq(count_entries("."), 3);
}
END_TEST

START_TEST(what_is_overwritten_keeps_its_mode_and_its_links)
{
	struct tmp_file file;
	struct stat st;

	without_dev_fd = _i;
	ck_assert_int_eq(file_write("x.d", "old and long", 12), 0);
	ck_assert_int_eq(chmod("x.d", 0600), 0);
	ck_assert_int_eq(link("x.d", "other"), 0);
	ck_assert_int_eq(symlink("x.d", "link"), 0);
	ck_assert_int_eq(tmp_file_open(&file, "link", TMP_OVERWRITE), 0);
	say(&file, "new");
	assert_file("x.d", "old and long");
	ck_assert_int_eq(tmp_file_commit(&file), 0);
	assert_forgotten(&file);
	assert_file("x.d", "new");
	assert_file("other", "new");
	ck_assert_int_eq(stat("x.d", &st), 0);
	ck_assert_int_eq(st.st_mode & 07777, 0600);
	ck_assert_int_eq(lstat("link", &st), 0);
	ck_assert(S_ISLNK(st.st_mode));
	ck_assert_int_eq(count_entries("."), 3);
}
END_TEST

START_TEST(what_is_gone_before_it_is_overwritten_is_made)
{
	struct tmp_file file;
	struct stat st;

	without_dev_fd = _i;
	umask(027);
	ck_assert_int_eq(tmp_file_open(&file, "x.d", TMP_OVERWRITE), 0);
	say(&file, "new");
	ck_assert_int_eq(tmp_file_commit(&file), 0);
	assert_file("x.d", "new");
	ck_assert_int_eq(stat("x.d", &st), 0);
	ck_assert_int_eq(st.st_mode & 07777, 0640);
	ck_assert_int_eq(count_entries("."), 1);
}
END_TEST

START_TEST(what_cannot_be_overwritten_whole_is_removed)
{
	struct rlimit limit;
	struct tmp_file file;

	signal(SIGXFSZ, SIG_IGN);
	without_dev_fd = _i;
	ck_assert_int_eq(file_write("x.d", "old", 3), 0);
	ck_assert_int_eq(tmp_file_open(&file, "x.d", TMP_OVERWRITE), 0);
	say(&file, "more than four");
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = 4;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ck_assert_int_eq(tmp_file_commit(&file), ERR_SYS);
	ck_assert_int_eq(errno, EFBIG);
	limit.rlim_cur = limit.rlim_max;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_forgotten(&file);
	ck_assert_int_eq(count_entries("."), 0);
	/* What cannot be opened stays. */
	ck_assert_int_eq(mkdir("x.d", 0700), 0);
	ck_assert_int_eq(tmp_file_open(&file, "x.d", TMP_OVERWRITE), 0);
	ck_assert_int_eq(tmp_file_commit(&file), ERR_SYS);
	ck_assert_int_eq(errno, EISDIR);
	ck_assert_int_eq(count_entries("."), 1);
}
END_TEST

START_TEST(a_child_can_write_by_the_path)
{
	struct tmp_file file;
	char *path;
	int with_fd, status;
	pid_t pid;

	open_file(&file, "x.d", _i);
	path = tmp_file_path(&file, &with_fd);
	ck_assert_int_eq(with_fd, _i ? -1 : file.fd);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		if (with_fd >= 0)
			fcntl(with_fd, F_SETFD, 0);
		setenv("OUT", path, 1);
		execl("/bin/sh", "sh", "-c", "echo child >\"$OUT\"",
		      (char *)NULL);
		_exit(1);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	free(path);
	ck_assert_int_eq(tmp_file_commit(&file), 0);
	assert_file("x.d", "child\n");
	ck_assert_int_eq(count_entries("."), 1);
}
END_TEST

START_TEST(a_failed_commit_leaves_nothing)
{
	struct tmp_file file;

	open_file(&file, "x.o", _i);
	ck_assert_int_eq(mkdir("x.o", 0700), 0);
	errno = 0;
	ck_assert_int_eq(tmp_file_commit(&file), ERR_SYS);
	ck_assert_int_eq(errno, EISDIR);
	assert_forgotten(&file);
	ck_assert_int_eq(count_entries("."), 1);
	ck_assert_int_eq(mkdir("d", 0700), 0);
	open_file(&file, "d/x.o", _i);
	ck_assert_int_eq(path_remove_tree("d"), 0);
	ck_assert_int_eq(tmp_file_commit(&file), ERR_SYS);
	ck_assert_int_eq(errno, ENOENT);
	assert_forgotten(&file);
}
END_TEST

START_TEST(names_on_the_list_are_removed_at_the_end)
{
	struct tmp_file files[4], done;
	int i;

	open_file(&done, "done.o", 1);
	for (i = 0; i < 4; i++)
		open_file(&files[i], "x.o", 1);
	ck_assert_int_eq(tmp_file_commit(&done), 0);
	tmp_file_discard(&files[1]);
	ck_assert_int_eq(count_entries("."), 4);
	tmp_remove_all();
	ck_assert_int_eq(count_entries("."), 1);
	assert_file("done.o", "");
	for (i = 0; i < 4; i++)
		tmp_file_discard(&files[i]);
}
END_TEST

START_TEST(a_named_file_has_its_suffix_and_is_removed)
{
	char *names[2] = { NULL, NULL };
	int i;

	for (i = 0; i < 2; i++) {
		ck_assert_int_ge(tmp_open_named(".", ".c", &names[i]), 0);
		ck_assert_str_eq(path_suffix(names[i]), ".c");
	}
	ck_assert_int_eq(count_entries("."), 2);
	tmp_remove_name(&names[0]);
	ck_assert_ptr_null(names[0]);
	ck_assert_int_eq(count_entries("."), 1);
	tmp_remove_all();
	ck_assert_int_eq(count_entries("."), 0);
	tmp_remove_name(&names[1]);
	ck_assert_int_eq(tmp_open_named("missing", ".c", &names[0]), ERR_SYS);
}
END_TEST

START_TEST(a_killed_process_leaves_nothing)
{
	struct tmp_file file;
	int status;
	pid_t pid;

	open_file(&file, "probe", 0);
	/* Not where even a nameless file is beyond the system. */
	if (file.name == NULL) {
		pid = fork();
		ck_assert_int_ge(pid, 0);
		if (pid == 0) {
			open_file(&file, "x.o", 0);
			if (tmp_open(".") < 0)
				_exit(1);
			raise(SIGKILL);
		}
		ck_assert_int_eq(waitpid(pid, &status, 0), pid);
		ck_assert(WIFSIGNALED(status));
		ck_assert_int_eq(count_entries("."), 0);
	}
	tmp_file_discard(&file);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, an_open_file_has_no_name);
	tcase_add_loop_test(tcase, a_missing_directory_is_an_error, 0, 2);
	tcase_add_loop_test(tcase, nothing_is_seen_before_the_commit, 0, 2);
	tcase_add_loop_test(tcase, a_commit_replaces_what_is_there, 0, 2);
	tcase_add_loop_test(tcase, a_reader_sees_one_whole_file_or_the_other,
			    0, 2);
	tcase_add_loop_test(tcase, a_discard_leaves_the_target_as_it_was, 0,
			    2);
	tcase_add_loop_test(tcase, the_mode_is_that_of_a_plain_open, 0,
			    2 * COUNT_OF(masks));
	tcase_add_loop_test(tcase, a_device_is_written_as_it_is, 0, 2);
	tcase_add_loop_test(tcase, a_link_is_replaced_and_its_target_stays, 0,
			    2);
	tcase_add_loop_test(tcase,
			    what_is_overwritten_keeps_its_mode_and_its_links,
			    0, 2);
	tcase_add_loop_test(tcase,
			    what_is_gone_before_it_is_overwritten_is_made, 0,
			    2);
	tcase_add_loop_test(tcase,
			    what_cannot_be_overwritten_whole_is_removed, 0, 2);
	tcase_add_loop_test(tcase, a_child_can_write_by_the_path, 0, 2);
	tcase_add_loop_test(tcase, a_failed_commit_leaves_nothing, 0, 2);
	tcase_add_test(tcase, names_on_the_list_are_removed_at_the_end);
	tcase_add_test(tcase, a_named_file_has_its_suffix_and_is_removed);
	tcase_add_test(tcase, a_killed_process_leaves_nothing);
}

int
main(void)
{
	return unit_run("tmp", add_tests);
}
