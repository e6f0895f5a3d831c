/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/joblog.h"

#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "daemon/board.h"
#include "unit.h"

/* The text that stands in the log after job was written to it. */
static void
written(const struct board_job *job, int ret, int level, struct buf *text)
{
	log_set_level(level);
	ck_assert_int_eq(log_to_file("log"), 0);
	joblog_write(job, ret);
	log_to_fd(STDERR_FILENO);
	ck_assert_int_eq(file_read("log", 65536, text), 0);
}

START_TEST(every_outcome_has_a_name)
{
	const struct board_job job = { .peer = "p",
				       .outcome = (enum outcome)_i };
	struct buf text = BUF_INIT;
	char name[32];

	written(&job, 0, LOG_NOTICE, &text);
	ck_assert_int_eq(sscanf(strstr(text.data, "client: "),
				"client: p %31[A-Z_] exit:", name), 1);
	buf_clear(&text);
}
END_TEST

static const struct board_job failed = {
	.peer = "10.0.0.5:42364", .compiler = "g++", .input = "e.cc",
	.outcome = OUTCOME_ERROR, .status = 0x100, .total_us = 21999,
	.cpu_us = 11000, .bytes_in = 7, .bytes_out = 5000000000u,
	.max_rss_kb = 30, .phase_us = {
		[PHASE_IDLE] = 99000, [PHASE_RECEIVE] = 1000,
		[PHASE_QUEUE] = 2000, [PHASE_COMPILE] = 3000,
		[PHASE_SEND] = 4000,
	},
};

START_TEST(the_line_has_its_parts_in_the_known_order)
{
	struct buf text = BUF_INIT;

	written(&failed, 0, LOG_NOTICE, &text);
	ck_assert_ptr_nonnull(strstr(text.data,
		"(dcc_job_summary) client: 10.0.0.5:42364 COMPILE_ERROR "
		"exit:1 sig:0 core:0 ret:0 time:21ms g++ e.cc "
		"cpu:11ms in:7 out:5000000000\n"));
	buf_clear(&text);
}
END_TEST

START_TEST(an_object_has_the_same_and_more)
{
	struct buf text = BUF_INIT;

	log_set_format(LOG_FORMAT_JSON);
	written(&failed, 0, LOG_NOTICE, &text);
	ck_assert_ptr_nonnull(strstr(text.data,
		"\"function\":\"dcc_job_summary\",\"event\":\"job\","
		"\"job\":\"10.0.0.5:42364\",\"client\":\"10.0.0.5\","
		"\"outcome\":\"error\",\"refusal\":\"none\",\"exit\":1,"
		"\"signal\":0,\"ret\":0,\"ms\":21,\"phases_ms\":{"
		"\"receive\":1,\"queue\":2,\"compile\":3,\"send\":4},"
		"\"compiler\":\"g++\",\"input\":\"e.cc\",\"cpu_ms\":11,"
		"\"max_rss_kb\":30,\"bytes_in\":7,"
		"\"bytes_out\":5000000000}\n"));
	ck_assert_ptr_null(strstr(text.data, "message"));
	buf_clear(&text);
}
END_TEST

static const struct {
	const char *peer, *client;
} clients[] = {
	{ "[fe80::1%eth0]:7", "\"client\":\"fe80::1%eth0\"," },
	{ "NOTSOCKET", "\"client\":\"NOTSOCKET\"," },
	{ "[:7", "\"client\":\"[\"," },
	{ "", "\"client\":\"\"," },
};

START_TEST(a_client_is_an_address_without_a_port)
{
	struct board_job job = { .peer = "" };
	struct buf text = BUF_INIT;

	board_set_text(job.peer, sizeof job.peer, clients[_i].peer);
	log_set_format(LOG_FORMAT_JSON);
	written(&job, 0, LOG_NOTICE, &text);
	ck_assert_ptr_nonnull(strstr(text.data, clients[_i].client));
	buf_clear(&text);
}
END_TEST

/* As long as they get, and of what takes most bytes in JSON. */
START_TEST(names_of_any_kind_leave_one_whole_line)
{
	struct board_job job = failed;
	struct buf text = BUF_INIT;

	memset(job.compiler, '\001', sizeof job.compiler - 1);
	memset(job.input, '\n', sizeof job.input - 1);
	if (_i == 1)
		log_set_format(LOG_FORMAT_JSON);
	written(&job, 0, LOG_NOTICE, &text);
	ck_assert_ptr_eq(strchr(text.data, '\n'), text.data + text.len - 1);
	if (_i == 1)
		ck_assert_ptr_nonnull(strstr(text.data, "\"bytes_out\":"));
	else
		ck_assert_ptr_nonnull(strstr(text.data, "??... cpu:11ms"));
	buf_clear(&text);
}
END_TEST

START_TEST(a_job_that_did_not_run_names_no_compiler)
{
	const struct board_job job = {
		.peer = "p", .compiler = "g++", .input = "e.cc",
		.outcome = OUTCOME_DISCONNECT, .status = 9,
	};
	struct buf text = BUF_INIT;

	written(&job, 107, LOG_NOTICE, &text);
	ck_assert_ptr_nonnull(strstr(text.data,
		"client: p CLI_DISCONN exit:0 sig:9 core:0 ret:107 time:"));
	ck_assert_ptr_null(strstr(text.data, "g++"));
	buf_clear(&text);
}
END_TEST

START_TEST(a_quiet_log_gets_no_line)
{
	const struct board_job job = { .peer = "p" };
	struct buf text = BUF_INIT;

	written(&job, 0, LOG_WARNING, &text);
	ck_assert_uint_eq(text.len, 0);
	buf_clear(&text);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, every_outcome_has_a_name, 0, OUTCOME_COUNT);
	tcase_add_test(tcase, the_line_has_its_parts_in_the_known_order);
	tcase_add_test(tcase, an_object_has_the_same_and_more);
	tcase_add_loop_test(tcase, a_client_is_an_address_without_a_port, 0,
			    COUNT_OF(clients));
	tcase_add_loop_test(tcase, names_of_any_kind_leave_one_whole_line, 0,
			    2);
	tcase_add_test(tcase, a_job_that_did_not_run_names_no_compiler);
	tcase_add_test(tcase, a_quiet_log_gets_no_line);
}

int
main(void)
{
	return unit_run("joblog", add_tests);
}
