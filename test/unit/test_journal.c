/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <libiberty.h>

#include "base/err.h"
#include "base/file.h"
#include "client/record.h"
#include "unit.h"

#define WRITERS 200
#define RECORDS 10	/* of each */

static struct record record;
static struct journal journal;

static void
set_up(void)
{
	unit_enter_dir();
	record = (struct record)RECORD_INIT;
	journal = (struct journal)JOURNAL_INIT;
	record_start(&record);
}

static void
tear_down(void)
{
	record_clear(&record);
	journal_clear(&journal);
	unit_leave_dir();
}

static off_t
size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? st.st_size : -1;
}

START_TEST(records_come_back_in_order)
{
	int i;

	for (i = 0; i < 3; i++) {
		record.status = i;
		ck_assert_int_eq(journal_append(".", &record), 0);
	}
	ck_assert_int_eq(journal_read(&journal, "."), 0);
	ck_assert_uint_eq(journal.count, 3);
	for (i = 0; i < 3; i++)
		ck_assert_int_eq(journal.v[i].status, i);
}
END_TEST

START_TEST(no_journal_is_an_empty_one)
{
	ck_assert_int_eq(journal_read(&journal, "."), 0);
	ck_assert_uint_eq(journal.count, 0);
}
END_TEST

/* Together they fill more than one journal, and less than two. */
static void
write_many(int writer)
{
	char *padding = xmalloc(2401);
	int i;

	memset(padding, 'x', 2400);
	padding[2400] = '\0';
	record.file = xstrndup(padding, 800);
	record.output = xstrndup(padding, 600);
	record.cwd = xstrndup(padding, 800);
	record.culprit = xstrndup(padding, 300);
	record.sent = writer;
	for (i = 0; i < RECORDS; i++) {
		record.received = i;
		if (journal_append(".", &record) < 0)
			_exit(1);
	}
	free(padding);
	_exit(0);
}

static void
wait_for_writers(void)
{
	int i, status;

	for (i = 0; i < WRITERS; i++) {
		ck_assert_int_gt(wait(&status), 0);
		ck_assert_int_eq(status, 0);
	}
}

START_TEST(two_hundred_writers_lose_nothing_through_a_rotation)
{
	static int seen[WRITERS][RECORDS];
	size_t i;
	int writer;

	for (writer = 0; writer < WRITERS; writer++) {
		if (fork() == 0)
			write_many(writer);
	}
	wait_for_writers();
	ck_assert_int_gt(size_of("journal"), 0);
	ck_assert_int_le(size_of("journal"), JOURNAL_MAX);
	ck_assert_int_gt(size_of("journal.old"), JOURNAL_MAX - RECORD_MAX);
	/* Who had opened it when it was renamed writes to it yet. */
	ck_assert_int_le(size_of("journal.old"),
			 JOURNAL_MAX + WRITERS * RECORD_MAX);
	ck_assert_int_eq(journal_read(&journal, "."), 0);
	ck_assert_uint_eq(journal.count, WRITERS * RECORDS);
	for (i = 0; i < journal.count; i++)
		seen[journal.v[i].sent][journal.v[i].received]++;
	for (i = 0; i < WRITERS * RECORDS; i++)
		ck_assert_int_eq(seen[i / RECORDS][i % RECORDS], 1);
}
END_TEST

START_TEST(a_torn_line_costs_no_other)
{
	struct rlimit limit = { 600, RLIM_INFINITY }, before;

	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(journal_append(".", &record), 0);
	ck_assert_int_lt(size_of("journal"), 600);
	getrlimit(RLIMIT_FSIZE, &before);
	limit.rlim_max = before.rlim_max;
	setrlimit(RLIMIT_FSIZE, &limit);
	record.file = xcalloc(1, 701);
	memset(record.file, 'x', 700);
	ck_assert_int_eq(journal_append(".", &record), ERR_SYS);
	/* Nothing of it fits any more. */
	ck_assert_int_eq(journal_append(".", &record), ERR_SYS);
	ck_assert_int_eq(errno, EFBIG);
	setrlimit(RLIMIT_FSIZE, &before);
	ck_assert_int_eq(journal_append(".", &record), 0);
	ck_assert_int_eq(journal_read(&journal, "."), 0);
	ck_assert_uint_eq(journal.count, 2);
	ck_assert_ptr_null(journal.v[0].file);
	ck_assert_str_eq(journal.v[1].file, record.file);
}
END_TEST

/* File systems leave such after a crash. */
START_TEST(nuls_cost_no_other_line)
{
	char nuls[5000] = "";
	int fd;

	ck_assert_int_eq(journal_append(".", &record), 0);
	fd = open("journal", O_WRONLY | O_APPEND);
	ck_assert_int_eq(write(fd, nuls, sizeof nuls), sizeof nuls);
	close(fd);
	ck_assert_int_eq(journal_append(".", &record), 0);
	fd = open("journal", O_WRONLY | O_APPEND);
	ck_assert_int_eq(write(fd, "\0\n\0\n", 4), 4);
	close(fd);
	ck_assert_int_eq(journal_append(".", &record), 0);
	ck_assert_int_eq(journal_read(&journal, "."), 0);
	ck_assert_uint_eq(journal.count, 3);
}
END_TEST

/* A backup, or a process that is stopped, may have it. */
START_TEST(a_lock_on_a_full_journal_holds_nobody_up)
{
	int fd = open("journal", O_RDWR | O_CREAT, 0666);

	ck_assert_int_eq(ftruncate(fd, JOURNAL_MAX), 0);
	ck_assert_int_eq(flock(fd, LOCK_EX), 0);
	ck_assert_int_eq(journal_append(".", &record), 0);
	ck_assert_int_gt(size_of("journal"), JOURNAL_MAX);
	ck_assert_int_eq(ftruncate(fd, 2 * JOURNAL_MAX), 0);
	ck_assert_int_eq(journal_append(".", &record), ERR_SYS);
	ck_assert_int_eq(errno, EFBIG);
	close(fd);
	ck_assert_int_eq(journal_append(".", &record), 0);
	ck_assert_int_lt(size_of("journal"), RECORD_MAX);
}
END_TEST

START_TEST(what_is_no_file_is_not_written_to)
{
	ck_assert_int_eq(mkfifo("journal", 0600), 0);
	ck_assert_int_eq(journal_append(".", &record), ERR_SYS);
	ck_assert_int_eq(journal_append("missing", &record), ERR_SYS);
	ck_assert_int_eq(errno, ENOENT);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, records_come_back_in_order);
	tcase_add_test(tcase, no_journal_is_an_empty_one);
	tcase_add_test(tcase,
		       two_hundred_writers_lose_nothing_through_a_rotation);
	tcase_add_test(tcase, a_torn_line_costs_no_other);
	tcase_add_test(tcase, nuls_cost_no_other_line);
	tcase_add_test(tcase, a_lock_on_a_full_journal_holds_nobody_up);
	tcase_add_test(tcase, what_is_no_file_is_not_written_to);
}

int
main(void)
{
	return unit_run("journal", add_tests);
}
