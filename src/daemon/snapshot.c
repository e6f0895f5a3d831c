/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/clock.h"
#include "daemon/escape.h"

const int snapshot_window_seconds[SNAPSHOT_WINDOWS] = { 60, 300, 900, 3600 };

/* Whatever was written there, the copy ends and can be shown. */
static void
copy_text(char *to, const char *from, size_t size)
{
	memcpy(to, from, size);
	to[size - 1] = '\0';
	escape_clean(to);
}

static void
copy_job(struct board_job *to, const struct board_job *from)
{
	*to = *from;
	copy_text(to->peer, from->peer, sizeof to->peer);
	copy_text(to->compiler, from->compiler, sizeof to->compiler);
	copy_text(to->input, from->input, sizeof to->input);
	if ((unsigned)to->outcome >= OUTCOME_COUNT)
		to->outcome = OUTCOME_OTHER;
	if ((unsigned)to->refusal >= REFUSAL_COUNT)
		to->refusal = REFUSAL_NONE;
}

static void
copy_times(struct snapshot_times *to, const struct board_times *from)
{
	int i;

	to->sum_us = atomic_load(&from->sum_us);
	for (i = 0; i <= BOARD_BOUNDS; i++) {
		to->count[i] = atomic_load(&from->count[i]);
		to->all += to->count[i];
	}
}

/*
 * Names that look the same once they are clean are one: nobody who reads
 * the numbers could tell them apart.
 */
static struct snapshot_compiler *
row_for(struct snapshot *snapshot, const char *name)
{
	struct snapshot_compiler *row;
	int i;

	for (i = 0; i < snapshot->compiler_count; i++) {
		row = &snapshot->compilers[i];
		if (strcmp(row->name, name) == 0)
			return row;
	}
	row = &snapshot->compilers[snapshot->compiler_count++];
	memcpy(row->name, name, sizeof row->name);
	return row;
}

static void
copy_compilers(struct snapshot *snapshot, const struct board *board)
{
	struct snapshot_compiler *row;
	char name[sizeof row->name];
	int i;

	for (i = 0; i < BOARD_COMPILERS; i++) {
		copy_text(name, board->compilers[i].name, sizeof name);
		if (name[0] == '\0')
			break;
		row = row_for(snapshot, name);
		row->ok += atomic_load(&board->compilers[i].ok);
		row->failed += atomic_load(&board->compilers[i].failed);
		row->cpu_us += atomic_load(&board->compilers[i].cpu_us);
	}
}

static void
copy_slot(struct snapshot *snapshot, const struct slot *from, int number,
	  int64_t now_us)
{
	struct snapshot_slot *to = &snapshot->slots[snapshot->slot_count];
	const int phase = atomic_load(&from->phase);

	if (atomic_load(&from->worker) == 0)
		return;
	/* A worker that waits for its client's next job is of no interest. */
	if (phase <= PHASE_IDLE || phase >= PHASE_COUNT) {
		snapshot->workers[PHASE_IDLE]++;
		return;
	}
	to->number = number;
	to->phase = (enum phase)phase;
	to->for_us = now_us - atomic_load(&from->since_us);
	if (to->for_us < 0)
		to->for_us = 0;
	to->moved = atomic_load(&from->moved);
	copy_text(to->peer, from->job.peer, sizeof to->peer);
	copy_text(to->compiler, from->job.compiler, sizeof to->compiler);
	copy_text(to->input, from->job.input, sizeof to->input);
	snapshot->workers[to->phase]++;
	snapshot->slot_count++;
}

static void
copy_last(struct snapshot *snapshot, const struct board *board)
{
	const uint64_t n = snapshot->finished;
	uint64_t i;

	for (i = 1; i <= n && i <= SNAPSHOT_LAST; i++)
		copy_job(&snapshot->last[snapshot->last_count++],
			 &board->last[(n - i) % BOARD_LAST]);
}

static void
copy_counters(struct snapshot *snapshot, const struct board *board)
{
	int i;

	snapshot->accepted = atomic_load(&board->accepted);
	for (i = 0; i < OUTCOME_COUNT; i++)
		snapshot->outcomes[i] = atomic_load(&board->outcomes[i]);
	for (i = 0; i < REFUSAL_COUNT; i++)
		snapshot->refusals[i] = atomic_load(&board->refusals[i]);
	snapshot->bytes_in = atomic_load(&board->bytes_in);
	snapshot->bytes_out = atomic_load(&board->bytes_out);
	snapshot->cpu_us = atomic_load(&board->cpu_us);
	for (i = 0; i < PHASE_COUNT; i++)
		copy_times(&snapshot->phases[i], &board->phases[i]);
	copy_times(&snapshot->total, &board->total);
}

static void
copy_gauges(struct snapshot *snapshot, const struct board *board)
{
	const int short_of = atomic_load(&board->short_of);

	snapshot->held = atomic_load(&board->held);
	snapshot->running = atomic_load(&board->running);
	snapshot->stopping = atomic_load(&board->stopping);
	if (short_of > REFUSAL_NONE && short_of < REFUSAL_COUNT)
		snapshot->short_of = (enum refusal)short_of;
}

void
snapshot_take(struct snapshot *snapshot, const struct board *board)
{
	const int64_t now_us = clock_us();
	int i;

	memset(snapshot, 0, sizeof *snapshot);
	snapshot->sandbox = "none";
	snapshot->jobs = board->jobs;
	snapshot->size = board->jobs + board->receivers;
	snapshot->started_s = board->started_s;
	snapshot->finished = atomic_load(&board->finished);
	copy_counters(snapshot, board);
	copy_gauges(snapshot, board);
	copy_compilers(snapshot, board);
	copy_job(&snapshot->longest, &board->longest);
	copy_last(snapshot, board);
	snapshot->slots = xcalloc((size_t)board->size + 1,
				  sizeof *snapshot->slots);
	for (i = 0; i < board->size; i++)
		copy_slot(snapshot, &board->slots[i], i, now_us);
}

void
snapshot_clear(struct snapshot *snapshot)
{
	free(snapshot->slots);
	snapshot->slots = NULL;
	snapshot->slot_count = 0;
}

int
snapshot_queue(const struct snapshot *snapshot)
{
	return snapshot->held + snapshot->workers[PHASE_QUEUE];
}
