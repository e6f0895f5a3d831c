/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_RECORD_H
#define CLIENT_RECORD_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "compiler/reason.h"

/*
 * What became of one job: filled in while it runs, written to the journal as
 * one line, and read back from there. Times are in microseconds.
 */

/* No line is longer, its end included. */
#define RECORD_MAX 16384

/* What the time of a job went into. */
enum record_phase {
	RECORD_OWN,		/* deciding, reading settings, renaming */
	RECORD_WAIT,		/* for a slot, anywhere */
	RECORD_PREPROCESS,
	RECORD_CONNECT,
	RECORD_SEND,
	RECORD_COMPILE,		/* waiting for the remote compiler */
	RECORD_RECEIVE,
	RECORD_LOCAL,		/* the compiler ran here */
	RECORD_PHASES
};

/* The exit status of a job whose end is not known. */
#define RECORD_NO_STATUS (-1)

enum record_verdict {
	RECORD_IS_FAILED,	/* no compiler did it; distcc ended by itself */
	RECORD_IS_LOCAL,
	RECORD_IS_REMOTE,
	RECORD_VERDICTS
};

/* What a try on a host came to. */
enum record_outcome {
	RECORD_TRY_OPEN,	/* it goes on, or was broken off */
	RECORD_TRY_OK,		/* its result is the job's */
	RECORD_TRY_REPEATED,	/* it had a result, but this machine's counts */
	RECORD_TRY_FAILED,	/* the host is to blame */
	RECORD_TRY_REFUSED,	/* the host does not do the job */
	RECORD_TRY_BUSY,	/* the host has no room for it now */
	RECORD_TRY_OURS,	/* this machine failed in the middle of it */
	RECORD_OUTCOMES
};

/* How the source went to where it was compiled. */
enum record_way {
	RECORD_WAY_LOCAL,	/* it did not */
	RECORD_WAY_CPP,		/* preprocessed here */
	RECORD_WAY_PUMP,	/* with all that it includes */
	RECORD_WAYS
};

struct record_try {
	char *host;	/* as it stands in the host list */
	char *job;	/* what the server's log calls it; NULL: not known */
	enum record_outcome outcome;
	int64_t us;
};

/* Strings are owned by the struct; each may be NULL: it is not known. */
struct record {
	int64_t time_ms;	/* since 1970, when the job began */
	int64_t total_us;
	int64_t phase_us[RECORD_PHASES];
	enum record_verdict verdict;
	int64_t status;		/* distcc's, or RECORD_NO_STATUS */
	enum reason reason;
	enum record_way way;
	int64_t sent, received;	/* bytes */
	int64_t cpu_us;		/* of this process */
	int64_t child_cpu_us;	/* of preprocessor and compiler here */
	struct record_try *tries;
	size_t try_count;
	char *build;		/* jobs of one build have the same */
	char *compiler;
	char *culprit;		/* what the reason is about */
	/* a host took sources, but for this they did not go: "NAME: WHAT" */
	char *no_pump;
	char *file;		/* as given; the first of several */
	char *output;		/* as given or by default */
	char *cwd;
	char *id;		/* no other job has it */

	/* only while the job runs */
	enum record_phase phase;
	int64_t start_us, phase_start_us, try_start_us;
};

#define RECORD_INIT { .reason = REASON_NONE }

/* Starts the clocks, and gives the job its name. */
void record_start(struct record *record);

/* From now on the time goes into phase. */
void record_enter(struct record *record, enum record_phase phase);

/* A try on host begins, or goes on if one is open. */
void record_begin_try(struct record *record, const char *host);

/*
 * The open try, if there is one, is in the server's log by the name of job:
 * our end of the connection, the last one if there are several.
 */
void record_name_try(struct record *record, const char *job);

/* Appends a try on host, which is open. Borrowed; good until the next one. */
struct record_try *record_add_try(struct record *record, const char *host);

/* The open try, if there is one, came to outcome. */
void record_end_try(struct record *record, enum record_outcome outcome);

/* Why the job is, or will be, done here; culprit may be NULL. */
void record_explain(struct record *record, enum reason reason,
		    const char *culprit);

/* Stops the clocks, and takes down what processor time was used. */
void record_finish(struct record *record, int status);

/* Appends the record as a line with its end, at most RECORD_MAX bytes. */
void record_write(const struct record *record, struct buf *line);

/*
 * Reads a line without its end, which it cuts to pieces, into a fresh or
 * cleared record. What it does not know it passes over. Returns 0 or
 * ERR_SYNTAX: the line is torn.
 */
int record_read(struct record *record, char *line);

/* Frees all; the record is then as RECORD_INIT. */
void record_clear(struct record *record);

/* Microseconds spent in tries whose result was not used. */
int64_t record_lost_us(const struct record *record);

/* "wait", "remote", "refused": as they stand in the journal. Borrowed. */
const char *record_phase_name(enum record_phase phase);
const char *record_verdict_name(enum record_verdict verdict);
const char *record_outcome_name(enum record_outcome outcome);
const char *record_way_name(enum record_way way);

#endif
