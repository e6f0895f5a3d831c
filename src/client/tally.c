/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/tally.h"

#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

static struct tally_host *
host_of(struct tally *tally, const char *name)
{
	struct tally_host *host;
	size_t i;

	for (i = 0; i < tally->host_count; i++) {
		if (strcmp(tally->hosts[i].name, name) == 0)
			return &tally->hosts[i];
	}
	tally->hosts = xrealloc(tally->hosts, (tally->host_count + 1) *
					      sizeof *tally->hosts);
	host = &tally->hosts[tally->host_count++];
	*host = (struct tally_host){ .name = name };
	return host;
}

static void
add_tries(struct tally *tally, const struct record *record)
{
	const struct record_try *try;
	struct tally_host *host;
	size_t i;

	for (i = 0; i < record->try_count; i++) {
		try = &record->tries[i];
		host = host_of(tally, try->host);
		host->outcomes[try->outcome]++;
		host->busy_us += try->us;
		if (try->outcome == RECORD_TRY_OK) {
			host->sent += record->sent;
			host->received += record->received;
		}
	}
	if (record->try_count > 1)
		tally->retries += (long)record->try_count - 1;
}

static void
add_cause(struct tally *tally, const char *no_pump)
{
	const int len = (int)strcspn(no_pump, ":");
	struct tally_cause *cause;
	size_t i;

	for (i = 0; i < tally->cause_count; i++) {
		cause = &tally->causes[i];
		if (cause->len == len &&
		    memcmp(cause->name, no_pump, (size_t)len) == 0) {
			cause->jobs++;
			return;
		}
	}
	tally->causes = xrealloc(tally->causes, (tally->cause_count + 1) *
						sizeof *tally->causes);
	tally->causes[tally->cause_count++] =
		(struct tally_cause){ no_pump, len, 1 };
}

static void
add_time(struct tally *tally, const struct record *record)
{
	int64_t end = record->time_ms + record->total_us / 1000;

	if (tally->jobs == 0 || record->time_ms < tally->begin_ms)
		tally->begin_ms = record->time_ms;
	if (tally->jobs == 0 || end > tally->end_ms)
		tally->end_ms = end;
	tally->lost_us += record_lost_us(record);
	tally->wait_us += record->phase_us[RECORD_WAIT];
	tally->cpu_us += record->cpu_us;
	tally->child_cpu_us += record->child_cpu_us;
}

void
tally_add(struct tally *tally, const struct record *record)
{
	add_time(tally, record);
	add_tries(tally, record);
	tally->build = record->build;
	tally->jobs++;
	tally->verdicts[record->verdict]++;
	tally->ways[record->way]++;
	if (record->no_pump != NULL)
		add_cause(tally, record->no_pump);
	if (record->verdict == RECORD_IS_REMOTE)
		return;
	tally->reasons[record->reason]++;
	if (record->verdict == RECORD_IS_FAILED ||
	    reason_is_trouble(record->reason))
		tally->troubles++;
}

int64_t
tally_wall_ms(const struct tally *tally)
{
	return tally->end_ms - tally->begin_ms;
}

void
tally_clear(struct tally *tally)
{
	free(tally->hosts);
	free(tally->causes);
	*tally = (struct tally)TALLY_INIT;
}
