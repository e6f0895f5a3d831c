/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/metrics.h"

#include <inttypes.h>
#include <stddef.h>

#include "base/buf.h"
#include "daemon/escape.h"
#include "daemon/snapshot.h"

/* What stands above all samples of one metric. */
static void
begin(struct buf *out, const char *name, const char *type, const char *help)
{
	buf_addf(out, "# HELP distccd_%s %s\n# TYPE distccd_%s %s\n", name,
		 help, name, type);
}

static void
add_gauge(struct buf *out, const char *name, const char *help, int64_t value)
{
	begin(out, name, "gauge", help);
	buf_addf(out, "distccd_%s %" PRId64 "\n", name, value);
}

static void
add_counter(struct buf *out, const char *name, const char *help,
	    uint64_t value)
{
	begin(out, name, "counter", help);
	buf_addf(out, "distccd_%s %" PRIu64 "\n", name, value);
}

/* One sample with one label. */
static void
add_labelled(struct buf *out, const char *name, const char *label,
	     const char *value, uint64_t count)
{
	buf_addf(out, "distccd_%s{%s=\"", name, label);
	escape_label(out, value);
	buf_addf(out, "\"} %" PRIu64 "\n", count);
}

/* Seconds, without the zeros at the end. */
static void
add_seconds(struct buf *out, int64_t us)
{
	const uint64_t size = us < 0 ? 0 : (uint64_t)us;

	buf_addf(out, "%" PRIu64 ".%06" PRIu64, size / 1000000,
		 size % 1000000);
	while (out->data[out->len - 1] == '0')
		out->data[--out->len] = '\0';
	if (out->data[out->len - 1] == '.')
		out->data[--out->len] = '\0';
}

static void
add_daemon(struct buf *out, const struct snapshot *snapshot)
{
	begin(out, "build_info", "gauge", "What is running; always 1.");
	buf_addf(out, "distccd_build_info{version=\"%s\",target=\"%s\"} 1\n",
		 PACKAGE_VERSION, HOST_TRIPLE);
	add_gauge(out, "start_time_seconds",
		  "When the daemon started, in Unix time.",
		  snapshot->started_s);
	add_gauge(out, "stopping", "1 while the daemon takes no new jobs.",
		  snapshot->stopping != 0);
	begin(out, "short_of", "gauge",
	      "1 while no job begins for want of this resource.");
	add_labelled(out, "short_of", "resource", "memory",
		     snapshot->short_of == REFUSAL_MEMORY);
	add_labelled(out, "short_of", "resource", "disk",
		     snapshot->short_of == REFUSAL_DISK);
}

static void
add_now(struct buf *out, const struct snapshot *snapshot)
{
	int i;

	add_gauge(out, "slots", "How many compilers may run at a time.",
		  snapshot->jobs);
	add_gauge(out, "compilers_running", "Compilers that run now.",
		  snapshot->running);
	add_gauge(out, "workers_limit", "How many workers may have a job.",
		  snapshot->size);
	begin(out, "workers", "gauge", "Workers, by what they are at.");
	for (i = 0; i < PHASE_COUNT; i++)
		add_labelled(out, "workers", "phase",
			     board_phase_name((enum phase)i),
			     (uint64_t)snapshot->workers[i]);
	add_gauge(out, "connections_held",
		  "Connections that no worker has taken yet.",
		  snapshot->held);
	add_gauge(out, "queue", "Clients that wait for a slot: "
		  "those held, and workers in the phase queue.",
		  snapshot_queue(snapshot));
}

static void
add_machine(struct buf *out, const struct snapshot *snapshot)
{
	static const char *const minutes[] = { "1", "5", "15" };
	int i;

	if (snapshot->free_memory >= 0)
		add_gauge(out, "memory_free_bytes",
			  "Memory that jobs could still use.",
			  snapshot->free_memory);
	if (snapshot->free_disk >= 0)
		add_gauge(out, "disk_free_bytes",
			  "Free space where jobs have their files.",
			  snapshot->free_disk);
	if (snapshot->load[0] < 0)
		return;
	begin(out, "load", "gauge",
	      "The machine's load average over so many minutes.");
	for (i = 0; i < 3; i++)
		buf_addf(out, "distccd_load{minutes=\"%s\"} %.2f\n",
			 minutes[i], snapshot->load[i]);
}

static void
add_jobs(struct buf *out, const struct snapshot *snapshot)
{
	int i;

	add_counter(out, "connections_total", "Connections accepted.",
		    snapshot->accepted);
	begin(out, "jobs_total", "counter",
	      "Clients that are done with, by what became of them.");
	for (i = 0; i < OUTCOME_COUNT; i++)
		add_labelled(out, "jobs_total", "outcome",
			     board_outcome_name((enum outcome)i),
			     snapshot->outcomes[i]);
	begin(out, "refusals_total", "counter",
	      "Clients that were not served, by the reason.");
	for (i = REFUSAL_NONE + 1; i < REFUSAL_COUNT; i++)
		add_labelled(out, "refusals_total", "reason",
			     board_refusal_name((enum refusal)i),
			     snapshot->refusals[i]);
	add_counter(out, "received_bytes_total",
		    "Bytes that came from clients.", snapshot->bytes_in);
	add_counter(out, "sent_bytes_total", "Bytes that went to clients.",
		    snapshot->bytes_out);
	begin(out, "cpu_seconds_total", "counter",
	      "Processor time of all jobs.");
	buf_add_str(out, "distccd_cpu_seconds_total ");
	add_seconds(out, snapshot->cpu_us);
	buf_add_char(out, '\n');
}

static void
add_compiler(struct buf *out, const struct snapshot_compiler *compiler)
{
	const char *const results[] = { "ok", "failed" };
	const uint64_t counts[] = { compiler->ok, compiler->failed };
	int i;

	for (i = 0; i < 2; i++) {
		buf_add_str(out, "distccd_compiler_jobs_total{compiler=\"");
		escape_label(out, compiler->name);
		buf_addf(out, "\",result=\"%s\"} %" PRIu64 "\n", results[i],
			 counts[i]);
	}
}

static void
add_compilers(struct buf *out, const struct snapshot *snapshot)
{
	int i;

	if (snapshot->compiler_count == 0)
		return;
	begin(out, "compiler_jobs_total", "counter",
	      "Jobs that a compiler ran for, by compiler and result.");
	for (i = 0; i < snapshot->compiler_count; i++)
		add_compiler(out, &snapshot->compilers[i]);
	begin(out, "compiler_cpu_seconds_total", "counter",
	      "Processor time of jobs, by compiler.");
	for (i = 0; i < snapshot->compiler_count; i++) {
		buf_add_str(out,
			    "distccd_compiler_cpu_seconds_total{compiler=\"");
		escape_label(out, snapshot->compilers[i].name);
		buf_add_str(out, "\"} ");
		add_seconds(out, snapshot->compilers[i].cpu_us);
		buf_add_char(out, '\n');
	}
}

/*
 * A histogram; phase may be NULL. The whole is the sum of the parts and not
 * a counter of its own, so that it always fits the last bucket.
 */
static void
add_times(struct buf *out, const char *name, const char *phase,
	  const struct snapshot_times *times)
{
	const char *before = phase != NULL ? "phase=\"" : "";
	const char *value = phase != NULL ? phase : "";
	const char *after = phase != NULL ? "\"," : "";
	uint64_t count = 0;
	int i;

	for (i = 0; i < BOARD_BOUNDS; i++) {
		count += times->count[i];
		buf_addf(out, "distccd_%s_bucket{%s%s%sle=\"", name, before,
			 value, after);
		add_seconds(out, board_bounds_us[i]);
		buf_addf(out, "\"} %" PRIu64 "\n", count);
	}
	buf_addf(out, "distccd_%s_bucket{%s%s%sle=\"+Inf\"} %" PRIu64 "\n",
		 name, before, value, after, times->all);
	before = phase != NULL ? "{phase=\"" : "";
	after = phase != NULL ? "\"}" : "";
	buf_addf(out, "distccd_%s_sum%s%s%s ", name, before, value, after);
	add_seconds(out, times->sum_us);
	buf_addf(out, "\ndistccd_%s_count%s%s%s %" PRIu64 "\n", name, before,
		 value, after, times->all);
}

static void
add_histograms(struct buf *out, const struct snapshot *snapshot)
{
	int i;

	begin(out, "phase_seconds", "histogram",
	      "How long jobs that a compiler ran for were in each phase.");
	for (i = PHASE_IDLE + 1; i < PHASE_COUNT; i++)
		add_times(out, "phase_seconds",
			  board_phase_name((enum phase)i),
			  &snapshot->phases[i]);
	begin(out, "job_seconds", "histogram",
	      "How long jobs that a compiler ran for took in all.");
	add_times(out, "job_seconds", NULL, &snapshot->total);
}

void
metrics_write(struct buf *out, const struct snapshot *snapshot)
{
	add_daemon(out, snapshot);
	add_now(out, snapshot);
	add_machine(out, snapshot);
	add_jobs(out, snapshot);
	add_compilers(out, snapshot);
	add_histograms(out, snapshot);
}
