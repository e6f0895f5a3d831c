/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LOAD_TALLY_H
#define LOAD_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "job.h"

/* What one address had. */
struct source {
	struct in_addr addr;
	long started;
	long endings[ENDING_COUNT];
	int64_t longest_us;
	/* The most jobs of others that ended while one of these ran. */
	long overtaken;
};

struct tally {
	struct source *sources;
	int count;
	int64_t start_us, end_us;
	int64_t *times_us;	/* of the jobs that went well */
	size_t times, room;
	long started, ended;
};

/* Begins a count for addresses from first on. */
void tally_init(struct tally *tally, struct in_addr first, int count);

/* A job of source has ended; before is what tally's ended was at its start. */
void tally_add(struct tally *tally, struct source *source,
	       const struct job *job, long before);

/* Ends the count and prints it. */
void tally_print(struct tally *tally, int as_json);

/* How many jobs of all ended so. */
long tally_ending(const struct tally *tally, enum ending ending);

void tally_clear(struct tally *tally);

#endif
