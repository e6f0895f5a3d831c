/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/history.h"

#include <string.h>

#include "base/clock.h"
#include "unit.h"

static struct history *history;
static int64_t began;

/* Far enough from the beginning for whole steps. */
static void
begin(void)
{
	history = history_open();
	ck_assert_ptr_nonnull(history);
	began = clock_us() / 1000000;
	began -= began % HISTORY_STEP;
	began += HISTORY_STEP;
}

static void
end(void)
{
	history_close(history);
}

/* second s after began, with so many jobs since the start. */
static struct sample
sample_at(int64_t s, uint64_t jobs, int busy)
{
	struct sample sample = {
		.at_s = began + s, .busy = busy, .queue = 2 * busy,
		.load = busy / 2.0, .free_memory = 1000 - s,
		.sectors = 5000 + 10 * s, .bytes_in = 3 * jobs,
		.bytes_out = jobs,
	};

	sample.outcomes[OUTCOME_OK] = jobs;
	sample.outcomes[OUTCOME_OTHER] = 7 * jobs;
	return sample;
}

static void
add(int64_t s, uint64_t jobs, int busy)
{
	struct sample sample = sample_at(s, jobs, busy);

	history_add(history, &sample);
}

static struct window
look(int64_t s, uint64_t jobs, int busy, int seconds)
{
	struct sample now = sample_at(s, jobs, busy);
	struct window window = { .seconds = seconds };

	history_look(history, &now, &window);
	return window;
}

START_TEST(at_first_everything_is_in_the_window)
{
	struct window window = look(1, 4, 1, 60);

	ck_assert_uint_eq(window.outcomes[OUTCOME_OK], 4);
	ck_assert_uint_eq(window.bytes_in, 12);
	ck_assert(window.busy == 1);
	ck_assert_int_eq(window.sectors_per_s, -1);
}
END_TEST

START_TEST(what_came_before_the_first_sample_counts_too)
{
	add(0, 5, 0);
	add(1, 6, 0);
	ck_assert_uint_eq(look(2, 7, 0, 60).outcomes[OUTCOME_OK], 7);
}
END_TEST

START_TEST(a_window_has_what_came_in_its_time)
{
	struct window window;
	int s;

	for (s = 0; s <= 200; s++)
		add(s, (uint64_t)s, s > 150 ? 4 : 0);
	window = look(200, 200, 4, 60);
	ck_assert_uint_eq(window.outcomes[OUTCOME_OK], 60);
	ck_assert_uint_eq(window.outcomes[OUTCOME_OTHER], 420);
	ck_assert_uint_eq(window.bytes_out, 60);
	ck_assert_int_eq(window.sectors_per_s, 10);
	/* 51 of 61 samples */
	ck_assert(window.busy > 3.3 && window.busy < 3.4);
	ck_assert(window.queue > 6.6 && window.queue < 6.8);
	ck_assert_uint_eq(look(200, 200, 4, 900).outcomes[OUTCOME_OK], 200);
}
END_TEST

START_TEST(an_hour_is_kept_and_more_is_forgotten)
{
	struct window window;
	int s;

	for (s = 0; s <= 9000; s++)
		add(s, (uint64_t)s, 1);
	window = look(9000, 9000, 1, 3600);
	ck_assert_uint_eq(window.outcomes[OUTCOME_OK], 3600);
	/* More than is kept: what is known. */
	window = look(9000, 9000, 1, 7200);
	ck_assert_uint_ge(window.outcomes[OUTCOME_OK], 3600);
	ck_assert_uint_lt(window.outcomes[OUTCOME_OK], 3700);
}
END_TEST

START_TEST(compiles_are_what_distcc_3_counts)
{
	uint64_t outcomes[OUTCOME_COUNT];
	int i;

	for (i = 0; i < OUTCOME_COUNT; i++)
		outcomes[i] = (uint64_t)1 << i;
	ck_assert_uint_eq(history_compiles(outcomes),
			  1 << OUTCOME_OK | 1 << OUTCOME_ERROR |
				  1 << OUTCOME_TIMEOUT |
				  1 << OUTCOME_DISCONNECT);
}
END_TEST

START_TEST(points_are_steps_and_gaps_stay_gaps)
{
	struct point points[HISTORY_POINTS];
	const int last = HISTORY_POINTS - 1;
	int s;

	for (s = 0; s < 3 * HISTORY_STEP; s++) {
		if (s / HISTORY_STEP != 1)
			add(s, (uint64_t)s, 2);
	}
	/* The step that is not over is not shown yet. */
	add(3 * HISTORY_STEP, 1000, 9);
	history_plot(history, began + 3 * HISTORY_STEP, points);
	ck_assert_int_eq(points[last].samples, HISTORY_STEP);
	ck_assert(points[last].value[SERIES_BUSY] == 2);
	ck_assert(points[last].value[SERIES_QUEUE] == 4);
	ck_assert(points[last].value[SERIES_LOAD] == 1);
	ck_assert_int_eq(points[last - 1].samples, 0);
	/* 19 jobs in the first step, and in the last those of the gap too. */
	ck_assert(points[last - 2].value[SERIES_JOBS] ==
		  (HISTORY_STEP - 1) * 60.0 / HISTORY_STEP);
	ck_assert(points[last].value[SERIES_JOBS] ==
		  2 * HISTORY_STEP * 60.0 / HISTORY_STEP);
	ck_assert(points[last].value[SERIES_TRAFFIC] ==
		  4 * points[last].value[SERIES_JOBS]);
	ck_assert_int_eq(points[0].samples, 0);
}
END_TEST

START_TEST(a_second_sample_of_one_second_takes_its_place)
{
	struct point points[HISTORY_POINTS];

	add(0, 1, 1);
	add(0, 2, 3);
	history_plot(history, began + HISTORY_STEP, points);
	ck_assert_int_eq(points[HISTORY_POINTS - 1].samples, 1);
	ck_assert(points[HISTORY_POINTS - 1].value[SERIES_BUSY] == 3);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_test(tcase, at_first_everything_is_in_the_window);
	tcase_add_test(tcase, what_came_before_the_first_sample_counts_too);
	tcase_add_test(tcase, a_window_has_what_came_in_its_time);
	tcase_add_test(tcase, an_hour_is_kept_and_more_is_forgotten);
	tcase_add_test(tcase, compiles_are_what_distcc_3_counts);
	tcase_add_test(tcase, points_are_steps_and_gaps_stay_gaps);
	tcase_add_test(tcase, a_second_sample_of_one_second_takes_its_place);
}

int
main(void)
{
	return unit_run("history", add_tests);
}
