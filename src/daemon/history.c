/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/history.h"

#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

#include "base/clock.h"

#ifndef MAP_ANONYMOUS
#define MAP_ANONYMOUS MAP_ANON
#endif

/* A few more than are shown, for what was before the hour. */
#define KEPT (HISTORY_SECONDS + 60)

struct history {
	int64_t began_s;	/* when all counters were zero */
	uint64_t count;		/* samples so far */
	struct sample ring[KEPT];
};

static int64_t
now_s(void)
{
	return clock_us() / 1000000;
}

struct history *
history_open(void)
{
	struct history *history = mmap(NULL, sizeof *history,
				       PROT_READ | PROT_WRITE,
				       MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (history == MAP_FAILED)
		return NULL;
	history->began_s = now_s();
	return history;
}

void
history_close(struct history *history)
{
	if (history != NULL)
		munmap(history, sizeof *history);
}

void
history_add(struct history *history, const struct sample *sample)
{
	uint64_t n = history->count;

	if (n > 0 && history->ring[(n - 1) % KEPT].at_s == sample->at_s)
		n--;
	history->ring[n % KEPT] = *sample;
	history->count = n + 1;
}

/* The samples that are kept are those from first_kept to count - 1. */
static uint64_t
first_kept(const struct history *history)
{
	return history->count > KEPT ? history->count - KEPT : 0;
}

static const struct sample *
sample_of(const struct history *history, uint64_t n)
{
	return &history->ring[n % KEPT];
}

uint64_t
history_compiles(const uint64_t outcomes[static OUTCOME_COUNT])
{
	return outcomes[OUTCOME_OK] + outcomes[OUTCOME_ERROR] +
	       outcomes[OUTCOME_TIMEOUT] + outcomes[OUTCOME_DISCONNECT];
}

static double
change_of(uint64_t from, uint64_t to)
{
	return to > from ? (double)(to - from) : 0;
}

/* The sectors are counted since the boot: zero is no base for them. */
static void
look_at_sectors(const struct sample *first, const struct sample *now,
		struct window *window)
{
	window->sectors_per_s = -1;
	if (first != NULL && first->sectors >= 0 && now->at_s > first->at_s &&
	    now->sectors >= first->sectors)
		window->sectors_per_s = (now->sectors - first->sectors) /
					(now->at_s - first->at_s);
}

static void
subtract(struct window *window, const struct sample *now,
	 const struct sample *base)
{
	int i;

	for (i = 0; i < OUTCOME_COUNT; i++)
		window->outcomes[i] = now->outcomes[i] - base->outcomes[i];
	window->bytes_in = now->bytes_in - base->bytes_in;
	window->bytes_out = now->bytes_out - base->bytes_out;
}

void
history_look(const struct history *history, const struct sample *now,
	     struct window *window)
{
	static const struct sample zero;
	const int64_t start = now->at_s - window->seconds;
	const struct sample *base = NULL, *first = NULL, *sample;
	double busy = now->busy, queue = now->queue, load = now->load;
	uint64_t n;
	int count = 1;

	for (n = first_kept(history); n < history->count; n++) {
		sample = sample_of(history, n);
		if (sample->at_s <= start) {
			base = sample;
			continue;
		}
		if (first == NULL)
			first = sample;
		busy += sample->busy;
		queue += sample->queue;
		load += sample->load;
		count++;
	}
	look_at_sectors(base != NULL ? base : first, now, window);
	/* Without a sample that is old enough, all of it is in the window. */
	if (base == NULL)
		base = start > history->began_s && first != NULL ? first :
								   &zero;
	subtract(window, now, base);
	window->busy = busy / count;
	window->queue = queue / count;
	window->load = load / count;
}

/* What counts up, so that a point has what came since the one before. */
struct progress {
	uint64_t compiles, bytes;
};

static struct progress
progress_of(const struct sample *sample)
{
	return (struct progress){
		.compiles = history_compiles(sample->outcomes),
		.bytes = sample->bytes_in + sample->bytes_out,
	};
}

static void
add_to_point(struct point *point, const struct sample *sample,
	     const struct progress *before)
{
	const struct progress now = progress_of(sample);

	point->samples++;
	point->value[SERIES_JOBS] += change_of(before->compiles,
					       now.compiles);
	point->value[SERIES_TRAFFIC] += change_of(before->bytes, now.bytes);
	point->value[SERIES_BUSY] += sample->busy;
	point->value[SERIES_QUEUE] += sample->queue;
	point->value[SERIES_LOAD] += sample->load;
	point->value[SERIES_MEMORY] += (double)sample->free_memory;
}

static void
finish_point(struct point *point)
{
	int i;

	point->value[SERIES_JOBS] *= 60.0 / HISTORY_STEP;
	point->value[SERIES_TRAFFIC] *= 60.0 / HISTORY_STEP;
	for (i = SERIES_BUSY; i < SERIES_COUNT; i++) {
		if (point->samples > 0)
			point->value[i] /= point->samples;
	}
}

void
history_plot(const struct history *history, int64_t at_s,
	     struct point points[static HISTORY_POINTS])
{
	/* Steps begin at multiples of their length: plots hold still. */
	const int64_t last = at_s / HISTORY_STEP;
	const struct sample *sample;
	struct progress before = { 0, 0 };
	uint64_t n;
	int64_t i;

	memset(points, 0, HISTORY_POINTS * sizeof *points);
	for (n = first_kept(history); n < history->count; n++) {
		sample = sample_of(history, n);
		i = HISTORY_POINTS - (last - sample->at_s / HISTORY_STEP);
		/* What was before the first that is kept is not known. */
		if (n > 0 && n == first_kept(history))
			before = progress_of(sample);
		if (i >= 0 && i < HISTORY_POINTS)
			add_to_point(&points[i], sample, &before);
		before = progress_of(sample);
	}
	for (i = 0; i < HISTORY_POINTS; i++)
		finish_point(&points[i]);
}
