/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/snapshot.h"

#include <string.h>

#include "base/utf8.h"
#include "busy.h"
#include "unit.h"

static struct board *board;
static struct snapshot snapshot;

static void
begin(void)
{
	board = busy_board();
	ck_assert_ptr_nonnull(board);
}

static void
end(void)
{
	snapshot_clear(&snapshot);
	board_close(board);
}

/* Ends within its size, and is UTF-8 that nothing obeys. */
static void
assert_clean(const char *text, size_t size)
{
	size_t len;

	ck_assert_ptr_nonnull(memchr(text, '\0', size));
	for (; *text != '\0'; text += len) {
		len = utf8_length(text);
		ck_assert_uint_gt(len, 0);
		ck_assert(len > 1 || (*text >= ' ' && *text != 0x7f));
	}
}

START_TEST(the_board_is_copied)
{
	snapshot_take(&snapshot, board);
	ck_assert_int_eq(snapshot.jobs, 8);
	ck_assert_int_eq(snapshot.size, 12);
	ck_assert_uint_eq(snapshot.accepted, 71);
	ck_assert_uint_eq(snapshot.outcomes[OUTCOME_OK],
			  board->outcomes[OUTCOME_OK]);
	ck_assert_uint_eq(snapshot.refusals[REFUSAL_QUEUE], 2);
	ck_assert_int_eq(snapshot.compiler_count, 3);
	/* and one worker that has no job */
	ck_assert_int_eq(snapshot.slot_count, 9);
	ck_assert_int_eq(snapshot.workers[PHASE_IDLE], 1);
	ck_assert_int_eq(snapshot.workers[PHASE_COMPILE], 6);
	ck_assert_int_eq(snapshot_queue(&snapshot), 3);
	ck_assert_uint_eq(snapshot.total.all,
			  snapshot.outcomes[OUTCOME_OK] +
				  snapshot.outcomes[OUTCOME_ERROR]);
}
END_TEST

START_TEST(last_jobs_come_newest_first_without_the_one_being_written)
{
	snapshot_take(&snapshot, board);
	ck_assert_int_eq(snapshot.last_count, BOARD_LAST - 1);
	ck_assert_int_eq(snapshot.last[0].ended_s,
			 board->last[65 % BOARD_LAST].ended_s);
	ck_assert_int_eq(snapshot.last[1].ended_s,
			 snapshot.last[0].ended_s - 3);
}
END_TEST

START_TEST(texts_end_and_are_clean_whatever_the_board_has)
{
	struct slot *slot = &board->slots[3];
	int i;

	memset(slot->job.peer, 'x', sizeof slot->job.peer);
	memset(slot->job.input, 0xff, sizeof slot->job.input);
	memset(board->last[1].compiler, '\n', sizeof board->last[1].compiler);
	memset(board->longest.input, 0xe2, sizeof board->longest.input);
	memset(board->compilers[0].name, 0x1b,
	       sizeof board->compilers[0].name);
	snapshot_take(&snapshot, board);
	for (i = 0; i < snapshot.slot_count; i++) {
		assert_clean(snapshot.slots[i].peer,
			     sizeof snapshot.slots[i].peer);
		assert_clean(snapshot.slots[i].input,
			     sizeof snapshot.slots[i].input);
	}
	for (i = 0; i < snapshot.last_count; i++) {
		assert_clean(snapshot.last[i].compiler,
			     sizeof snapshot.last[i].compiler);
		assert_clean(snapshot.last[i].input,
			     sizeof snapshot.last[i].input);
	}
	assert_clean(snapshot.longest.input, sizeof snapshot.longest.input);
	assert_clean(snapshot.compilers[0].name,
		     sizeof snapshot.compilers[0].name);
}
END_TEST

START_TEST(numbers_that_name_nothing_become_ones_that_do)
{
	atomic_store(&board->slots[0].phase, 99);
	atomic_store(&board->slots[1].phase, -1);
	atomic_store(&board->short_of, 4711);
	board->last[1].outcome = (enum outcome)1000;
	board->last[1].refusal = (enum refusal)-5;
	snapshot_take(&snapshot, board);
	/* Slots 0 and 1 are idle then. */
	ck_assert_int_eq(snapshot.slots[0].number, 2);
	ck_assert_int_eq(snapshot.short_of, REFUSAL_NONE);
	ck_assert_int_eq(snapshot.last[0].outcome, OUTCOME_OTHER);
	ck_assert_int_eq(snapshot.last[0].refusal, REFUSAL_NONE);
}
END_TEST

/* Two rows of one name would make Prometheus refuse the page. */
START_TEST(compilers_that_look_the_same_are_one)
{
	board_set_text(board->compilers[0].name, 64, "cc\x01");
	board_set_text(board->compilers[1].name, 64, "cc\x02");
	snapshot_take(&snapshot, board);
	ck_assert_int_eq(snapshot.compiler_count, 2);
	ck_assert_str_eq(snapshot.compilers[0].name, "cc?");
	ck_assert_uint_eq(snapshot.compilers[0].ok,
			  board->compilers[0].ok + board->compilers[1].ok);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_test(tcase, the_board_is_copied);
	tcase_add_test(tcase,
		last_jobs_come_newest_first_without_the_one_being_written);
	tcase_add_test(tcase, texts_end_and_are_clean_whatever_the_board_has);
	tcase_add_test(tcase, numbers_that_name_nothing_become_ones_that_do);
	tcase_add_test(tcase, compilers_that_look_the_same_are_one);
}

int
main(void)
{
	return unit_run("snapshot", add_tests);
}
