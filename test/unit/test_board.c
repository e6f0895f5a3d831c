/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/board.h"

#include <string.h>

#include "unit.h"

static struct board *board;

static void
open_board(void)
{
	board = board_open(2, 2, 4);
	ck_assert_ptr_nonnull(board);
}

static void
close_board(void)
{
	board_close(board);
}

static void
add(enum outcome outcome, const char *compiler, int64_t us)
{
	struct board_job job = { .outcome = outcome, .total_us = us,
				 .cpu_us = 5, .bytes_in = 2 };

	job.phase_us[PHASE_COMPILE] = us;
	board_set_text(job.compiler, sizeof job.compiler, compiler);
	board_add_job(board, &job);
}

START_TEST(every_name_is_there_and_is_one_word)
{
	int i;

	for (i = 0; i < OUTCOME_COUNT; i++)
		ck_assert_uint_eq(strspn(board_outcome_name((enum outcome)i),
					 "abcdefghijklmnopqrstuvwxyz_"),
				  strlen(board_outcome_name((enum outcome)i)));
	for (i = 0; i < REFUSAL_COUNT; i++)
		ck_assert_ptr_nonnull(board_refusal_name((enum refusal)i));
	for (i = 0; i < PHASE_COUNT; i++)
		ck_assert_ptr_nonnull(board_phase_name((enum phase)i));
}
END_TEST

START_TEST(bounds_rise)
{
	int i;

	for (i = 1; i < BOARD_BOUNDS; i++)
		ck_assert_int_gt(board_bounds_us[i], board_bounds_us[i - 1]);
}
END_TEST

START_TEST(a_time_falls_into_the_bucket_that_it_fits)
{
	const struct board_times *times = &board->phases[PHASE_COMPILE];

	add(OUTCOME_OK, "gcc", 1000);
	add(OUTCOME_OK, "gcc", 1001);
	add(OUTCOME_ERROR, "gcc", board_bounds_us[BOARD_BOUNDS - 1] + 1);
	ck_assert_uint_eq(atomic_load(&times->count[0]), 1);
	ck_assert_uint_eq(atomic_load(&times->count[1]), 1);
	ck_assert_uint_eq(atomic_load(&times->count[BOARD_BOUNDS]), 1);
	ck_assert_int_eq(atomic_load(&times->sum_us),
			 2001 + board_bounds_us[BOARD_BOUNDS - 1] + 1);
	/* What was not compiled took no time to compile. */
	add(OUTCOME_DISCONNECT, "gcc", 1000);
	ck_assert_uint_eq(atomic_load(&times->count[0]), 1);
	ck_assert_uint_eq(atomic_load(&board->finished), 4);
	ck_assert_uint_eq(atomic_load(&board->bytes_in), 8);
}
END_TEST

START_TEST(compilers_that_find_no_row_are_the_others)
{
	char name[16];
	int i;

	for (i = 0; i < BOARD_COMPILERS + 5; i++) {
		snprintf(name, sizeof name, "cc-%d", i);
		add(i % 2 ? OUTCOME_OK : OUTCOME_ERROR, name, 1);
	}
	add(OUTCOME_OK, "cc-1", 1);
	ck_assert_str_eq(board->compilers[1].name, "cc-1");
	ck_assert_uint_eq(atomic_load(&board->compilers[1].ok), 2);
	ck_assert_str_eq(board->compilers[BOARD_COMPILERS - 1].name, "other");
	ck_assert_uint_eq(
		atomic_load(&board->compilers[BOARD_COMPILERS - 1].ok) +
		atomic_load(&board->compilers[BOARD_COMPILERS - 1].failed), 6);
}
END_TEST

START_TEST(the_last_and_the_longest_job_are_kept)
{
	int i;

	add(OUTCOME_OK, "slow", 99);
	for (i = 0; i < BOARD_LAST; i++)
		add(OUTCOME_OK, "quick", i);
	ck_assert_str_eq(board->longest.compiler, "slow");
	ck_assert_uint_eq(atomic_load(&board->finished), BOARD_LAST + 1);
	ck_assert_int_eq(board->last[0].total_us, BOARD_LAST - 1);
	ck_assert_int_eq(board->last[1].total_us, 0);
}
END_TEST

START_TEST(a_job_that_no_worker_would_write_is_counted_as_other)
{
	struct board_job job = { .outcome = (enum outcome)1000000,
				 .refusal = (enum refusal)-1 };

	memset(job.peer, 'x', sizeof job.peer);
	memset(job.compiler, 'x', sizeof job.compiler);
	memset(job.input, 'x', sizeof job.input);
	board_add_job(board, &job);
	ck_assert_uint_eq(atomic_load(&board->outcomes[OUTCOME_OTHER]), 1);
	ck_assert_int_eq(board->last[0].outcome, OUTCOME_OTHER);
	ck_assert_int_eq(board->last[0].refusal, REFUSAL_NONE);
	ck_assert_uint_eq(strlen(board->last[0].peer), sizeof job.peer - 1);
	job.outcome = OUTCOME_OK;
	board_add_job(board, &job);
	ck_assert_uint_eq(strlen(board->compilers[0].name),
			  sizeof job.compiler - 1);
}
END_TEST

START_TEST(a_refusal_has_its_outcome)
{
	board_refuse(board, REFUSAL_ADDRESS);
	board_refuse(board, REFUSAL_PROXY);
	board_refuse(board, REFUSAL_SILENT);
	board_refuse(board, REFUSAL_QUEUE);
	ck_assert_uint_eq(atomic_load(&board->outcomes[OUTCOME_DENIED]), 1);
	ck_assert_uint_eq(atomic_load(&board->outcomes[OUTCOME_BAD_REQUEST]),
			  1);
	ck_assert_uint_eq(atomic_load(&board->outcomes[OUTCOME_OVERLOAD]), 2);
	ck_assert_uint_eq(atomic_load(&board->refusals[REFUSAL_SILENT]), 1);
}
END_TEST

START_TEST(a_text_is_cut_and_always_ends)
{
	char text[8];

	memset(text, 'z', sizeof text);
	board_set_text(text, sizeof text, "ab");
	ck_assert_str_eq(text, "ab");
	ck_assert_int_eq(text[7], '\0');
	board_set_text(text, sizeof text, "0123456789");
	ck_assert_str_eq(text, "0123456");
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, open_board, close_board);
	tcase_add_test(tcase, every_name_is_there_and_is_one_word);
	tcase_add_test(tcase, bounds_rise);
	tcase_add_test(tcase, a_time_falls_into_the_bucket_that_it_fits);
	tcase_add_test(tcase, compilers_that_find_no_row_are_the_others);
	tcase_add_test(tcase, the_last_and_the_longest_job_are_kept);
	tcase_add_test(tcase,
		       a_job_that_no_worker_would_write_is_counted_as_other);
	tcase_add_test(tcase, a_refusal_has_its_outcome);
	tcase_add_test(tcase, a_text_is_cut_and_always_ends);
}

int
main(void)
{
	return unit_run("board", add_tests);
}
