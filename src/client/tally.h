/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_TALLY_H
#define CLIENT_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "client/record.h"
#include "compiler/reason.h"

/* The jobs of a build, added up. */

struct tally_host {
	const char *name;	/* borrowed from a record */
	long outcomes[RECORD_OUTCOMES];	/* tries by what they came to */
	int64_t busy_us;	/* in tries, whatever they came to */
	int64_t sent, received;	/* bytes of jobs that were done there */
};

/* Jobs whose sources did not go, for one cause. */
struct tally_cause {
	const char *name;	/* the first word of a record's no_pump ... */
	int len;	/* ... has so many bytes */
	long jobs;
};

struct tally {
	const char *build;	/* borrowed from a record */
	long jobs;
	long verdicts[RECORD_VERDICTS];
	long ways[RECORD_WAYS];
	struct tally_cause *causes;	/* in the order of their first job */
	size_t cause_count;
	long reasons[REASON_COUNT];	/* of jobs that were not remote */
	long troubles;	/* of those, where the farm or we failed */
	long retries;	/* tries after the first of a job */
	int64_t lost_us;	/* in tries whose result was not used */
	int64_t wait_us;	/* for slots */
	int64_t begin_ms, end_ms;	/* since 1970 */
	int64_t cpu_us, child_cpu_us;
	struct tally_host *hosts;	/* in the order of their first try */
	size_t host_count;
};

#define TALLY_INIT { .build = NULL }

/* Adds a job; record must live as long as tally. */
void tally_add(struct tally *tally, const struct record *record);

/* Milliseconds from the first job's begin to the last one's end. */
int64_t tally_wall_ms(const struct tally *tally);

void tally_clear(struct tally *tally);

#endif
