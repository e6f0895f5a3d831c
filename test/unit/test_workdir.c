/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/workdir.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/file.h>
#include <string.h>
#include <sys/wait.h>

#include "base/err.h"
#include "base/file.h"
#include "base/path.h"
#include "daemon/jobdir.h"
#include "unit.h"

/* A process id that belonged to somebody, and now to nobody. */
static long
dead_pid(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	return (long)pid;
}

static void
make_leftover(char name[static 64], long pid, int with_lock)
{
	char lock[80];

	snprintf(name, 64, "distccd_%ld_abcdef", pid);
	ck_assert_int_eq(mkdir(name, 0700), 0);
	snprintf(lock, sizeof lock, "%s/lock", name);
	if (with_lock)
		ck_assert_int_eq(file_write(lock, "", 0), 0);
}

static void
open_and_close(void)
{
	struct workdir workdir = WORKDIR_INIT;

	ck_assert_int_eq(workdir_open(&workdir, unit_dir), 0);
	ck_assert_int_eq(access(workdir.path, R_OK | W_OK | X_OK), 0);
	workdir_close(&workdir);
}

START_TEST(a_directory_is_private_and_vanishes)
{
	struct workdir workdir = WORKDIR_INIT;
	struct stat st;

	ck_assert_int_eq(workdir_open(&workdir, unit_dir), 0);
	ck_assert_int_eq(stat(workdir.path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0700);
	workdir_close(&workdir);
	/* Nothing is left, so that the directory can go. */
	ck_assert_int_eq(rmdir(unit_dir), 0);
	ck_assert_int_eq(mkdir(unit_dir, 0700), 0);
}
END_TEST

START_TEST(a_directory_that_was_removed_is_made_again)
{
	struct workdir workdir = WORKDIR_INIT;

	ck_assert_int_eq(workdir_open(&workdir, unit_dir), 0);
	ck_assert_int_eq(path_remove_tree(workdir.path), 0);
	ck_assert_int_eq(workdir_restore(&workdir), 0);
	/* Another worker may have been faster. */
	ck_assert_int_eq(workdir_restore(&workdir), 0);
	ck_assert_int_eq(chmod(workdir.path, 0777), 0);
	ck_assert_int_eq(workdir_restore(&workdir), ERR_DENIED);
	ck_assert_int_eq(rmdir(workdir.path), 0);
	ck_assert_int_eq(symlink("/", workdir.path), 0);
	ck_assert_int_eq(workdir_restore(&workdir), ERR_DENIED);
	ck_assert_int_eq(unlink(workdir.path), 0);
	workdir_close(&workdir);
}
END_TEST

START_TEST(what_dead_daemons_left_is_swept)
{
	char locked[64], bare[64];

	make_leftover(locked, dead_pid(), 1);
	make_leftover(bare, dead_pid(), 0);
	open_and_close();
	ck_assert_int_ne(access(locked, F_OK), 0);
	ck_assert_int_ne(access(bare, F_OK), 0);
}
END_TEST

START_TEST(a_held_lock_protects_the_directory)
{
	char name[64], lock[80];
	int fd;

	make_leftover(name, dead_pid(), 1);
	snprintf(lock, sizeof lock, "%s/lock", name);
	fd = open(lock, O_RDWR | O_CLOEXEC);
	ck_assert_int_eq(flock(fd, LOCK_EX), 0);
	open_and_close();
	ck_assert_int_eq(access(name, F_OK), 0);
	close(fd);
	open_and_close();
	ck_assert_int_ne(access(name, F_OK), 0);
}
END_TEST

START_TEST(a_starting_daemon_is_left_alone)
{
	char name[64];

	make_leftover(name, (long)getppid(), 0);
	open_and_close();
	ck_assert_int_eq(access(name, F_OK), 0);
}
END_TEST

START_TEST(names_of_others_and_links_are_left_alone)
{
	static const char *const names[] = {
		"distccd_", "distccd_x_abcdef", "distccd_1", "distccd_99_abc",
		"distccd_-1_abcdef", "other_99_abcdef",
	};
	char link[64];
	int i;

	for (i = 0; i < COUNT_OF(names); i++)
		ck_assert_int_eq(mkdir(names[i], 0700), 0);
	ck_assert_int_eq(mkdir("target", 0700), 0);
	ck_assert_int_eq(file_write("target/lock", "", 0), 0);
	snprintf(link, sizeof link, "distccd_%ld_abcdef", dead_pid());
	ck_assert_int_eq(symlink("target", link), 0);
	open_and_close();
	for (i = 0; i < COUNT_OF(names); i++)
		ck_assert_int_eq(access(names[i], F_OK), 0);
	ck_assert_int_eq(access("target/lock", F_OK), 0);
	ck_assert_int_eq(access(link, F_OK), 0);
}
END_TEST

static const struct {
	const char *input, *stem;
} stems[] = {
	{ "x.c", "x" },
	{ "/a/b/main.tab.cc", "main.tab" },
	{ "a-b_c+d~1.c", "a-b_c+d~1" },
	{ "noext", "noext" },
	{ "-x.c", "source" },
	{ "@x.c", "source" },
	{ ".c", "source" },
	{ "..c", "source" },
	{ "a b.c", "source" },
	{ "a$b.c", "source" },
	{ "a\nb.c", "source" },
	{ "", "source" },
	{ "a/", "source" },
	{ "\xc3\xa4.c", "source" },
	{ "a\xc3\xa4.c", "a\xc3\xa4" },
};

START_TEST(only_a_harmless_stem_is_kept)
{
	char *stem = jobdir_stem(stems[_i].input);

	ck_assert_str_eq(stem, stems[_i].stem);
	free(stem);
}
END_TEST

START_TEST(a_long_stem_is_not_kept)
{
	char name[400];
	char *stem;

	memset(name, 'a', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	stem = jobdir_stem(name);
	ck_assert_str_eq(stem, "source");
	free(stem);
}
END_TEST

START_TEST(a_job_takes_all_its_files_along)
{
	struct jobdir job = JOBDIR_INIT;
	char name[PATH_MAX];

	ck_assert_int_eq(jobdir_open(&job, path_join(unit_dir, "job_XXXXXX"),
				     "x.c", ".i"), 0);
	snprintf(name, sizeof name, "%s", job.path);
	ck_assert_str_ne(path_base(name), "job_XXXXXX");
	ck_assert_int_eq(access("x.i", R_OK | W_OK), 0);
	ck_assert_int_eq(jobdir_open_object(&job), ERR_MISSING);
	ck_assert_int_eq(mkdir("deep", 0000), 0);
	ck_assert_int_eq(symlink("/etc", "x.o"), 0);
	ck_assert_int_lt(jobdir_open_object(&job), 0);
	jobdir_close(&job);
	ck_assert_int_eq(chdir(unit_dir), 0);
	ck_assert_int_ne(access(name, F_OK), 0);
	ck_assert_int_eq(access("/etc", F_OK), 0);
}
END_TEST

static const struct {
	const char *text;
	enum jobdir_accident accident;
} messages[] = {
	{ "", JOBDIR_NO_ACCIDENT },
	{ "x.c:1:1: error: expected ';'\n", JOBDIR_NO_ACCIDENT },
	{ "x.c:1:2: error: #error \": No space left on device\n",
	  JOBDIR_NO_ACCIDENT },
	{ "x.c:1:2: error: cc1: out of memory allocating 1 byte\n",
	  JOBDIR_NO_ACCIDENT },
	{ "x.c:1:1: error: e\nas: x.o: No space left on device\n",
	  JOBDIR_DISK },
	{ "as: x.o: No space left on device", JOBDIR_DISK },
	{ "virtual memory exhausted: Cannot allocate memory\n",
	  JOBDIR_MEMORY },
	{ "\ncc1: out of memory allocating 65536 bytes after a total of 1\n",
	  JOBDIR_MEMORY },
	{ "LLVM ERROR: out of memory\nAllocation failed\n", JOBDIR_MEMORY },
	{ "gcc: fatal error: Killed signal terminated program cc1\n"
	  "compilation terminated.\n", JOBDIR_MEMORY },
	{ "gcc: internal compiler error: CPU time limit exceeded signal "
	  "terminated program cc1plus\n", JOBDIR_TIME },
	{ "gcc: internal compiler error: File size limit exceeded signal "
	  "terminated program as\n", JOBDIR_SIZE },
	{ "gcc: internal compiler error: Segmentation fault signal "
	  "terminated program cc1\n", JOBDIR_OTHER },
};

START_TEST(an_accident_is_told_from_a_fault_in_the_source)
{
	const char *text = messages[_i].text;
	struct jobdir job = JOBDIR_INIT;

	ck_assert_int_eq(jobdir_open(&job, path_join(unit_dir, "job_XXXXXX"),
				     "x.c", ".i"), 0);
	ck_assert_int_ge(write(job.stderr_fd, text, strlen(text)), 0);
	ck_assert_int_eq(jobdir_end_messages(&job), 0);
	ck_assert_int_eq(jobdir_accident(&job), messages[_i].accident);
	jobdir_close(&job);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, a_directory_is_private_and_vanishes);
	tcase_add_test(tcase, a_directory_that_was_removed_is_made_again);
	tcase_add_test(tcase, what_dead_daemons_left_is_swept);
	tcase_add_test(tcase, a_held_lock_protects_the_directory);
	tcase_add_test(tcase, a_starting_daemon_is_left_alone);
	tcase_add_test(tcase, names_of_others_and_links_are_left_alone);
	tcase_add_loop_test(tcase, only_a_harmless_stem_is_kept, 0,
			    COUNT_OF(stems));
	tcase_add_test(tcase, a_long_stem_is_not_kept);
	tcase_add_test(tcase, a_job_takes_all_its_files_along);
	tcase_add_loop_test(tcase,
			    an_accident_is_told_from_a_fault_in_the_source, 0,
			    COUNT_OF(messages));
}

int
main(void)
{
	return unit_run("workdir", add_tests);
}
