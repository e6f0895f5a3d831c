/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A record of the journal, as a sentence or as JSON. */
#include "client/tell.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/mask.h"
#include "client/record.h"
#include "compiler/reason.h"

void
tell_add_safe(struct buf *out, const char *text)
{
	const size_t start = out->len;

	buf_add_str(out, text);
	mask_controls(out->data + start);
}

void
tell_add_seconds(struct buf *out, int64_t us)
{
	int64_t ms = (us + 500) / 1000;

	buf_addf(out, "%lld.%03lld s", (long long)(ms / 1000),
		 (long long)(ms % 1000));
}

/* The job by its source, or by what else there is. */
static void
add_subject(struct buf *out, const struct record *record)
{
	/* A link is known by what it makes. */
	if (record->file != NULL && (record->reason != REASON_NOT_COMPILE ||
				     record->output == NULL)) {
		tell_add_safe(out, record->file);
	} else {
		tell_add_safe(out, record->compiler != NULL ?
				      record->compiler : "a job");
		if (record->output != NULL) {
			buf_add_str(out, " -o ");
			tell_add_safe(out, record->output);
		}
	}
}

static const char *
last_host(const struct record *record)
{
	if (record->try_count == 0)
		return "another machine";
	return record->tries[record->try_count - 1].host;
}

static void
add_verdict(struct buf *out, const struct record *record)
{
	switch (record->verdict) {
	case RECORD_IS_REMOTE:
		buf_add_str(out, "compiled on ");
		tell_add_safe(out, last_host(record));
		if (record->way == RECORD_WAY_PUMP)
			buf_add_str(out, " with its sources");
		break;
	case RECORD_IS_LOCAL:
		buf_add_str(out, "ran on this machine");
		break;
	default:
		buf_add_str(out, "was not compiled");
		break;
	}
	if (record->status != RECORD_NO_STATUS) {
		buf_add_str(out, " in ");
		tell_add_seconds(out, record->total_us);
	}
	if (record->status > 0)
		buf_addf(out, ", with exit status %lld",
			 (long long)record->status);
}

static void
add_reason(struct buf *out, const struct record *record)
{
	if (record->reason == REASON_NONE)
		return;
	buf_addf(out, ", because %s", reason_text(record->reason));
	if (record->culprit != NULL) {
		buf_add_str(out, ": ");
		tell_add_safe(out, record->culprit);
	}
	buf_addf(out, " (%s)", reason_name(record->reason));
}

static void
add_tries(struct buf *out, const struct record *record)
{
	static const char *const said[RECORD_OUTCOMES] = {
		[RECORD_TRY_OPEN] = "broken off",
		[RECORD_TRY_REPEATED] = "a result, but that was not used",
		[RECORD_TRY_FAILED] = "failed",
		[RECORD_TRY_REFUSED] = "refused the job",
		[RECORD_TRY_BUSY] = "had no room for it",
		[RECORD_TRY_OURS] = "given up for a fault of this machine",
	};
	size_t i;

	for (i = 0; i < record->try_count; i++) {
		const struct record_try *try = &record->tries[i];

		if (said[try->outcome] == NULL && try->job == NULL)
			continue;
		buf_add_str(out, "    ");
		tell_add_safe(out, try->host);
		buf_add_str(out, ", ");
		tell_add_seconds(out, try->us);
		buf_addf(out, ": %s", said[try->outcome] != NULL ?
					      said[try->outcome] : "done");
		if (try->job != NULL) {
			buf_add_str(out, "; in its log, this is job ");
			tell_add_safe(out, try->job);
		}
		buf_add_char(out, '\n');
	}
}

/* Why the sources did not go to a host that would have taken them. */
static void
add_no_pump(struct buf *out, const struct record *record)
{
	if (record->no_pump == NULL)
		return;
	buf_add_str(out, "    Its sources were not sent: ");
	tell_add_safe(out, record->no_pump);
	buf_add_str(out, "\n");
}

void
tell_text(struct buf *out, const struct record *record)
{
	add_subject(out, record);
	buf_add_str(out, ": ");
	add_verdict(out, record);
	add_reason(out, record);
	buf_add_str(out, ".\n");
	add_tries(out, record);
	add_no_pump(out, record);
	if (record->reason != REASON_NONE)
		buf_addf(out, "    What to do: %s.\n",
			 reason_advice(record->reason));
}

static void
add_tries_json(struct json *json, const struct record *record)
{
	const struct record_try *try;
	size_t i;

	json_open_array(json, "tries");
	for (i = 0; i < record->try_count; i++) {
		try = &record->tries[i];
		json_open_object(json, NULL);
		json_add_str(json, "host", try->host);
		json_add_str(json, "outcome",
			     record_outcome_name(try->outcome));
		json_add_int(json, "us", try->us);
		json_add_str(json, "job", try->job);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
add_numbers_json(struct json *json, const struct record *record)
{
	int phase;

	json_add_int(json, "total_us", record->total_us);
	json_open_object(json, "phases_us");
	for (phase = 0; phase < RECORD_PHASES; phase++)
		json_add_int(json, record_phase_name((enum record_phase)phase),
			     record->phase_us[phase]);
	json_close_object(json);
	json_add_int(json, "sent", record->sent);
	json_add_int(json, "received", record->received);
	json_add_int(json, "cpu_us", record->cpu_us);
	json_add_int(json, "child_cpu_us", record->child_cpu_us);
}

void
tell_json(struct json *json, const struct record *record)
{
	json_open_object(json, NULL);
	json_add_str(json, "id", record->id);
	json_add_str(json, "build", record->build);
	json_add_int(json, "time_ms", record->time_ms);
	json_add_str(json, "file", record->file);
	json_add_str(json, "output", record->output);
	json_add_str(json, "cwd", record->cwd);
	json_add_str(json, "compiler", record->compiler);
	json_add_str(json, "verdict", record_verdict_name(record->verdict));
	if (record->status == RECORD_NO_STATUS)
		json_add_str(json, "status", NULL);
	else
		json_add_int(json, "status", record->status);
	json_add_str(json, "reason", reason_name(record->reason));
	json_add_str(json, "text", reason_text(record->reason));
	json_add_str(json, "advice", reason_advice(record->reason));
	json_add_str(json, "culprit", record->culprit);
	json_add_str(json, "way", record_way_name(record->way));
	json_add_str(json, "no_pump", record->no_pump);
	add_tries_json(json, record);
	add_numbers_json(json, record);
	json_close_object(json);
}
