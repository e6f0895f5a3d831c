/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/joblog.h"

#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "unit.h"

/* The text that stands in the log after job was written to it. */
static void
written(const struct joblog *job, int level, struct buf *text)
{
	log_set_level(level);
	ck_assert_int_eq(log_to_file("log"), 0);
	joblog_write(job);
	log_to_fd(STDERR_FILENO);
	ck_assert_int_eq(file_read("log", 65536, text), 0);
}

START_TEST(every_outcome_has_a_name)
{
	const struct joblog job = { .peer = "p", .outcome = (enum outcome)_i };
	struct buf text = BUF_INIT;
	char name[32];

	written(&job, LOG_NOTICE, &text);
	ck_assert_int_eq(sscanf(strstr(text.data, "client: "),
				"client: p %31[A-Z_] exit:", name), 1);
	buf_clear(&text);
}
END_TEST

START_TEST(the_line_has_its_parts_in_the_known_order)
{
	const struct joblog job = {
		.peer = "10.0.0.5:42364", .compiler = "g++", .input = "e.cc",
		.outcome = OUTCOME_ERROR, .status = 0x100,
		.bytes_in = 7, .bytes_out = 5000000000u,
	};
	struct buf text = BUF_INIT;

	written(&job, LOG_NOTICE, &text);
	ck_assert_ptr_nonnull(strstr(text.data,
		"(dcc_job_summary) client: 10.0.0.5:42364 COMPILE_ERROR "
		"exit:1 sig:0 core:0 ret:0 time:"));
	ck_assert_ptr_nonnull(strstr(text.data,
		"ms g++ e.cc cpu:0ms in:7 out:5000000000\n"));
	buf_clear(&text);
}
END_TEST

START_TEST(a_job_that_did_not_run_names_no_compiler)
{
	const struct joblog job = {
		.peer = "p", .compiler = "g++", .input = "e.cc", .ret = 107,
		.outcome = OUTCOME_DISCONNECT, .status = 9,
	};
	struct buf text = BUF_INIT;

	written(&job, LOG_NOTICE, &text);
	ck_assert_ptr_nonnull(strstr(text.data,
		"client: p CLI_DISCONN exit:0 sig:9 core:0 ret:107 time:"));
	ck_assert_ptr_null(strstr(text.data, "g++"));
	buf_clear(&text);
}
END_TEST

START_TEST(a_quiet_log_gets_no_line)
{
	const struct joblog job = { .peer = "p" };
	struct buf text = BUF_INIT;

	written(&job, LOG_WARNING, &text);
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
	tcase_add_test(tcase, a_job_that_did_not_run_names_no_compiler);
	tcase_add_test(tcase, a_quiet_log_gets_no_line);
}

int
main(void)
{
	return unit_run("joblog", add_tests);
}
