/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/record.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/clock.h"

static const char *const phases[RECORD_PHASES] = {
	[RECORD_OWN] = "own",
	[RECORD_WAIT] = "wait",
	[RECORD_PREPROCESS] = "preprocess",
	[RECORD_CONNECT] = "connect",
	[RECORD_SEND] = "send",
	[RECORD_COMPILE] = "compile",
	[RECORD_RECEIVE] = "receive",
	[RECORD_LOCAL] = "local",
};

static const char *const verdicts[RECORD_VERDICTS] = {
	[RECORD_IS_FAILED] = "failed",
	[RECORD_IS_LOCAL] = "local",
	[RECORD_IS_REMOTE] = "remote",
};

static const char *const outcomes[RECORD_OUTCOMES] = {
	[RECORD_TRY_OPEN] = "open",
	[RECORD_TRY_OK] = "ok",
	[RECORD_TRY_REPEATED] = "repeated",
	[RECORD_TRY_FAILED] = "failed",
	[RECORD_TRY_REFUSED] = "refused",
	[RECORD_TRY_BUSY] = "busy",
	[RECORD_TRY_OURS] = "ours",
};

static const char *const ways[RECORD_WAYS] = {
	[RECORD_WAY_LOCAL] = "local",
	[RECORD_WAY_CPP] = "cpp",
	[RECORD_WAY_PUMP] = "pump",
};

const char *
record_phase_name(enum record_phase phase)
{
	return phases[phase];
}

const char *
record_verdict_name(enum record_verdict verdict)
{
	return verdicts[verdict];
}

const char *
record_outcome_name(enum record_outcome outcome)
{
	return outcomes[outcome];
}

const char *
record_way_name(enum record_way way)
{
	return ways[way];
}

void
record_start(struct record *record)
{
	struct buf id = BUF_INIT;
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	record->time_ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
	record->start_us = clock_us();
	record->phase_start_us = record->start_us;
	record->phase = RECORD_OWN;
	buf_addf(&id, "%llx-%lx", (unsigned long long)record->time_ms,
		 (unsigned long)getpid());
	free(record->id);
	record->id = buf_steal(&id);
}

void
record_enter(struct record *record, enum record_phase phase)
{
	int64_t now = clock_us();

	record->phase_us[record->phase] += now - record->phase_start_us;
	record->phase_start_us = now;
	record->phase = phase;
}

static struct record_try *
open_try(struct record *record)
{
	struct record_try *last;

	if (record->try_count == 0)
		return NULL;
	last = &record->tries[record->try_count - 1];
	return last->outcome == RECORD_TRY_OPEN ? last : NULL;
}

struct record_try *
record_add_try(struct record *record, const char *host)
{
	struct record_try *try;

	record->tries = xrealloc(record->tries, (record->try_count + 1) *
						sizeof *record->tries);
	try = &record->tries[record->try_count++];
	try->host = xstrdup(host);
	try->job = NULL;
	try->outcome = RECORD_TRY_OPEN;
	try->us = 0;
	return try;
}

void
record_begin_try(struct record *record, const char *host)
{
	if (open_try(record) != NULL)
		return;
	(void)record_add_try(record, host);
	record->try_start_us = clock_us();
}

void
record_name_try(struct record *record, const char *job)
{
	struct record_try *try = open_try(record);

	if (try == NULL || *job == '\0')
		return;
	free(try->job);
	try->job = xstrdup(job);
}

void
record_end_try(struct record *record, enum record_outcome outcome)
{
	struct record_try *try = open_try(record);

	record_enter(record, RECORD_OWN);
	if (try == NULL)
		return;
	try->us = record->phase_start_us - record->try_start_us;
	try->outcome = outcome;
}

void
record_explain(struct record *record, enum reason reason, const char *culprit)
{
	char *copy = culprit == NULL || *culprit == '\0' ? NULL :
							    xstrdup(culprit);

	free(record->culprit);
	record->culprit = copy;
	record->reason = reason;
}

static int64_t
cpu_us(int who)
{
	struct rusage usage;

	if (getrusage(who, &usage) < 0)
		return 0;
	return ((int64_t)usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) *
		       1000000 +
	       usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

void
record_finish(struct record *record, int status)
{
	record_enter(record, RECORD_OWN);
	record->total_us = record->phase_start_us - record->start_us;
	record->status = status;
	record->cpu_us = cpu_us(RUSAGE_SELF);
	record->child_cpu_us = cpu_us(RUSAGE_CHILDREN);
}

void
record_clear(struct record *record)
{
	size_t i;

	for (i = 0; i < record->try_count; i++) {
		free(record->tries[i].host);
		free(record->tries[i].job);
	}
	free(record->tries);
	free(record->build);
	free(record->compiler);
	free(record->culprit);
	free(record->no_pump);
	free(record->file);
	free(record->output);
	free(record->cwd);
	free(record->id);
	*record = (struct record)RECORD_INIT;
}

int64_t
record_lost_us(const struct record *record)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < record->try_count; i++) {
		if (record->tries[i].outcome != RECORD_TRY_OK)
			sum += record->tries[i].us;
	}
	return sum;
}
