/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/statsserver.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "daemon/board.h"
#include "daemon/census.h"
#include "daemon/escape.h"
#include "daemon/history.h"
#include "daemon/http.h"
#include "daemon/machine.h"
#include "daemon/page.h"
#include "daemon/snapshot.h"
#include "daemon/stats.h"
#include "daemon/tether.h"

/* Below the daemon's own priority, and with few descriptors. */
#define MORE_NICE 5
#define MAX_FDS 128

#define SAMPLE_MS 1000

/* How often to look through all processes, and only if somebody asks. */
#define CENSUS_MS 5000

struct server {
	const struct stats *stats;
	struct census census;
	int64_t census_until;
	char host[256];
};

static void
take_sample(const struct server *server, struct sample *sample)
{
	const struct board *board = server->stats->board;
	double load[3];
	int i;

	memset(sample, 0, sizeof *sample);
	sample->at_s = clock_us() / 1000000;
	for (i = 0; i < OUTCOME_COUNT; i++)
		sample->outcomes[i] = atomic_load(&board->outcomes[i]);
	sample->bytes_in = atomic_load(&board->bytes_in);
	sample->bytes_out = atomic_load(&board->bytes_out);
	sample->busy = atomic_load(&board->running);
	sample->queue = atomic_load(&board->held);
	for (i = 0; i < board->size; i++) {
		if (atomic_load(&board->slots[i].worker) != 0 &&
		    atomic_load(&board->slots[i].phase) == PHASE_QUEUE)
			sample->queue++;
	}
	sample->load = machine_load(load) < 0 ? -1 : load[0];
	sample->free_memory = machine_free_memory();
	sample->sectors = census_sectors();
}

static void
add_machine(struct server *server, struct snapshot *snapshot)
{
	if (clock_left(server->census_until) == 0) {
		census_take(&server->census);
		server->census_until = clock_after(CENSUS_MS);
	}
	snapshot->census = server->census;
	memcpy(snapshot->host, server->host, sizeof snapshot->host);
	snapshot->now_s = (int64_t)time(NULL);
	if (machine_load(snapshot->load) < 0)
		snapshot->load[0] = snapshot->load[1] = snapshot->load[2] =
			-1;
	snapshot->free_memory = machine_free_memory();
	/* The daemon works in TMPDIR. */
	snapshot->free_disk = machine_free_disk(".");
}

static void
add_history(const struct server *server, struct snapshot *snapshot)
{
	const struct history *history = server->stats->history;
	struct sample now;
	int i;

	take_sample(server, &now);
	for (i = 0; i < SNAPSHOT_WINDOWS; i++) {
		snapshot->windows[i].seconds = snapshot_window_seconds[i];
		history_look(history, &now, &snapshot->windows[i]);
	}
	history_plot(history, now.at_s, snapshot->points);
}

static void
answer(void *context, const struct http_request *request,
       struct http_reply *reply)
{
	struct server *server = context;
	struct snapshot snapshot;
	struct page page;

	page_find(request, server->host, &page);
	reply->status = page.status;
	reply->type = page.type;
	if (page.write == NULL) {
		buf_add_str(&reply->body, page.text);
		return;
	}
	snapshot_take(&snapshot, server->stats->board);
	add_machine(server, &snapshot);
	add_history(server, &snapshot);
	page.write(&reply->body, &snapshot);
	snapshot_clear(&snapshot);
}

/* A client that gets the better of this process shall gain little. */
static void
give_up_rights(const struct stats *stats)
{
	const struct rlimit fds = { MAX_FDS, MAX_FDS };

	if (nice(MORE_NICE) == -1)
		log_debug("the statistics server keeps its priority");
	if (setrlimit(RLIMIT_NOFILE, &fds) < 0 ||
	    board_protect(stats->board) < 0 ||
	    tether_forbid_new_privileges() < 0)
		log_warn_r(ERR_SYS, "the statistics server keeps rights");
}

static void
learn_host(struct server *server)
{
	if (gethostname(server->host, sizeof server->host) < 0)
		server->host[0] = '\0';
	server->host[sizeof server->host - 1] = '\0';
	escape_clean(server->host);
}

void
statsserver_run(const struct stats *stats, pid_t parent)
{
	struct server server = { .stats = stats };
	const struct http_service service = {
		&stats->listeners, stats->access, answer, &server,
	};
	struct sample sample;
	struct http *http;
	int64_t next = clock_ms();

	give_up_rights(stats);
	learn_host(&server);
	http = http_open(&service);
	if (http == NULL) {
		log_error("the statistics server cannot serve");
		_exit(EXIT_FAILURE);
	}
	/* Where no signal tells of the parent's end, this does. */
	while (getppid() == parent) {
		take_sample(&server, &sample);
		history_add(stats->history, &sample);
		next = next + SAMPLE_MS > clock_ms() ? next + SAMPLE_MS :
						       clock_after(SAMPLE_MS);
		if (http_run(http, next) < 0) {
			log_error_r(ERR_SYS, "the statistics server fails");
			_exit(EXIT_FAILURE);
		}
	}
	_exit(EXIT_SUCCESS);
}
