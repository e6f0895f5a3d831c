/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/state.h"

#include <string.h>
#include <sys/wait.h>

#include "base/file.h"
#include "unit.h"

/* Where the fields are for monitors of this word size. */
#define WORD sizeof(long)
#define FILE_AT (3 * WORD)
#define HOST_AT (FILE_AT + 128)
#define SLOT_AT (HOST_AT + 128)
#define PHASE_AT (SLOT_AT + 4)
#define RECORD_SIZE (PHASE_AT + 4 + WORD)

static char name[100];

static void
read_record(struct buf *record)
{
	buf_reset(record);
	ck_assert_int_eq(file_read(name, 10000, record), 0);
	ck_assert_uint_eq(record->len, RECORD_SIZE);
}

static unsigned long
word_at(const struct buf *record, size_t at)
{
	unsigned long value;

	memcpy(&value, record->data + at, sizeof value);
	return value;
}

static int
int_at(const struct buf *record, size_t at)
{
	int value;

	memcpy(&value, record->data + at, sizeof value);
	return value;
}

START_TEST(the_record_is_laid_out_as_monitors_read_it)
{
	struct buf record = BUF_INIT;

	if (WORD == 8)
		ck_assert_uint_eq(RECORD_SIZE, 296);
	snprintf(name, sizeof name, "binstate_%ld", (long)getpid());
	state_open(".", "dir/source.c");
	state_set_host("build-1", 3);
	state_set_phase(STATE_COMPILE);
	read_record(&record);
	ck_assert_uint_eq(word_at(&record, 0), RECORD_SIZE);
	ck_assert_uint_eq(word_at(&record, WORD), 0x44494800);
	ck_assert_uint_eq(word_at(&record, 2 * WORD),
			  (unsigned long)getpid());
	ck_assert_str_eq(record.data + FILE_AT, "source.c");
	ck_assert_str_eq(record.data + HOST_AT, "build-1");
	ck_assert_int_eq(int_at(&record, SLOT_AT), 3);
	ck_assert_int_eq(int_at(&record, PHASE_AT), 5);
	state_set_host("other", 0);
	state_set_phase(STATE_RECEIVE);
	read_record(&record);
	ck_assert_str_eq(record.data + HOST_AT, "other");
	ck_assert_int_eq(int_at(&record, SLOT_AT), 0);
	ck_assert_int_eq(int_at(&record, PHASE_AT), 6);
	state_close();
	ck_assert_int_ne(access(name, F_OK), 0);
	state_close();
	buf_clear(&record);
}
END_TEST

static const int phases[] = { STATE_STARTUP, STATE_BLOCKED, STATE_CONNECT,
			      STATE_PREPROCESS, STATE_SEND, STATE_COMPILE,
			      STATE_RECEIVE, STATE_DONE };

START_TEST(phases_have_the_numbers_of_old)
{
	ck_assert_int_eq(phases[_i], _i);
}
END_TEST

START_TEST(long_names_are_cut_and_end)
{
	struct buf record = BUF_INIT;
	char text[500];

	memset(text, 'n', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	snprintf(name, sizeof name, "binstate_%ld", (long)getpid());
	state_open(".", text);
	state_set_host(text, 9);
	state_set_phase(STATE_CONNECT);
	read_record(&record);
	ck_assert_uint_eq(strlen(record.data + FILE_AT), 127);
	ck_assert_uint_eq(strlen(record.data + HOST_AT), 127);
	ck_assert_int_eq(int_at(&record, SLOT_AT), 9);
	state_close();
	buf_clear(&record);
}
END_TEST

START_TEST(without_a_directory_nothing_is_told)
{
	char path[PATH_MAX + 10];

	state_open(NULL, "x.c");
	state_set_host("h", 1);
	state_set_phase(STATE_SEND);
	state_close();
	state_open("missing", "x.c");
	state_set_phase(STATE_SEND);
	state_close();
	memset(path, '/', sizeof path - 1);
	path[sizeof path - 1] = '\0';
	state_open(path, "x.c");
	state_set_phase(STATE_SEND);
	state_close();
	/* An empty directory can be removed. */
	ck_assert_int_eq(rmdir(unit_dir), 0);
}
END_TEST

START_TEST(what_dead_processes_left_is_swept)
{
	char dead[100], odd[120], alive[100];
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		_exit(0);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	snprintf(dead, sizeof dead, "binstate_%ld", (long)pid);
	snprintf(odd, sizeof odd, "%s.orig", dead);
	snprintf(alive, sizeof alive, "binstate_%ld", (long)getppid());
	ck_assert_int_eq(file_write(dead, "", 0), 0);
	ck_assert_int_eq(file_write(odd, "", 0), 0);
	ck_assert_int_eq(file_write(alive, "", 0), 0);
	ck_assert_int_eq(file_write("binstate_", "", 0), 0);
	ck_assert_int_eq(file_write("binstate_0", "", 0), 0);
	ck_assert_int_eq(file_write("binstate_-1", "", 0), 0);
	state_open(".", "x.c");
	ck_assert_int_ne(access(dead, F_OK), 0);
	ck_assert_int_eq(access(odd, F_OK), 0);
	ck_assert_int_eq(access(alive, F_OK), 0);
	ck_assert_int_eq(access("binstate_", F_OK), 0);
	ck_assert_int_eq(access("binstate_0", F_OK), 0);
	ck_assert_int_eq(access("binstate_-1", F_OK), 0);
	state_close();
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, the_record_is_laid_out_as_monitors_read_it);
	tcase_add_loop_test(tcase, phases_have_the_numbers_of_old, 0,
			    COUNT_OF(phases));
	tcase_add_test(tcase, long_names_are_cut_and_end);
	tcase_add_test(tcase, without_a_directory_nothing_is_told);
	tcase_add_test(tcase, what_dead_processes_left_is_swept);
}

int
main(void)
{
	return unit_run("state", add_tests);
}
