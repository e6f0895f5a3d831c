/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_JOB_H
#define DAEMON_JOB_H

#include <stddef.h>
#include <stdint.h>

#include "base/args.h"
#include "daemon/board.h"
#include "daemon/jobdir.h"
#include "daemon/policy.h"
#include "daemon/pump.h"
#include "wire/conn.h"

struct serve;

/* One client's job, and the ways in which it can end. */
struct job {
	struct serve *serve;
	struct conn conn;
	unsigned version;
	struct args args;
	struct verdict verdict;
	struct jobdir dir;
	struct pump pump;	/* of version 3 */
	struct board_job *log;	/* in the slot: what became of it */
	int ret;		/* an EXITCODE_*, for the log */
	size_t stray;		/* bytes that came when none were due */
};

/* How long to listen to a client that is not served. */
#define JOB_LONG_DRAIN_MS 10000

/* What the summary line is to say. */
void job_end(struct job *job, enum outcome outcome, int ret);

/* The same for one that is not served. */
void job_end_refused(struct job *job, enum refusal refusal);

/*
 * Reads and drops what a client still sends that will not be served, at most
 * max bytes for ms milliseconds, so that it gets to read the answer.
 */
void job_drain(struct job *job, uint64_t max, int ms);

/*
 * The request or the way to the client broke with r (err.h), so that no
 * answer is due: logs that the daemon cannot do what. Returns r.
 */
int job_fail_conn(struct job *job, int r, const char *what);

/*
 * Answers without a compile: status, and text as the compiler's messages.
 * Returns what reply_send_text does.
 */
int job_answer(struct job *job, uint32_t status, const char *text);

/* How a job ends that this daemon could not do, or not to its end. */
struct failure {
	int level;
	enum outcome outcome;
	int exitcode;
	uint32_t status;
	enum refusal refusal;
};

extern const struct failure job_trouble_here;
extern const struct failure job_no_process;
extern const struct failure job_no_compiler;
extern const struct failure job_bad_source;
extern const struct failure job_too_big;
extern const struct failure job_no_memory;
extern const struct failure job_no_disk;
extern const struct failure job_stopping;
extern const struct failure job_too_long;

/*
 * Tells log and client why; the client may try another host. Returns
 * ERR_SYS.
 */
int job_fail(struct job *job, const struct failure *failure,
	     const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/*
 * The same by an errno of this machine's, while the rest of the request may
 * still be on its way. Returns ERR_SYS.
 */
int job_fail_early(struct job *job, const char *what);

#endif
