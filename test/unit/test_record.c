/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/record.h"

#include <string.h>

#include <libiberty.h>

#include "base/err.h"
#include "client/build.h"
#include "unit.h"

static struct record record, copy;

static void
set_up(void)
{
	record = (struct record)RECORD_INIT;
	copy = (struct record)RECORD_INIT;
	record_start(&record);
}

static void
tear_down(void)
{
	record_clear(&record);
	record_clear(&copy);
}

/* Writes the record, checks its length, and reads it into copy. */
static int
pass_on(void)
{
	struct buf line = BUF_INIT;
	int r;

	record_write(&record, &line);
	ck_assert_uint_le(line.len, RECORD_MAX);
	ck_assert_int_eq(line.data[line.len - 1], '\n');
	ck_assert_ptr_eq(strchr(line.data, '\n'), line.data + line.len - 1);
	line.data[line.len - 1] = '\0';
	r = record_read(&copy, line.data);
	buf_clear(&line);
	return r;
}

START_TEST(what_is_written_is_read)
{
	record_enter(&record, RECORD_LOCAL);
	record_explain(&record, REASON_NATIVE, "-march=native");
	record_begin_try(&record, "10.0.0.1/8");
	record_end_try(&record, RECORD_TRY_FAILED);
	record_name_try(&record, "too late");
	record_begin_try(&record, "10.0.0.2:99,lzo");
	record_name_try(&record, "10.0.0.9:4000");
	record_name_try(&record, "");
	record_begin_try(&record, "10.0.0.2:99,lzo");
	record_name_try(&record, "[fe80::1%eth0]:4001");
	record_end_try(&record, RECORD_TRY_OK);
	record_finish(&record, 3);
	record.verdict = RECORD_IS_REMOTE;
	record.way = RECORD_WAY_PUMP;
	record.no_pump = xstrdup("computed_include: #include X\ty");
	record.sent = 5000000000;
	record.file = xstrdup("a b.c");
	ck_assert_int_eq(pass_on(), 0);
	ck_assert_int_eq(copy.verdict, RECORD_IS_REMOTE);
	ck_assert_int_eq(copy.reason, REASON_NATIVE);
	ck_assert_str_eq(copy.culprit, "-march=native");
	ck_assert_int_eq(copy.way, RECORD_WAY_PUMP);
	ck_assert_str_eq(copy.no_pump, "computed_include: #include X\ty");
	ck_assert_str_eq(copy.file, "a b.c");
	ck_assert_str_eq(copy.id, record.id);
	ck_assert_ptr_null(copy.output);
	ck_assert_int_eq(copy.status, 3);
	ck_assert_int_eq(copy.sent, 5000000000);
	ck_assert_int_eq(copy.time_ms, record.time_ms);
	ck_assert_int_eq(copy.total_us, record.total_us);
	ck_assert_int_eq(copy.phase_us[RECORD_LOCAL],
			 record.phase_us[RECORD_LOCAL]);
	ck_assert_uint_eq(copy.try_count, 2);
	ck_assert_str_eq(copy.tries[0].host, "10.0.0.1/8");
	ck_assert_int_eq(copy.tries[0].outcome, RECORD_TRY_FAILED);
	ck_assert_int_eq(copy.tries[0].us, record.tries[0].us);
	ck_assert_str_eq(copy.tries[1].host, "10.0.0.2:99,lzo");
	ck_assert_ptr_null(copy.tries[0].job);
	ck_assert_str_eq(copy.tries[1].job, "[fe80::1%eth0]:4001");
	ck_assert_int_eq(copy.tries[1].outcome, RECORD_TRY_OK);
}
END_TEST

START_TEST(the_phases_make_up_the_whole)
{
	int64_t sum = 0;
	int i;

	for (i = 0; i < RECORD_PHASES; i++)
		record_enter(&record, (enum record_phase)i);
	record_finish(&record, 0);
	for (i = 0; i < RECORD_PHASES; i++)
		sum += record.phase_us[i];
	ck_assert_int_eq(sum, record.total_us);
}
END_TEST

START_TEST(every_byte_of_a_name_survives)
{
	char name[256];
	int i;

	for (i = 1; i < 256; i++)
		name[i - 1] = (char)i;
	name[255] = '\0';
	record.file = xstrdup(name);
	ck_assert_int_eq(pass_on(), 0);
	ck_assert_str_eq(copy.file, name);
}
END_TEST

START_TEST(the_longest_record_is_within_the_limit)
{
	char *name = xmalloc(10001);
	int i;

	memset(name, _i == 0 ? 'x' : '\n', 10000);
	name[10000] = '\0';
	record.file = xstrdup(name);
	record.output = xstrdup(name);
	record.cwd = xstrdup(name);
	record.build = xstrdup(name);
	record.compiler = xstrdup(name);
	record_explain(&record, REASON_ENVIRONMENT, name);
	record.verdict = RECORD_IS_REMOTE;
	for (i = 0; i < 50; i++) {
		record_begin_try(&record, name);
		record_name_try(&record, name);
		record_end_try(&record, RECORD_TRY_REPEATED);
	}
	for (i = 0; i < RECORD_PHASES; i++)
		record.phase_us[i] = INT64_MIN;
	record.time_ms = INT64_MAX;
	record.total_us = INT64_MIN;
	record.sent = record.received = INT64_MIN;
	record.cpu_us = record.child_cpu_us = INT64_MIN;
	record.status = INT64_MIN;
	ck_assert_int_eq(pass_on(), 0);
	free(name);
}
END_TEST

START_TEST(torn_and_foreign_lines_are_refused)
{
	static const char *const lines[] = {
		"", "verdict=local", "x", "verdict=local\treason=no_hosts",
		"verdict=perhaps\ttime=1\tid=1", "reason=unheard_of\ttime=1\tid=1",
		"verdict=local\ttime=1\tgarbage\tid=1",
	};
	char *line = xstrdup(lines[_i]);

	ck_assert_int_eq(record_read(&copy, line), ERR_SYNTAX);
	free(line);
}
END_TEST

START_TEST(keys_of_another_version_are_passed_over)
{
	char line[] = "verdict=local\treason=lto\tcolour=red\tjob=nobodys\t"
		      "time=1\tid=1";

	ck_assert_int_eq(record_read(&copy, line), 0);
	ck_assert_uint_eq(copy.try_count, 0);
	ck_assert_int_eq(copy.reason, REASON_LTO);
}
END_TEST

START_TEST(numbers_that_nobody_measured_are_bounded)
{
	char line[] = "verdict=local\treason=lto\ttotal=9223372036854775807\t"
		      "sent=99999999999999999999\treceived=-9\ttry=open 5 a\t"
		      "try=open -7 b\ttry=failed 9223372036854775807 c\t"
		      "time=1\tid=1";

	ck_assert_int_eq(record_read(&copy, line), 0);
	ck_assert_int_eq(copy.total_us, 10000000000000);
	ck_assert_int_eq(copy.sent, copy.total_us);
	ck_assert_int_eq(copy.received, -1);
	ck_assert_uint_eq(copy.try_count, 3);
	ck_assert_str_eq(copy.tries[0].host, "a");
	ck_assert_int_eq(copy.tries[2].us, copy.total_us);
}
END_TEST

START_TEST(a_second_connection_to_a_host_is_the_same_try)
{
	record_begin_try(&record, "a");
	record_begin_try(&record, "a");
	ck_assert_uint_eq(record.try_count, 1);
	record_end_try(&record, RECORD_TRY_FAILED);
	record_end_try(&record, RECORD_TRY_OK);
	ck_assert_int_eq(record.tries[0].outcome, RECORD_TRY_FAILED);
	ck_assert_int_eq(record_lost_us(&record), record.tries[0].us);
}
END_TEST

START_TEST(build_tools_are_known_by_name)
{
	char *name = build_name();

	ck_assert_int_ne(build_is_tool("make"), 0);
	ck_assert_int_ne(build_is_tool("ninja"), 0);
	ck_assert_int_eq(build_is_tool("bash"), 0);
	ck_assert_str_ne(name, "");
	free(name);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, what_is_written_is_read);
	tcase_add_test(tcase, the_phases_make_up_the_whole);
	tcase_add_test(tcase, every_byte_of_a_name_survives);
	tcase_add_loop_test(tcase, the_longest_record_is_within_the_limit, 0,
			    2);
	tcase_add_loop_test(tcase, torn_and_foreign_lines_are_refused, 0, 7);
	tcase_add_test(tcase, keys_of_another_version_are_passed_over);
	tcase_add_test(tcase, numbers_that_nobody_measured_are_bounded);
	tcase_add_test(tcase, a_second_connection_to_a_host_is_the_same_try);
	tcase_add_test(tcase, build_tools_are_known_by_name);
}

int
main(void)
{
	return unit_run("record", add_tests);
}
