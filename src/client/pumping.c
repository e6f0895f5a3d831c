/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/pumping.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/args.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/log.h"
#include "base/proc.h"
#include "client/output.h"
#include "client/record.h"
#include "client/rewrap.h"
#include "client/state.h"
#include "client/trip.h"
#include "client/verdict.h"
#include "client/way.h"
#include "compiler/cmdline.h"
#include "compiler/rewrite.h"
#include "farm/choose.h"
#include "farm/hosts.h"
#include "farm/unlike.h"
#include "wire/reply.h"
#include "wire/version.h"

/* The sources do not go, or not any more: for why, which is emptied. */
static void
give_up(struct attempt *attempt, struct buf *why)
{
	log_info("%s is preprocessed here: %s", cmdline_input(attempt->cmd),
		 why->data);
	attempt->plan = ATTEMPT_NO_PLAN;
	free(attempt->record->no_pump);
	attempt->record->no_pump = buf_steal(why);
}

/* Whether the files are known, and sending them is worth it; or says why. */
static int
ask(struct attempt *attempt, struct buf *why)
{
	const struct cmdline *cmd = attempt->cmd;
	struct pump *pump = &attempt->pump;
	int r;

	if (!way_is_open(attempt->settings, cmd, why))
		return 0;
	r = pump_ask(pump, attempt->settings, cmd);
	if (r == ERR_DENIED && pump->plan.refusal != NULL)
		buf_addf(why, "%s: %s", pump->plan.refusal,
			 pump->plan.culprit.data);
	else if (r < 0)
		buf_addf(why, "agent: %s", pump->trouble.data);
	if (r < 0 || !way_is_served(cmd, pump->cwd, why))
		return 0;
	/* What cannot be preprocessed here has no other way. */
	return cmd->needs_sources || way_is_cheap(&pump->plan, why);
}

/* Whether it is known that its own headers are not those of here. */
static int
is_unlike(const struct attempt *attempt, const struct host *host)
{
	const char *dir = attempt->rules->lock_dir;
	char *lock_name = hosts_lock_name(host);
	int is = dir != NULL && unlike_is_marked(dir, lock_name);

	free(lock_name);
	return is;
}

int
pumping_has_plan(struct attempt *attempt, const struct host *host)
{
	struct buf why = BUF_INIT;

	if (attempt->plan == ATTEMPT_NOT_ASKED && is_unlike(attempt, host)) {
		buf_addf(&why, "host_headers: %s", host->word);
		give_up(attempt, &why);
	}
	if (attempt->plan != ATTEMPT_NOT_ASKED)
		return attempt->plan == ATTEMPT_HAS_PLAN;
	state_set_phase(STATE_PREPROCESS);
	record_enter(attempt->record, RECORD_PREPROCESS);
	attempt->plan = ATTEMPT_HAS_PLAN;
	if (!ask(attempt, &why))
		give_up(attempt, &why);
	record_enter(attempt->record, RECORD_OWN);
	buf_clear(&why);
	return attempt->plan == ATTEMPT_HAS_PLAN;
}

static int
send_sources(struct attempt *attempt, const struct host *host)
{
	struct args args = ARGS_INIT;
	struct remote_job job = {
		.args = &args,
		.cwd = attempt->pump.cwd,
		.entries = attempt->pump.entries,
		.entry_count = attempt->pump.plan.count,
		.version = VERSION_PUMP,
	};
	int r, saved;

	attempt->way = RECORD_WAY_PUMP;
	trip_make_command(attempt, rewrite_to_pump, &args);
	r = trip_make(attempt, host, &job);
	saved = errno;
	args_clear(&args);
	errno = saved;
	return r;
}

/*
 * Whether a failure can come of the way that the job went, and not of the
 * host: servers of distcc 3.x close on whatever they do not like, a forbidden
 * word or a file that they could not write.
 */
static int
is_about_sources(const struct attempt *attempt, int r, int error)
{
	enum remote_phase phase = attempt->result.phase;

	return phase != REMOTE_CONNECT && r != ERR_TIMEOUT &&
	       remote_fault(r, error, phase) == REMOTE_FAULT_HOST;
}

static enum attempt_outcome
turn_to_cpp(struct attempt *attempt, enum record_outcome outcome,
	    struct buf *why)
{
	record_end_try(attempt->record, outcome);
	give_up(attempt, why);
	return ATTEMPT_STAYS;
}

static enum attempt_outcome
fail(struct attempt *attempt, const struct host *host, int r)
{
	const int error = errno;
	struct buf why = BUF_INIT;
	enum attempt_outcome outcome;

	if (r < 0)
		outcome = verdict_of_error(attempt, host, r);
	else
		outcome = verdict_of_fault(attempt, host);
	if (r < 0 ? !is_about_sources(attempt, r, error) :
		    proc_exit_code((int)attempt->result.status) !=
			    REPLY_REFUSED)
		return outcome;
	buf_addf(&why, "host: %s", attempt->trouble.data);
	return turn_to_cpp(attempt, RECORD_TRY_REFUSED, &why);
}

static void
mark_unlike(const struct attempt *attempt, const struct host *host,
	    enum unlike_sign sign)
{
	const char *dir = attempt->rules->lock_dir;
	char *lock_name = hosts_lock_name(host);

	if (dir != NULL && unlike_mark(dir, lock_name, sign) < 0)
		log_info_r(ERR_SYS, "cannot mark %s for its headers",
			   host->word);
	free(lock_name);
}

/*
 * The compiler there read other files: whatever it made of them is dropped.
 * If only what the files contain that were not sent is another thing there,
 * it is so for every job. Else the plan was wrong; but who finds more than one
 * wrong will have other headers, which include others.
 */
static enum attempt_outcome
disagree(struct attempt *attempt, const struct host *host)
{
	const struct seen *seen = &attempt->result.seen;
	const struct agent_plan *plan = &attempt->pump.plan;
	const char *paths = seen->is_all ? plan->all_paths : plan->user_paths;
	struct buf why = BUF_INIT;

	if (strcmp(seen->paths, paths) == 0) {
		mark_unlike(attempt, host, UNLIKE_SURE);
		buf_addf(&why, "host_headers: %s", host->word);
	} else {
		mark_unlike(attempt, host, UNLIKE_SUSPECT);
		pump_distrust(&attempt->pump, attempt->settings,
			      attempt->cmd);
		buf_addf(&why, "mismatch: %s", host->word);
	}
	return turn_to_cpp(attempt, RECORD_TRY_REPEATED, &why);
}

enum attempt_outcome
pumping_run(struct attempt *attempt, const struct host *host)
{
	const struct remote_result *result = &attempt->result;
	enum attempt_outcome outcome = output_open(attempt);
	int is_checked, r;

	if (outcome != ATTEMPT_VERDICT)
		return outcome;
	r = send_sources(attempt, host);
	if (r < 0 || reply_is_fault(result->status))
		return fail(attempt, host, r);
	/* An include server of distcc 3.x knows of no digests. */
	is_checked = result->has_seen &&
		     attempt->pump.plan.all_paths[0] != '\0';
	if (is_checked && !pump_agrees(&attempt->pump, &result->seen))
		return disagree(attempt, host);
	attempt->is_exact = is_checked;
	if (result->status == 0 && !result->has_seen &&
	    attempt->depfile.fd >= 0 &&
	    rewrap_deps(attempt->cmd, attempt->depfile.fd) < 0)
		return attempt_ours(attempt, ERR_SYS, "cannot write",
				    attempt->cmd->depfile);
	return verdict_of_object(attempt, host);
}
