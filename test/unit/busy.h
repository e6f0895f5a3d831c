/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TEST_BUSY_H
#define TEST_BUSY_H

#include <string.h>

#include "base/clock.h"
#include "daemon/board.h"
#include "daemon/snapshot.h"

/* The board of a busy daemon, some of whose clients are up to no good. */

#define BUSY_NOW_S 1800000000
#define BUSY_STARTED_S (BUSY_NOW_S - 11117)

#define SCRIPT_NAME "src/<script>alert(1)</script>.c"
#define QUOTES_NAME "src/\"' onmouseover='alert(2)'&lt;.c"
#define BYTES_NAME "src/\xff\xc3(\x1b[2J\n\xe2\x80\xae" "c.exe"

static const char *const busy_inputs[] = {
	"src/net/socket.c", "src/net/resolver.c", "lib/vector.cc",
	SCRIPT_NAME, "src/ui/window_manager.cc", "src/main.c",
	QUOTES_NAME, "third_party/zstd/lib/compress/zstd_compress.c",
	BYTES_NAME, "src/core/scheduler.c", "src/core/arena.c",
	"gen/protos/status.pb.cc",
};

static const char *const busy_peers[] = {
	"192.0.2.17:40112", "192.0.2.23:51002", "[2001:db8::42]:40404",
};

static const char *const busy_compilers[] = { "gcc", "g++-12", "clang++" };

#define BUSY_OF(table, n) (table)[(n) % (sizeof(table) / sizeof *(table))]

static inline void
busy_add_job(struct board *board, unsigned n)
{
	struct board_job job = {
		.ended_s = BUSY_NOW_S - 200 + (int64_t)n * 3,
		.total_us = 412000 + (int64_t)n * 39000,
		.cpu_us = 350000 + (int64_t)n * 30000,
		.bytes_in = 81000 + n * 7919,
		.bytes_out = 21000 + n * 1013,
		.max_rss_kb = 90000,
	};

	job.phase_us[PHASE_RECEIVE] = 3100;
	job.phase_us[PHASE_QUEUE] = n % 4 * 8000;
	job.phase_us[PHASE_COMPILE] = job.total_us - 36000;
	job.phase_us[PHASE_SEND] = 900;
	if (n % 9 == 4) {
		job.outcome = OUTCOME_ERROR;
		job.status = 1 << 8;
	} else if (n % 17 == 6) {
		job.outcome = OUTCOME_REFUSED;
		job.refusal = REFUSAL_OPTION;
	}
	board_set_text(job.peer, sizeof job.peer, BUSY_OF(busy_peers, n));
	board_set_text(job.compiler, sizeof job.compiler,
		       BUSY_OF(busy_compilers, n));
	board_set_text(job.input, sizeof job.input, BUSY_OF(busy_inputs, n));
	board_add_job(board, &job);
}

static inline void
busy_fill_slot(struct slot *slot, int n)
{
	const int phase = n == 0 ? PHASE_SEND : n < 7 ? PHASE_COMPILE :
			  n == 7 ? PHASE_QUEUE : n == 8 ? PHASE_RECEIVE :
							  PHASE_IDLE;

	atomic_store(&slot->worker, 1000 + n);
	atomic_store(&slot->phase, phase);
	atomic_store(&slot->since_us, clock_us() - n * 400000 - 30000);
	atomic_store(&slot->moved, (uint64_t)n * 10000);
	board_set_text(slot->job.peer, sizeof slot->job.peer,
		       BUSY_OF(busy_peers, (unsigned)n));
	board_set_text(slot->job.compiler, sizeof slot->job.compiler,
		       BUSY_OF(busy_compilers, (unsigned)n));
	board_set_text(slot->job.input, sizeof slot->job.input,
		       BUSY_OF(busy_inputs, (unsigned)n));
}

/* Yours to close. */
static inline struct board *
busy_board(void)
{
	struct board *board = board_open(8, 4, 12);
	unsigned n;
	int i;

	if (board == NULL)
		return NULL;
	board->started_s = BUSY_STARTED_S;
	atomic_store(&board->accepted, 71);
	for (n = 0; n < 66; n++)
		busy_add_job(board, n);
	board_refuse(board, REFUSAL_ADDRESS);
	board_refuse(board, REFUSAL_QUEUE);
	board_refuse(board, REFUSAL_QUEUE);
	for (i = 0; i < 10; i++)
		busy_fill_slot(&board->slots[i], i);
	atomic_store(&board->held, 2);
	atomic_store(&board->running, 6);
	return board;
}

static inline void
busy_fill_points(struct point *points)
{
	int i;

	for (i = 20; i < HISTORY_POINTS; i++) {
		points[i].samples = i < 70 || i > 76 ? HISTORY_STEP : 0;
		points[i].value[SERIES_JOBS] = 30 + i * 37 % 23 + i / 8;
		points[i].value[SERIES_TRAFFIC] = 3e8 + i * 53 % 97 * 4e6;
		points[i].value[SERIES_BUSY] = 3 + i * 31 % 40 / 10.0 + i / 90;
		points[i].value[SERIES_QUEUE] = i > 150 ? i % 7 : 0;
		points[i].value[SERIES_LOAD] = 4 + i * 13 % 50 / 20.0;
		points[i].value[SERIES_MEMORY] = 11e9 - i * 2e7;
	}
}

/* What the statistics server would make of it; yours to clear. */
static inline void
busy_snapshot(struct snapshot *snapshot)
{
	struct board *board = busy_board();
	struct window *window;
	int i;

	snapshot_take(snapshot, board);
	board_close(board);
	board_set_text(snapshot->host, sizeof snapshot->host, "build-7");
	snapshot->now_s = BUSY_NOW_S;
	snapshot->load[0] = 6.25;
	snapshot->load[1] = 5.5;
	snapshot->load[2] = 3.75;
	snapshot->free_memory = (int64_t)7340 * 1024 * 1024;
	snapshot->free_disk = (int64_t)80046 * 1024 * 1024;
	snapshot->census = (struct census){ 9, 1, 512000, "firefox" };
	for (i = 0; i < SNAPSHOT_WINDOWS; i++) {
		window = &snapshot->windows[i];
		window->seconds = snapshot_window_seconds[i];
		window->outcomes[OUTCOME_OK] = (uint64_t)window->seconds / 2;
		window->outcomes[OUTCOME_ERROR] = 3;
		window->bytes_in = 900000u * (unsigned)window->seconds;
		window->bytes_out = 200000u * (unsigned)window->seconds;
		window->busy = 5.6 - i;
		window->queue = 1.25;
		window->sectors_per_s = 77;
	}
	busy_fill_points(snapshot->points);
}

#endif
