/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/webtable.h"

#include <stddef.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "daemon/escape.h"
#include "daemon/human.h"
#include "daemon/snapshot.h"

/* More than these nobody looks at; /status.json has them all. */
#define MAX_JOBS 25
#define MAX_WORKERS 40

struct column {
	const char *name;
	int is_number;
};

#define COLUMN_COUNT(columns) (sizeof(columns) / sizeof *(columns))

/* A table that can be scrolled to the side, by the keyboard as well. */
static void
begin_table(struct buf *out, const char *label, const struct column *columns,
	    size_t count)
{
	size_t i;

	buf_addf(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
		 "aria-label=\"%s\"><table><thead><tr>", label);
	for (i = 0; i < count; i++)
		buf_addf(out, "<th scope=\"col\"%s>%s</th>",
			 columns[i].is_number ? " class=\"n\"" : "",
			 columns[i].name);
	buf_add_str(out, "</tr></thead><tbody>\n");
}

static void
end_table(struct buf *out)
{
	buf_add_str(out, "</tbody></table></div>\n");
}

static void
add_text(struct buf *out, const char *text)
{
	buf_add_str(out, "<td>");
	if (text[0] != '\0') {
		buf_add_str(out, "<bdi title=\"");
		escape_html(out, text);
		buf_add_str(out, "\">");
		escape_html(out, text);
		buf_add_str(out, "</bdi>");
	}
	buf_add_str(out, "</td>");
}

static void
add_count(struct buf *out, uint64_t count)
{
	buf_addf(out, "<td class=\"n%s\">", count == 0 ? " zero" : "");
	human_count(out, count);
	buf_add_str(out, "</td>");
}

static void
add_real(struct buf *out, double value)
{
	buf_add_str(out, "<td class=\"n\">");
	human_real(out, value);
	buf_add_str(out, "</td>");
}

static void
add_bytes(struct buf *out, uint64_t bytes)
{
	buf_addf(out, "<td class=\"n%s\">", bytes == 0 ? " zero" : "");
	human_bytes(out, (int64_t)bytes);
	buf_add_str(out, "</td>");
}

static void
add_time(struct buf *out, int64_t us)
{
	if (us <= 0) {
		buf_add_str(out, "<td class=\"n zero\">0</td>");
		return;
	}
	buf_add_str(out, "<td class=\"n\">");
	human_time(out, us);
	buf_add_str(out, "</td>");
}

static void
add_counters(struct buf *out, const uint64_t *outcomes, uint64_t bytes_in,
	     uint64_t bytes_out)
{
	add_count(out, outcomes[OUTCOME_OK]);
	add_count(out, outcomes[OUTCOME_ERROR]);
	add_count(out, outcomes[OUTCOME_TIMEOUT]);
	add_count(out, outcomes[OUTCOME_DISCONNECT]);
	add_count(out, outcomes[OUTCOME_REFUSED]);
	add_count(out, outcomes[OUTCOME_OVERLOAD]);
	add_count(out, outcomes[OUTCOME_BAD_REQUEST] +
		       outcomes[OUTCOME_OTHER] + outcomes[OUTCOME_DENIED]);
	add_bytes(out, bytes_in);
	add_bytes(out, bytes_out);
}

void
webtable_write_windows(struct buf *out, const struct snapshot *snapshot)
{
	static const struct column columns[] = {
		{ "Time", 0 }, { "Compiled", 1 }, { "Failed", 1 },
		{ "Too long", 1 }, { "Client gone", 1 }, { "Refused", 1 },
		{ "No room", 1 }, { "Other", 1 }, { "Received", 1 },
		{ "Sent", 1 }, { "Compiling", 1 }, { "Waiting", 1 },
	};
	static const char *const names[SNAPSHOT_WINDOWS] = {
		"Last minute", "Last 5 minutes", "Last 15 minutes",
		"Last hour",
	};
	const struct window *window = snapshot->windows;
	int i;

	buf_add_str(out, "<section><h2>Jobs</h2>\n");
	begin_table(out, "Jobs", columns, COLUMN_COUNT(columns));
	for (i = 0; i < SNAPSHOT_WINDOWS; i++, window++) {
		buf_addf(out, "<tr><th scope=\"row\">%s</th>", names[i]);
		add_counters(out, window->outcomes, window->bytes_in,
			     window->bytes_out);
		add_real(out, window->busy);
		add_real(out, window->queue);
		buf_add_str(out, "</tr>\n");
	}
	buf_add_str(out, "<tr><th scope=\"row\">Since the start</th>");
	add_counters(out, snapshot->outcomes, snapshot->bytes_in,
		     snapshot->bytes_out);
	buf_add_str(out, "<td></td><td></td></tr>\n");
	end_table(out);
	buf_add_str(out, "</section>\n");
}

static void
add_outcome(struct buf *out, const struct board_job *job)
{
	const char *kind = job->outcome == OUTCOME_OK ? "good" :
			   job->outcome == OUTCOME_ERROR ? "warn" : "bad";

	buf_addf(out, "<td><span class=\"pill %s\">%s", kind,
		 board_outcome_name(job->outcome));
	if (job->refusal != REFUSAL_NONE)
		buf_addf(out, ": %s", board_refusal_name(job->refusal));
	buf_add_str(out, "</span>");
	if (WIFSIGNALED(job->status))
		buf_addf(out, " <small>signal %d</small>",
			 WTERMSIG(job->status));
	else if (WEXITSTATUS(job->status) != 0)
		buf_addf(out, " <small>exit %d</small>",
			 WEXITSTATUS(job->status));
	buf_add_str(out, "</td>");
}

static void
add_job(struct buf *out, const struct board_job *job, int64_t now_s)
{
	int i;

	buf_add_str(out, "<tr><td class=\"n\">");
	human_span(out, now_s - job->ended_s);
	buf_add_str(out, "</td>");
	add_text(out, job->peer);
	add_text(out, job->compiler);
	add_text(out, job->input);
	add_outcome(out, job);
	add_time(out, job->total_us);
	for (i = PHASE_IDLE + 1; i < PHASE_COUNT; i++)
		add_time(out, job->phase_us[i]);
	add_time(out, job->cpu_us);
	add_bytes(out, job->bytes_in);
	add_bytes(out, job->bytes_out);
	buf_add_str(out, "</tr>\n");
}

void
webtable_write_last(struct buf *out, const struct snapshot *snapshot)
{
	static const struct column columns[] = {
		{ "Ago", 1 }, { "Client", 0 }, { "Compiler", 0 },
		{ "File", 0 }, { "Result", 0 }, { "Total", 1 },
		{ "Receive", 1 }, { "Queue", 1 }, { "Compile", 1 },
		{ "Send", 1 }, { "CPU", 1 }, { "In", 1 }, { "Out", 1 },
	};
	int i;

	buf_add_str(out, "<section><h2>Last jobs</h2>\n");
	if (snapshot->last_count == 0) {
		buf_add_str(out, "<p class=\"none\">There was none yet.</p>"
			    "</section>\n");
		return;
	}
	begin_table(out, "Last jobs", columns, COLUMN_COUNT(columns));
	for (i = 0; i < snapshot->last_count && i < MAX_JOBS; i++)
		add_job(out, &snapshot->last[i], snapshot->now_s);
	end_table(out);
	buf_add_str(out, "</section>\n");
}

void
webtable_write_compilers(struct buf *out, const struct snapshot *snapshot)
{
	static const struct column columns[] = {
		{ "Compiler", 0 }, { "Compiled", 1 }, { "Failed", 1 },
		{ "CPU", 1 },
	};
	const struct snapshot_compiler *row = snapshot->compilers;
	int i;

	buf_add_str(out, "<section><h2>Compilers</h2>\n");
	if (snapshot->compiler_count == 0) {
		buf_add_str(out, "<p class=\"none\">None ran yet.</p>"
			    "</section>\n");
		return;
	}
	begin_table(out, "Compilers", columns, COLUMN_COUNT(columns));
	for (i = 0; i < snapshot->compiler_count; i++, row++) {
		buf_add_str(out, "<tr>");
		add_text(out, row->name);
		add_count(out, row->ok);
		add_count(out, row->failed);
		add_time(out, row->cpu_us);
		buf_add_str(out, "</tr>\n");
	}
	end_table(out);
	buf_add_str(out, "</section>\n");
}

void
webtable_write_refusals(struct buf *out, const struct snapshot *snapshot)
{
	static const struct column columns[] = {
		{ "Reason", 0 }, { "Clients", 1 },
	};
	uint64_t any = 0;
	int i;

	for (i = REFUSAL_NONE + 1; i < REFUSAL_COUNT; i++)
		any += snapshot->refusals[i];
	buf_add_str(out, "<section><h2>Not served</h2>\n");
	if (any == 0) {
		buf_add_str(out, "<p class=\"none\">Everybody was served."
			    "</p></section>\n");
		return;
	}
	begin_table(out, "Not served", columns, COLUMN_COUNT(columns));
	for (i = REFUSAL_NONE + 1; i < REFUSAL_COUNT; i++) {
		if (snapshot->refusals[i] == 0)
			continue;
		buf_addf(out, "<tr><th scope=\"row\">%s</th>",
			 board_refusal_name((enum refusal)i));
		add_count(out, snapshot->refusals[i]);
		buf_add_str(out, "</tr>\n");
	}
	end_table(out);
	buf_add_str(out, "</section>\n");
}

static void
add_phase(struct buf *out, const char *name,
	  const struct snapshot_times *times)
{
	buf_addf(out, "<tr><th scope=\"row\">%s</th>", name);
	add_time(out, times->all == 0 ? 0 :
		      times->sum_us / (int64_t)times->all);
	add_time(out, times->sum_us);
	buf_add_str(out, "</tr>\n");
}

void
webtable_write_phases(struct buf *out, const struct snapshot *snapshot)
{
	static const struct column columns[] = {
		{ "Phase", 0 }, { "On average", 1 }, { "In all", 1 },
	};
	int i;

	buf_add_str(out, "<section><h2>Time of a job</h2>\n");
	begin_table(out, "Time of a job", columns, COLUMN_COUNT(columns));
	for (i = PHASE_IDLE + 1; i < PHASE_COUNT; i++)
		add_phase(out, board_phase_name((enum phase)i),
			  &snapshot->phases[i]);
	add_phase(out, "total", &snapshot->total);
	end_table(out);
	buf_add_str(out, "</section>\n");
}

static void
add_worker(struct buf *out, const struct snapshot_slot *slot)
{
	buf_addf(out, "<tr><td class=\"n\">%d</td><td>%s</td>",
		 slot->number + 1, board_phase_name(slot->phase));
	add_time(out, slot->for_us);
	add_text(out, slot->peer);
	add_text(out, slot->compiler);
	add_text(out, slot->input);
	buf_add_str(out, "</tr>\n");
}

void
webtable_write_workers(struct buf *out, const struct snapshot *snapshot)
{
	static const struct column columns[] = {
		{ "Worker", 1 }, { "Phase", 0 }, { "For", 1 },
		{ "Client", 0 }, { "Compiler", 0 }, { "File", 0 },
	};
	int i, n = 0;

	if (snapshot->workers[PHASE_IDLE] == snapshot->slot_count)
		return;
	begin_table(out, "Workers", columns, COLUMN_COUNT(columns));
	for (i = 0; i < snapshot->slot_count && n < MAX_WORKERS; i++) {
		if (snapshot->slots[i].phase == PHASE_IDLE)
			continue;
		add_worker(out, &snapshot->slots[i]);
		n++;
	}
	end_table(out);
}
