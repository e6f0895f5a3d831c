/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/tally.h"

#include <string.h>

#include "base/buf.h"
#include "client/tell.h"
#include "unit.h"

static struct record record;
static struct tally tally;
static struct buf text;

static void
set_up(void)
{
	record = (struct record)RECORD_INIT;
	tally = (struct tally)TALLY_INIT;
	text = (struct buf)BUF_INIT;
}

static void
tear_down(void)
{
	tally_clear(&tally);
	record_clear(&record);
	buf_clear(&text);
}

static void
try(const char *host, enum record_outcome outcome, int64_t us)
{
	record_begin_try(&record, host);
	record_end_try(&record, outcome);
	record.tries[record.try_count - 1].us = us;
}

START_TEST(a_job_with_two_tries)
{
	record.time_ms = 5000;
	record.total_us = 250000;
	record.verdict = RECORD_IS_REMOTE;
	record.sent = 70;
	try("a", RECORD_TRY_FAILED, 40);
	try("b", RECORD_TRY_OK, 60);
	tally_add(&tally, &record);
	ck_assert_int_eq(tally.jobs, 1);
	ck_assert_int_eq(tally.retries, 1);
	ck_assert_int_eq(tally.lost_us, 40);
	ck_assert_int_eq(tally.troubles, 0);
	ck_assert_int_eq(tally_wall_ms(&tally), 250);
	ck_assert_uint_eq(tally.host_count, 2);
	ck_assert_int_eq(tally.hosts[0].outcomes[RECORD_TRY_FAILED], 1);
	ck_assert_int_eq(tally.hosts[0].sent, 0);
	ck_assert_int_eq(tally.hosts[1].outcomes[RECORD_TRY_OK], 1);
	ck_assert_int_eq(tally.hosts[1].sent, 70);
}
END_TEST

START_TEST(jobs_that_overlap)
{
	record.time_ms = 5000;
	record.total_us = 9000000;
	tally_add(&tally, &record);
	record.time_ms = 4000;
	record.total_us = 1000;
	tally_add(&tally, &record);
	ck_assert_int_eq(tally_wall_ms(&tally), 10000);
}
END_TEST

START_TEST(what_counts_as_trouble)
{
	record.verdict = RECORD_IS_LOCAL;
	record_explain(&record, REASON_NOT_COMPILE, NULL);
	tally_add(&tally, &record);
	ck_assert_int_eq(tally.troubles, 0);
	record_explain(&record, REASON_HOSTS_FAILED, NULL);
	tally_add(&tally, &record);
	ck_assert_int_eq(tally.troubles, 1);
	ck_assert_int_eq(tally.reasons[REASON_HOSTS_FAILED], 1);
	record.verdict = RECORD_IS_FAILED;
	record_explain(&record, REASON_NONE, NULL);
	tally_add(&tally, &record);
	ck_assert_int_eq(tally.troubles, 2);
}
END_TEST

START_TEST(no_terminal_is_commanded)
{
	tell_add_safe(&text, "a\033[31mb\n\177");
	ck_assert_str_eq(text.data, "a?[31mb??");
	record.verdict = RECORD_IS_LOCAL;
	record_explain(&record, REASON_REFUSED, "\033]0;x\007");
	buf_reset(&text);
	tell_text(&text, &record);
	ck_assert_ptr_null(strchr(text.data, '\033'));
	ck_assert_ptr_nonnull(strstr(text.data, "(refused)"));
}
END_TEST

START_TEST(a_try_is_told_by_its_name_in_the_servers_log)
{
	record.verdict = RECORD_IS_REMOTE;
	record_begin_try(&record, "a");
	record_name_try(&record, "10.0.0.5:4242");
	record_end_try(&record, RECORD_TRY_REFUSED);
	record_begin_try(&record, "b");
	record_name_try(&record, "10.0.0.5:4343");
	record_end_try(&record, RECORD_TRY_OK);
	tell_text(&text, &record);
	ck_assert_ptr_nonnull(strstr(text.data, "refused the job; in its "
						"log, this is job "
						"10.0.0.5:4242\n"));
	ck_assert_ptr_nonnull(strstr(text.data, "done; in its log, this is "
						"job 10.0.0.5:4343\n"));
}
END_TEST

START_TEST(ways_and_what_closed_one_are_counted)
{
	static char gone[] = "agent: it is gone", agent[] = "agent",
		    agents[] = "agents: x";
	static char *const causes[] = { NULL, gone, agent, agents, NULL };
	size_t i;

	for (i = 0; i < COUNT_OF(causes); i++) {
		record.way = i == 0 ? RECORD_WAY_PUMP : RECORD_WAY_CPP;
		record.no_pump = causes[i];
		if (i == 1)
			tell_text(&text, &record);
		tally_add(&tally, &record);
	}
	ck_assert_ptr_nonnull(strstr(text.data, "not sent: agent: it is"));
	ck_assert_int_eq(tally.ways[RECORD_WAY_PUMP], 1);
	ck_assert_int_eq(tally.ways[RECORD_WAY_CPP], 4);
	ck_assert_uint_eq(tally.cause_count, 2);
	ck_assert_int_eq(tally.causes[0].jobs, 2);
}
END_TEST

START_TEST(durations_are_rounded)
{
	tell_add_seconds(&text, 1999600);
	ck_assert_str_eq(text.data, "2.000 s");
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_job_with_two_tries);
	tcase_add_test(tests, jobs_that_overlap);
	tcase_add_test(tests, what_counts_as_trouble);
	tcase_add_test(tests, no_terminal_is_commanded);
	tcase_add_test(tests, a_try_is_told_by_its_name_in_the_servers_log);
	tcase_add_test(tests, ways_and_what_closed_one_are_counted);
	tcase_add_test(tests, durations_are_rounded);
}

int
main(void)
{
	return unit_run("tally", add_tests);
}
