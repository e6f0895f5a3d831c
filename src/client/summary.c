/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/summary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/log.h"
#include "client/exitcode.h"
#include "client/journal.h"
#include "client/tally.h"
#include "client/tell.h"
#include "client/why.h"

static double
per_second(long jobs, const struct tally *tally)
{
	int64_t ms = tally_wall_ms(tally);

	return ms > 0 ? (double)jobs * 1000 / (double)ms : 0;
}

/* A build that was all in a cache has no jobs: this one is another. */
static void
add_age(struct buf *out, int64_t then_ms)
{
	int64_t s = (int64_t)time(NULL) - then_ms / 1000;

	if (s < 120)
		buf_addf(out, "%lld s", s < 0 ? 0LL : (long long)s);
	else if (s < 7200)
		buf_addf(out, "%lld minutes", (long long)s / 60);
	else if (s < 172800)
		buf_addf(out, "%lld hours", (long long)s / 3600);
	else
		buf_addf(out, "%lld days", (long long)s / 86400);
}

/* Where no host takes sources there is nothing to tell. */
static void
print_ways(struct buf *out, const struct tally *tally)
{
	size_t i;

	if (tally->ways[RECORD_WAY_PUMP] == 0 && tally->cause_count == 0)
		return;
	buf_addf(out, "%12ld with their sources (pump mode)\n"
		 "%12ld preprocessed here\n", tally->ways[RECORD_WAY_PUMP],
		 tally->ways[RECORD_WAY_CPP]);
	for (i = 0; i < tally->cause_count; i++) {
		buf_addf(out, "%16ld sources not sent: %.*s\n",
			 tally->causes[i].jobs, tally->causes[i].len,
			 tally->causes[i].name);
	}
}

static void
print_jobs(struct buf *out, const struct tally *tally)
{
	int i;

	buf_add_str(out, "Build ");
	tell_add_safe(out, tally->build != NULL ? tally->build : "?");
	buf_addf(out, ": %ld jobs in ", tally->jobs);
	tell_add_seconds(out, tally_wall_ms(tally) * 1000);
	buf_addf(out, ", %.1f a second; it ended ",
		 per_second(tally->jobs, tally));
	add_age(out, tally->end_ms);
	buf_add_str(out, " ago\n");
	buf_addf(out, "%8ld remote\n", tally->verdicts[RECORD_IS_REMOTE]);
	print_ways(out, tally);
	buf_addf(out, "%8ld on this machine\n",
		 tally->verdicts[RECORD_IS_LOCAL]);
	if (tally->verdicts[RECORD_IS_FAILED] > 0)
		buf_addf(out, "%8ld not compiled\n",
			 tally->verdicts[RECORD_IS_FAILED]);
	for (i = 0; i < REASON_COUNT; i++) {
		if (tally->reasons[i] > 0)
			buf_addf(out, "%12ld %s: %s\n", tally->reasons[i],
				 reason_name((enum reason)i),
				 reason_text((enum reason)i));
	}
}

static void
print_hosts(struct buf *out, const struct tally *tally)
{
	const struct tally_host *host;
	size_t i;

	if (tally->host_count == 0)
		return;
	buf_add_str(out, "    jobs  jobs/s repeated  failed refused"
			 "    busy    kB sent  kB received  host\n");
	for (i = 0; i < tally->host_count; i++) {
		host = &tally->hosts[i];
		buf_addf(out, "%8ld %7.1f %8ld %7ld %7ld %7ld "
			 "%10lld %12lld  ",
			 host->outcomes[RECORD_TRY_OK],
			 per_second(host->outcomes[RECORD_TRY_OK], tally),
			 host->outcomes[RECORD_TRY_REPEATED],
			 host->outcomes[RECORD_TRY_FAILED],
			 host->outcomes[RECORD_TRY_REFUSED],
			 host->outcomes[RECORD_TRY_BUSY],
			 (long long)(host->sent + 500) / 1000,
			 (long long)(host->received + 500) / 1000);
		tell_add_safe(out, host->name);
		buf_add_char(out, '\n');
	}
}

static void
print_costs(struct buf *out, const struct tally *tally)
{
	buf_addf(out, "Retries on other hosts: %ld. Tries of which nothing "
		 "was used: ", tally->retries);
	tell_add_seconds(out, tally->lost_us);
	buf_add_str(out, "; waits for slots: ");
	tell_add_seconds(out, tally->wait_us);
	buf_add_str(out, ".\nProcessor time here: ");
	tell_add_seconds(out, tally->cpu_us);
	buf_add_str(out, " in distcc, ");
	tell_add_seconds(out, tally->child_cpu_us);
	buf_add_str(out, " in preprocessors and compilers.\n");
}

static void
print_hosts_json(struct json *json, const struct tally *tally)
{
	const struct tally_host *host;
	size_t i;
	int outcome;

	json_open_array(json, "hosts");
	for (i = 0; i < tally->host_count; i++) {
		host = &tally->hosts[i];
		json_open_object(json, NULL);
		json_add_str(json, "host", host->name);
		for (outcome = 0; outcome < RECORD_OUTCOMES; outcome++)
			json_add_int(json, record_outcome_name(
					(enum record_outcome)outcome),
				     host->outcomes[outcome]);
		json_add_real(json, "jobs_per_second",
			      per_second(host->outcomes[RECORD_TRY_OK],
					 tally));
		json_add_int(json, "busy_us", host->busy_us);
		json_add_int(json, "sent", host->sent);
		json_add_int(json, "received", host->received);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
print_ways_json(struct json *json, const struct tally *tally)
{
	const struct tally_cause *cause;
	size_t i;
	char *name;
	int way;

	json_open_object(json, "ways");
	for (way = 0; way < RECORD_WAYS; way++)
		json_add_int(json, record_way_name((enum record_way)way),
			     tally->ways[way]);
	json_close_object(json);
	json_open_object(json, "no_pump");
	for (i = 0; i < tally->cause_count; i++) {
		cause = &tally->causes[i];
		name = xstrndup(cause->name, (size_t)cause->len);
		json_add_int(json, name, cause->jobs);
		free(name);
	}
	json_close_object(json);
}

static void
print_json(struct buf *out, const struct tally *tally)
{
	struct json json;
	int i;

	json_init(&json, out);
	json_open_object(&json, NULL);
	json_add_str(&json, "build", tally->build);
	json_add_int(&json, "jobs", tally->jobs);
	for (i = 0; i < RECORD_VERDICTS; i++)
		json_add_int(&json,
			     record_verdict_name((enum record_verdict)i),
			     tally->verdicts[i]);
	print_ways_json(&json, tally);
	json_open_object(&json, "reasons");
	for (i = 0; i < REASON_COUNT; i++) {
		if (tally->reasons[i] > 0)
			json_add_int(&json, reason_name((enum reason)i),
				     tally->reasons[i]);
	}
	json_close_object(&json);
	print_hosts_json(&json, tally);
	json_add_int(&json, "retries", tally->retries);
	json_add_int(&json, "lost_us", tally->lost_us);
	json_add_int(&json, "wait_us", tally->wait_us);
	json_add_int(&json, "begin_ms", tally->begin_ms);
	json_add_int(&json, "wall_ms", tally_wall_ms(tally));
	json_add_int(&json, "cpu_us", tally->cpu_us);
	json_add_int(&json, "child_cpu_us", tally->child_cpu_us);
	json_close_object(&json);
	buf_add_char(out, '\n');
}

static void
print_text(struct buf *out, const struct tally *tally)
{
	if (tally->jobs == 0) {
		buf_add_str(out, "The journal has no job yet.\n");
		return;
	}
	print_jobs(out, tally);
	print_hosts(out, tally);
	print_costs(out, tally);
}

static void
add_up(struct tally *tally, const struct journal *journal)
{
	size_t i;

	for (i = journal_last_build(journal); i < journal->count; i++) {
		if (journal_in_last_build(journal, i))
			tally_add(tally, &journal->v[i]);
	}
}

int
summary_run(const struct settings *settings, char *const *words)
{
	struct journal journal = JOURNAL_INIT;
	struct tally tally = TALLY_INIT;
	struct buf out = BUF_INIT;
	int wants_json = words[0] != NULL && strcmp(words[0], "--json") == 0;
	int code;

	if (words[wants_json] != NULL) {
		log_error("--summary takes nothing but --json, not %s",
			  words[wants_json]);
		return EXIT_BAD_ARGUMENTS;
	}
	if (journal_open(&journal, settings) < 0)
		return EXIT_IO_ERROR;
	add_up(&tally, &journal);
	if (wants_json)
		print_json(&out, &tally);
	else
		print_text(&out, &tally);
	fwrite(out.data, 1, out.len, stdout);
	code = tally.jobs == 0 ? WHY_NO_RECORD :
	       tally.troubles > 0 ? WHY_HERE : WHY_REMOTE;
	buf_clear(&out);
	tally_clear(&tally);
	journal_clear(&journal);
	return code;
}
