/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/textpage.h"

#include "base/buf.h"
#include "busy.h"
#include "unit.h"

static struct snapshot snapshot;

START_TEST(every_field_of_3_x_is_in_its_place)
{
	struct buf out = BUF_INIT;

	busy_snapshot(&snapshot);
	snapshot.outcomes[OUTCOME_OTHER] = 1000;
	textpage_write(&out, &snapshot);
	ck_assert_str_eq(out.data,
		"argv /distccd\n"
		"<distccstats>\n"
		"dcc_tcp_accept 71\n"
		"dcc_rej_bad_req 0\n"
		"dcc_rej_overload 2\n"
		"dcc_compile_ok 56\n"
		"dcc_compile_error 7\n"
		"dcc_compile_timeout 0\n"
		"dcc_cli_disconnect 0\n"
		"dcc_other 1003\n"
		"dcc_longest_job src/main.c\n"
		"dcc_longest_job_compiler clang++\n"
		"dcc_longest_job_time_msecs 2947\n"
		"dcc_max_kids 8\n"
		"dcc_avg_kids1 6\n"
		"dcc_avg_kids2 5\n"
		"dcc_avg_kids3 4\n"
		"dcc_current_load 9\n"
		"dcc_load1 6.25\n"
		"dcc_load2 5.50\n"
		"dcc_load3 3.75\n"
		"dcc_num_compiles1 33\n"
		"dcc_num_compiles2 153\n"
		"dcc_num_compiles3 453\n"
		"dcc_num_procstate_D 1\n"
		"dcc_max_RSS 512000\n"
		"dcc_max_RSS_name (firefox)\n"
		"dcc_io_rate 77\n"
		"dcc_free_space 80046 MB\n"
		"dcc_free_mem 7340 MB\n"
		"</distccstats>\n");
	snapshot_clear(&snapshot);
	buf_clear(&out);
}
END_TEST

START_TEST(before_the_first_job_none_was_the_longest)
{
	struct board *board = board_open(2, 0, 2);
	struct buf out = BUF_INIT;

	snapshot_take(&snapshot, board);
	textpage_write(&out, &snapshot);
	ck_assert_ptr_nonnull(strstr(out.data,
				     "dcc_longest_job none\n"
				     "dcc_longest_job_compiler none\n"
				     "dcc_longest_job_time_msecs -1\n"));
	snapshot_clear(&snapshot);
	board_close(board);
	buf_clear(&out);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_test(tcase, every_field_of_3_x_is_in_its_place);
	tcase_add_test(tcase, before_the_first_job_none_was_the_longest);
}

int
main(void)
{
	return unit_run("textpage", add_tests);
}
