/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_ATTEMPT_H
#define CLIENT_ATTEMPT_H

#include "base/buf.h"
#include "base/tmp.h"
#include "client/pump.h"
#include "client/record.h"
#include "compiler/probe.h"
#include "compiler/reason.h"
#include "farm/remote.h"

struct choose_rules;
struct cmdline;
struct host;
struct settings;
struct slot;

/* How a try on a host ended. */
enum attempt_outcome {
	ATTEMPT_VERDICT,	/* the compiler ran and judged */
	ATTEMPT_FARM_FAILED,	/* the host is to blame, and to be avoided */
	ATTEMPT_UNREACHED,	/* this machine has no way to the host */
	ATTEMPT_REFUSED,	/* this host does not do this job */
	ATTEMPT_BUSY,		/* this host has no room for it now */
	ATTEMPT_STAYS,	/* the source must be compiled here: reason */
	ATTEMPT_OURS	/* this machine failed, or must look itself */
};

/*
 * What the tries of one job share: the preprocessed source is made once, and
 * the outputs wait beside their targets until all of them are there.
 */
struct attempt {
	const struct settings *settings;
	const struct cmdline *cmd;
	const struct choose_rules *rules;
	int cpp_slots;
	struct probe probe;	/* the compiler, to be asked */
	int64_t deadline;	/* for a try (clock.h); 0: none */
	int opened;	/* outputs are */
	int ready;	/* the source is preprocessed too */
	struct pump pump;	/* or these go: the sources themselves */
	enum {
		ATTEMPT_NOT_ASKED,	/* whether there is a plan */
		ATTEMPT_HAS_PLAN,
		ATTEMPT_NO_PLAN	/* why: in the record */
	} plan;
	enum record_way way;	/* of the last trip */
	/* the server's compiler read what the one here would have read */
	int is_exact;
	int macros_wait;	/* the source has them still (directives.h) */
	int source_fd;
	int cpp_stderr_fd;
	struct tmp_file object;
	struct tmp_file depfile;
	struct remote_result result;
	struct record *record;	/* of the job; borrowed */
	struct slot *slot;	/* in which it runs; borrowed; or NULL */
	enum reason reason;	/* why it was not done there */
	struct buf trouble;	/* why the last try failed, for people ... */
	int is_news;	/* ... who would not hear of it otherwise */
	int exit_code;	/* ... and as an exit code */
};

#define ATTEMPT_INIT { .probe = PROBE_INIT, .pump = PUMP_INIT, \
	.source_fd = -1, \
	.cpp_stderr_fd = -1, .object = TMP_FILE_INIT, \
	.depfile = TMP_FILE_INIT, \
	.result = REMOTE_RESULT_INIT, .trouble = BUF_INIT }

/*
 * Readies attempt, which is ATTEMPT_INIT, for cmd; what it is given is
 * borrowed. At most cpp_slots preprocessors run here at once.
 */
void attempt_init(struct attempt *attempt, const struct settings *settings,
		  const struct cmdline *cmd, const struct choose_rules *rules,
		  int cpp_slots);

/* One try on host, of which the caller holds a slot. */
enum attempt_outcome attempt_run(struct attempt *attempt,
				 const struct host *host);

/*
 * Notes that this machine failed with r (err.h) at doing what to name; it is
 * ATTEMPT_OURS then.
 */
enum attempt_outcome attempt_ours(struct attempt *attempt, int r,
				  const char *what, const char *name);

/* Appends the line of what the server said that says best what is the matter:
 * an error, a warning, or the first. Nothing if it said nothing. */
void attempt_quote(const struct attempt *attempt, struct buf *out);

/* Whether neither preprocessor nor compiler said anything that needs this
 * machine's compiler to say it right. */
int attempt_is_silent(const struct attempt *attempt);

/* Puts all outputs at their places. Returns 0 or ERR_SYS. */
int attempt_commit(struct attempt *attempt);

/* Prints what preprocessor and compiler said. */
void attempt_print(const struct attempt *attempt);

/* Forgets what came back; outputs that are not at their places vanish. */
void attempt_discard(struct attempt *attempt);

/*
 * What failed with its sources elsewhere was right here: whoever said which
 * files it needs shall know, if it went with its sources the last time.
 */
void attempt_blame_plan(struct attempt *attempt);

/* Forgets all. */
void attempt_clear(struct attempt *attempt);

#endif
