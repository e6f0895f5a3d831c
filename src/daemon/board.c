/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/board.h"

#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#ifndef MAP_ANONYMOUS
#define MAP_ANONYMOUS MAP_ANON
#endif

const int64_t board_bounds_us[BOARD_BOUNDS] = {
	1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000, 500000,
	1000000, 2000000, 5000000, 10000000, 30000000, 60000000,
};

static const char *const outcome_names[OUTCOME_COUNT] = {
	[OUTCOME_OK] = "ok",
	[OUTCOME_ERROR] = "error",
	[OUTCOME_TIMEOUT] = "timeout",
	[OUTCOME_DISCONNECT] = "disconnect",
	[OUTCOME_BAD_REQUEST] = "bad_request",
	[OUTCOME_REFUSED] = "refused",
	[OUTCOME_OVERLOAD] = "overload",
	[OUTCOME_OTHER] = "other",
	[OUTCOME_DENIED] = "denied",
};

static const char *const refusal_names[REFUSAL_COUNT] = {
	[REFUSAL_NONE] = "none",
	[REFUSAL_ADDRESS] = "address",
	[REFUSAL_PROXY] = "proxy",
	[REFUSAL_PROTOCOL] = "protocol",
	[REFUSAL_COMPILER] = "compiler",
	[REFUSAL_OPTION] = "option",
	[REFUSAL_SOURCE] = "source",
	[REFUSAL_LIMIT] = "limit",
	[REFUSAL_SILENT] = "silent",
	[REFUSAL_QUEUE] = "queue",
	[REFUSAL_MEMORY] = "memory",
	[REFUSAL_DISK] = "disk",
	[REFUSAL_STOPPING] = "stopping",
};

static const char *const phase_names[PHASE_COUNT] = {
	[PHASE_IDLE] = "idle",
	[PHASE_RECEIVE] = "receive",
	[PHASE_QUEUE] = "queue",
	[PHASE_COMPILE] = "compile",
	[PHASE_SEND] = "send",
};

const char *
board_outcome_name(enum outcome outcome)
{
	return outcome_names[outcome];
}

const char *
board_refusal_name(enum refusal refusal)
{
	return refusal_names[refusal];
}

const char *
board_phase_name(enum phase phase)
{
	return phase_names[phase];
}

void
board_set_text(char *text, size_t size, const char *value)
{
	size_t len = strlen(value);

	if (len > size - 1)
		len = size - 1;
	memcpy(text, value, len);
	memset(text + len, 0, size - len);
}

static size_t
bytes_for(int size)
{
	return sizeof(struct board) + (size_t)size * sizeof(struct slot);
}

struct board *
board_open(int jobs, int receivers, int size)
{
	struct board *board = mmap(NULL, bytes_for(size),
				   PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (board == MAP_FAILED)
		return NULL;
	board->jobs = jobs;
	board->receivers = receivers;
	board->size = size;
	board->started_s = (int64_t)time(NULL);
	return board;
}

void
board_close(struct board *board)
{
	munmap(board, bytes_for(board->size));
}

int
board_protect(struct board *board)
{
	return mprotect(board, bytes_for(board->size), PROT_READ);
}

static void
add_time(struct board_times *times, int64_t us)
{
	int i;

	for (i = 0; i < BOARD_BOUNDS && us > board_bounds_us[i]; i++)
		continue;
	atomic_fetch_add(&times->count[i], 1);
	atomic_fetch_add(&times->sum_us, us);
}

/* The row of name; the last one stands for all that found no room. */
static struct board_compiler *
find_compiler(struct board *board, const char *name)
{
	struct board_compiler *row = board->compilers;
	struct board_compiler *last = row + BOARD_COMPILERS - 1;

	while (row < last && row->name[0] != '\0' &&
	       strncmp(row->name, name, sizeof row->name) != 0)
		row++;
	if (row->name[0] == '\0')
		board_set_text(row->name, sizeof row->name,
			       row < last ? name : "other");
	return row;
}

static void
add_compile(struct board *board, const struct board_job *job)
{
	struct board_compiler *row = find_compiler(board, job->compiler);

	atomic_fetch_add(job->outcome == OUTCOME_OK ? &row->ok : &row->failed,
			 1);
	atomic_fetch_add(&row->cpu_us, job->cpu_us);
	if (job->total_us > board->longest.total_us)
		board->longest = *job;
}

/* A copy of job in which texts end, and enums are what they may be. */
static struct board_job
checked(const struct board_job *job)
{
	struct board_job copy = *job;

	copy.peer[sizeof copy.peer - 1] = '\0';
	copy.compiler[sizeof copy.compiler - 1] = '\0';
	copy.input[sizeof copy.input - 1] = '\0';
	if ((unsigned)copy.outcome >= OUTCOME_COUNT)
		copy.outcome = OUTCOME_OTHER;
	if ((unsigned)copy.refusal >= REFUSAL_COUNT)
		copy.refusal = REFUSAL_NONE;
	return copy;
}

static void
count_job(struct board *board, const struct board_job *job)
{
	int i;

	atomic_fetch_add(&board->outcomes[job->outcome], 1);
	if (job->refusal != REFUSAL_NONE)
		atomic_fetch_add(&board->refusals[job->refusal], 1);
	atomic_fetch_add(&board->bytes_in, job->bytes_in);
	atomic_fetch_add(&board->bytes_out, job->bytes_out);
	atomic_fetch_add(&board->cpu_us, job->cpu_us);
	if (job->outcome != OUTCOME_OK && job->outcome != OUTCOME_ERROR)
		return;
	for (i = PHASE_IDLE + 1; i < PHASE_COUNT; i++)
		add_time(&board->phases[i], job->phase_us[i]);
	add_time(&board->total, job->total_us);
	add_compile(board, job);
}

void
board_add_job(struct board *board, const struct board_job *job)
{
	const struct board_job copy = checked(job);
	const uint64_t n = atomic_load(&board->finished);

	board->last[n % BOARD_LAST] = copy;
	atomic_store(&board->finished, n + 1);
	count_job(board, &copy);
}

void
board_refuse(struct board *board, enum refusal refusal)
{
	enum outcome outcome = OUTCOME_OVERLOAD;

	if (refusal == REFUSAL_ADDRESS)
		outcome = OUTCOME_DENIED;
	else if (refusal == REFUSAL_PROXY)
		outcome = OUTCOME_BAD_REQUEST;
	atomic_fetch_add(&board->outcomes[outcome], 1);
	atomic_fetch_add(&board->refusals[refusal], 1);
}
