/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/statusjson.h"

#include <math.h>
#include <stddef.h>
#include <sys/wait.h>

#include "base/json.h"
#include "daemon/snapshot.h"

static void
add_count(struct json *json, const char *key, uint64_t value)
{
	json_add_int(json, key,
		     value > INT64_MAX ? INT64_MAX : (int64_t)value);
}

static void
add_seconds(struct json *json, const char *key, int64_t us)
{
	json_add_real(json, key, (double)us / 1e6);
}

/* A number of which -1 says that it is not known. */
static void
add_known(struct json *json, const char *key, int64_t value)
{
	if (value < 0)
		json_add_real(json, key, (double)NAN);
	else
		json_add_int(json, key, value);
}

static void
add_daemon(struct json *json, const struct snapshot *snapshot)
{
	const char *state = snapshot->stopping ? "stopping" :
			    snapshot->short_of != REFUSAL_NONE ? "short" :
								 "serving";

	json_add_str(json, "host", snapshot->host);
	json_add_str(json, "version", PACKAGE_VERSION);
	json_add_str(json, "target", HOST_TRIPLE);
	json_add_int(json, "time", snapshot->now_s);
	json_add_int(json, "start_time", snapshot->started_s);
	json_add_str(json, "state", state);
	json_add_str(json, "short_of",
		     snapshot->short_of == REFUSAL_NONE ? NULL :
		     board_refusal_name(snapshot->short_of));
	json_add_str(json, "sandbox", snapshot->sandbox);
}

static void
add_machine(struct json *json, const struct snapshot *snapshot)
{
	const struct census *census = &snapshot->census;
	int i;

	json_open_object(json, "machine");
	json_open_array(json, "load");
	for (i = 0; i < 3; i++)
		json_add_real(json, NULL, snapshot->load[i] < 0 ?
			      (double)NAN : snapshot->load[i]);
	json_close_array(json);
	add_known(json, "free_memory_bytes", snapshot->free_memory);
	add_known(json, "free_disk_bytes", snapshot->free_disk);
	add_known(json, "tasks_running", census->running);
	add_known(json, "processes_blocked", census->blocked);
	add_known(json, "largest_process_kb", census->max_rss_kb);
	json_add_str(json, "largest_process", census->max_rss_kb < 0 ?
		     NULL : census->max_rss_name);
	add_known(json, "disk_sectors_per_second",
		  snapshot->windows[0].sectors_per_s);
	json_close_object(json);
}

static void
add_outcomes(struct json *json, const uint64_t *outcomes)
{
	int i;

	json_open_object(json, "jobs");
	for (i = 0; i < OUTCOME_COUNT; i++)
		add_count(json, board_outcome_name((enum outcome)i),
			  outcomes[i]);
	json_close_object(json);
}

static void
add_times(struct json *json, const char *key,
	  const struct snapshot_times *times)
{
	int i;

	json_open_object(json, key);
	add_count(json, "count", times->all);
	add_seconds(json, "sum_seconds", times->sum_us);
	json_open_array(json, "buckets");
	for (i = 0; i <= BOARD_BOUNDS; i++)
		add_count(json, NULL, times->count[i]);
	json_close_array(json);
	json_close_object(json);
}

static void
add_histograms(struct json *json, const struct snapshot *snapshot)
{
	int i;

	json_open_array(json, "bucket_bounds_seconds");
	for (i = 0; i < BOARD_BOUNDS; i++)
		add_seconds(json, NULL, board_bounds_us[i]);
	json_close_array(json);
	json_open_object(json, "phases");
	for (i = PHASE_IDLE + 1; i < PHASE_COUNT; i++)
		add_times(json, board_phase_name((enum phase)i),
			  &snapshot->phases[i]);
	json_close_object(json);
	add_times(json, "total", &snapshot->total);
}

static void
add_compilers(struct json *json, const struct snapshot *snapshot)
{
	const struct snapshot_compiler *row = snapshot->compilers;
	int i;

	json_open_array(json, "compilers");
	for (i = 0; i < snapshot->compiler_count; i++, row++) {
		json_open_object(json, NULL);
		json_add_str(json, "compiler", row->name);
		add_count(json, "ok", row->ok);
		add_count(json, "failed", row->failed);
		add_seconds(json, "cpu_seconds", row->cpu_us);
		json_close_object(json);
	}
	json_close_array(json);
}

/* When and how a job ended, and what it cost. */
static void
add_result(struct json *json, const struct board_job *job)
{
	int i;

	json_add_int(json, "ended", job->ended_s);
	json_add_str(json, "outcome", board_outcome_name(job->outcome));
	json_add_str(json, "refusal", job->refusal == REFUSAL_NONE ? NULL :
		     board_refusal_name(job->refusal));
	add_known(json, "exit_status",
		  WIFEXITED(job->status) ? WEXITSTATUS(job->status) : -1);
	add_known(json, "signal",
		  WIFSIGNALED(job->status) ? WTERMSIG(job->status) : -1);
	add_seconds(json, "seconds", job->total_us);
	json_open_object(json, "phase_seconds");
	for (i = PHASE_IDLE + 1; i < PHASE_COUNT; i++)
		add_seconds(json, board_phase_name((enum phase)i),
			    job->phase_us[i]);
	json_close_object(json);
	add_seconds(json, "cpu_seconds", job->cpu_us);
	add_count(json, "bytes_in", job->bytes_in);
	add_count(json, "bytes_out", job->bytes_out);
	add_known(json, "max_rss_kb",
		  job->max_rss_kb > 0 ? job->max_rss_kb : -1);
}

static void
add_names(struct json *json, const char *peer, const char *compiler,
	  const char *input)
{
	json_add_str(json, "peer", peer[0] == '\0' ? NULL : peer);
	json_add_str(json, "compiler", compiler[0] == '\0' ? NULL : compiler);
	json_add_str(json, "input", input[0] == '\0' ? NULL : input);
}

static void
add_job(struct json *json, const char *key, const struct board_job *job)
{
	json_open_object(json, key);
	add_names(json, job->peer, job->compiler, job->input);
	add_result(json, job);
	json_close_object(json);
}

static void
add_last(struct json *json, const struct snapshot *snapshot)
{
	int i;

	if (snapshot->longest.total_us > 0)
		add_job(json, "longest_job", &snapshot->longest);
	else
		json_add_str(json, "longest_job", NULL);
	json_open_array(json, "last_jobs");
	for (i = 0; i < snapshot->last_count; i++)
		add_job(json, NULL, &snapshot->last[i]);
	json_close_array(json);
}

static void
add_slots(struct json *json, const struct snapshot *snapshot)
{
	const struct snapshot_slot *slot = snapshot->slots;
	int i;

	json_open_array(json, "workers");
	for (i = 0; i < snapshot->slot_count; i++, slot++) {
		json_open_object(json, NULL);
		json_add_int(json, "slot", slot->number);
		json_add_str(json, "phase", board_phase_name(slot->phase));
		add_seconds(json, "seconds", slot->for_us);
		add_count(json, "bytes_moved", slot->moved);
		add_names(json, slot->peer, slot->compiler, slot->input);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
add_now(struct json *json, const struct snapshot *snapshot)
{
	int i;

	json_open_object(json, "now");
	json_add_int(json, "slots", snapshot->jobs);
	json_add_int(json, "workers_limit", snapshot->size);
	json_add_int(json, "compilers_running", snapshot->running);
	json_add_int(json, "connections_held", snapshot->held);
	json_add_int(json, "queue", snapshot_queue(snapshot));
	json_open_object(json, "workers_by_phase");
	for (i = 0; i < PHASE_COUNT; i++)
		json_add_int(json, board_phase_name((enum phase)i),
			     snapshot->workers[i]);
	json_close_object(json);
	add_slots(json, snapshot);
	json_close_object(json);
}

static void
add_totals(struct json *json, const struct snapshot *snapshot)
{
	int i;

	json_open_object(json, "since_start");
	add_count(json, "connections", snapshot->accepted);
	add_outcomes(json, snapshot->outcomes);
	json_open_object(json, "refusals");
	for (i = REFUSAL_NONE + 1; i < REFUSAL_COUNT; i++)
		add_count(json, board_refusal_name((enum refusal)i),
			  snapshot->refusals[i]);
	json_close_object(json);
	add_count(json, "bytes_in", snapshot->bytes_in);
	add_count(json, "bytes_out", snapshot->bytes_out);
	add_seconds(json, "cpu_seconds", snapshot->cpu_us);
	add_histograms(json, snapshot);
	add_compilers(json, snapshot);
	json_close_object(json);
}

static void
add_windows(struct json *json, const struct snapshot *snapshot)
{
	const struct window *window = snapshot->windows;
	int i;

	json_open_array(json, "windows");
	for (i = 0; i < SNAPSHOT_WINDOWS; i++, window++) {
		json_open_object(json, NULL);
		json_add_int(json, "seconds", window->seconds);
		add_count(json, "compiles",
			  history_compiles(window->outcomes));
		add_outcomes(json, window->outcomes);
		add_count(json, "bytes_in", window->bytes_in);
		add_count(json, "bytes_out", window->bytes_out);
		json_add_real(json, "busy", window->busy);
		json_add_real(json, "queue", window->queue);
		json_add_real(json, "load", window->load);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
add_history(struct json *json, const struct point *points)
{
	static const char *const names[SERIES_COUNT] = {
		[SERIES_JOBS] = "jobs_per_minute",
		[SERIES_TRAFFIC] = "bytes_per_minute",
		[SERIES_BUSY] = "busy",
		[SERIES_QUEUE] = "queue",
		[SERIES_LOAD] = "load",
		[SERIES_MEMORY] = "free_memory_bytes",
	};
	double value;
	int i, n;

	json_open_object(json, "history");
	json_add_int(json, "step_seconds", HISTORY_STEP);
	for (i = 0; i < SERIES_COUNT; i++) {
		json_open_array(json, names[i]);
		for (n = 0; n < HISTORY_POINTS; n++) {
			value = points[n].value[i];
			json_add_real(json, NULL, points[n].samples == 0 ||
				      value < 0 ? (double)NAN : value);
		}
		json_close_array(json);
	}
	json_close_object(json);
}

void
statusjson_write(struct buf *out, const struct snapshot *snapshot)
{
	struct json json;

	json_init(&json, out);
	json_open_object(&json, NULL);
	add_daemon(&json, snapshot);
	add_now(&json, snapshot);
	add_machine(&json, snapshot);
	add_totals(&json, snapshot);
	add_windows(&json, snapshot);
	add_last(&json, snapshot);
	add_history(&json, snapshot->points);
	json_close_object(&json);
	buf_add_char(out, '\n');
}
