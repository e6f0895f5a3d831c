/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/job.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/log.h"
#include "base/proc.h"
#include "client/attempt.h"
#include "client/command.h"
#include "client/exitcode.h"
#include "client/hostlist.h"
#include "client/local.h"
#include "client/note.h"
#include "client/record.h"
#include "client/settings.h"
#include "client/state.h"
#include "compiler/cmdline.h"
#include "farm/choose.h"
#include "farm/hosts.h"

enum job_state {
	JOB_TRY_HOST,
	JOB_NEXT_HOST,
	JOB_LOCAL,
	JOB_DONE
};

struct job {
	const struct settings *settings;
	const struct args *command;	/* as the user gave it */
	struct cmdline cmd;
	struct hosts hosts;
	struct choose_rules rules;
	struct choose_list list;
	struct choose_entry *entry;	/* the host of this try */
	struct slot slot;
	struct attempt attempt;
	struct record record;	/* for the journal */
	char *failed_host;	/* the last one that failed, or NULL */
	int on_localhost;	/* a slot of listed localhost is held */
	int pending_code;	/* to end with if this machine must not help */
	int exit_code;
};

/* Says why a job stays here, to those who want to know. */
static enum job_state
stay_local(struct job *job)
{
	const struct cmdline *cmd = &job->cmd;

	record_explain(&job->record, cmd->reason, cmd->culprit);
	log_info("compiling here: %s%s%s (%s)", reason_text(cmd->reason),
		 cmd->culprit != NULL ? ": " : "",
		 cmd->culprit != NULL ? cmd->culprit : "",
		 reason_name(cmd->reason));
	return JOB_LOCAL;
}

/* After failures of the farm: this machine, unless the user forbids it. */
static enum job_state
fall_back(struct job *job)
{
	const char *trouble = job->attempt.trouble.data;

	if (*trouble == '\0')
		trouble = job->list.count > 0 ?
				  "all hosts failed lately or are down" :
				  "there is no host";
	if (!job->settings->fallback) {
		log_error("failed to distribute and fallbacks are disabled: %s",
			  trouble);
		attempt_print(&job->attempt);
		job->exit_code = job->pending_code;
		return JOB_DONE;
	}
	if (job->failed_host != NULL)
		log_warn("failed to distribute %s to %s, "
			 "running locally instead: %s",
			 cmdline_input(&job->cmd), job->failed_host, trouble);
	else
		log_at(job->list.count > 0 ? LOG_WARNING : LOG_INFO,
		       "failed to distribute %s, running locally instead: %s",
		       cmdline_input(&job->cmd), trouble);
	return JOB_LOCAL;
}

/* There is nowhere to go, or no way to take turns. */
static enum job_state
have_no_farm(struct job *job, int listed)
{
	record_explain(&job->record,
		       listed < 0 ? REASON_NO_HOSTS : REASON_NO_LOCKS,
		       listed < 0 ? NULL : job->settings->dir);
	job->pending_code = EXIT_NO_HOSTS;
	return fall_back(job);
}

/* Whether the command keeps it here, and none of the hosts can help that. */
static int
must_stay(const struct job *job)
{
	return job->cmd.reason != REASON_NONE &&
	       !(job->cmd.needs_sources && hosts_any_cpp(&job->hosts));
}

static enum job_state
begin(struct job *job)
{
	const struct settings *settings = job->settings;
	int listed;

	command_parse(settings, job->command, &job->cmd);
	/* It also says how many jobs there may be here at once. */
	listed = hostlist_read(settings, &job->hosts);
	if (must_stay(job) && job->cmd.reason != REASON_NATIVE)
		return stay_local(job);
	state_open(settings->state_dir, cmdline_input(&job->cmd));
	hostlist_log_complaints(&job->hosts);
	if (listed < 0 || job->rules.lock_dir == NULL)
		return have_no_farm(job, listed);
	command_make_portable(settings, &job->cmd);
	if (must_stay(job))
		return stay_local(job);
	choose_list_fill(&job->list, &job->hosts, &job->rules);
	if (job->cmd.needs_sources && choose_keep_cpp(&job->list) == 0)
		return stay_local(job);
	job->attempt.record = &job->record;
	job->attempt.slot = &job->slot;
	attempt_init(&job->attempt, settings, &job->cmd, &job->rules,
		     job->hosts.local_cpp_slots);
	return JOB_TRY_HOST;
}

/* This machine failed, or found an error: nobody else is to blame. */
static enum job_state
help_ourselves(struct job *job)
{
	const char *trouble = job->attempt.trouble.data;

	record_explain(&job->record, job->attempt.reason, trouble);
	if (job->settings->fallback) {
		log_at(job->attempt.is_news ? LOG_WARNING : LOG_INFO,
		       "compiling %s here: %s", cmdline_input(&job->cmd),
		       trouble);
		return JOB_LOCAL;
	}
	attempt_print(&job->attempt);
	if (*trouble != '\0')
		log_error("%s", trouble);
	job->exit_code = job->attempt.exit_code;
	return JOB_DONE;
}

static enum job_state
repeat_here(struct job *job, enum reason reason)
{
	struct buf quote = BUF_INIT;

	attempt_quote(&job->attempt, &quote);
	record_end_try(&job->record, RECORD_TRY_REPEATED);
	record_explain(&job->record, reason, quote.data);
	log_info("compiling %s here too, for its messages: %s",
		 cmdline_input(&job->cmd), quote.data);
	buf_clear(&quote);
	return JOB_LOCAL;
}

/* The compiler has spoken; who says it to the user? */
static enum job_state
judge(struct job *job)
{
	const struct settings *settings = job->settings;
	const struct host *host = job->entry->host;
	int code = proc_exit_code((int)job->attempt.result.status);
	int silent = attempt_is_silent(&job->attempt);

	if (code == 0)
		log_info("compile %s on %s completed ok",
			 cmdline_input(&job->cmd), host->word);
	else
		log_info("compile %s on %s failed with exit code %d",
			 cmdline_input(&job->cmd), host->word, code);
	job->pending_code = code;
	/*
	 * A server has no sources to quote in its messages, and sees macros
	 * expanded. Whatever it says is said again by the compiler here, which
	 * says it exactly.
	 */
	if ((code != 0 || (!silent && settings->local_diagnostics)) &&
	    !settings->skip_local_retry && settings->fallback) {
		return repeat_here(job, code != 0 ? REASON_ERRORS :
						    REASON_DIAGNOSTICS);
	}
	if (code == 0 && attempt_commit(&job->attempt) < 0) {
		record_end_try(&job->record, RECORD_TRY_OURS);
		return help_ourselves(job);
	}
	record_end_try(&job->record, RECORD_TRY_OK);
	record_explain(&job->record, REASON_NONE, NULL);
	job->record.verdict = RECORD_IS_REMOTE;
	job->record.way = job->attempt.way;
	attempt_print(&job->attempt);
	job->exit_code = code;
	return JOB_DONE;
}

/* The farm shall know how the host did, so that others go there, or do not. */
static void
tell_farm(struct job *job, enum choose_news news)
{
	if (choose_tell(job->entry, &job->rules, news) < 0)
		log_info_r(ERR_SYS, "cannot mark %s as failed",
			   job->entry->host->word);
}

/* error is an errno, or 0 if there is no host left to take a slot of. */
static enum job_state
no_slot(struct job *job, int error)
{
	errno = error;
	if (error != 0) {
		record_explain(&job->record, REASON_NO_LOCKS,
			       job->rules.lock_dir);
		log_warn_r(ERR_SYS, "compiling %s here: cannot lock a slot "
			   "in %s", cmdline_input(&job->cmd),
			   job->rules.lock_dir);
		job->exit_code = EXIT_IO_ERROR;
		return job->settings->fallback ? JOB_LOCAL : JOB_DONE;
	}
	if (job->failed_host == NULL) {
		record_explain(&job->record, REASON_HOSTS_AVOIDED, NULL);
		job->pending_code = EXIT_NO_HOSTS;
	}
	return fall_back(job);
}

/* It is not the command, but what a try of it found. */
static enum job_state
stay_after_all(struct job *job)
{
	struct cmdline *cmd = &job->cmd;

	if (cmd->reason != job->attempt.reason) {
		cmd->reason = job->attempt.reason;
		free(cmd->culprit);
		cmd->culprit = NULL;
	}
	return stay_local(job);
}

static enum job_state
try_host(struct job *job)
{
	/* A host that refuses one job, or is busy, is well for others. */
	static const enum choose_news news[] = {
		[ATTEMPT_VERDICT] = CHOOSE_WELL,
		[ATTEMPT_FARM_FAILED] = CHOOSE_FAILED,
		[ATTEMPT_UNREACHED] = CHOOSE_NO_NEWS,
		[ATTEMPT_REFUSED] = CHOOSE_WELL,
		[ATTEMPT_BUSY] = CHOOSE_WELL,
		[ATTEMPT_STAYS] = CHOOSE_NO_NEWS,
		[ATTEMPT_OURS] = CHOOSE_NO_NEWS,
	};
	enum attempt_outcome outcome;

	state_set_phase(STATE_BLOCKED);
	record_enter(&job->record, RECORD_WAIT);
	job->entry = choose_host(&job->list, &job->rules, &job->slot);
	if (job->entry == NULL)
		return no_slot(job, errno);
	record_enter(&job->record, RECORD_OWN);
	state_set_host(job->entry->host->name, job->slot.number);
	if (job->entry->host->kind == HOST_LOCAL) {
		job->on_localhost = 1;
		/* Behind a host that failed, that one is the reason. */
		if (job->failed_host == NULL)
			record_explain(&job->record, REASON_LOCALHOST,
				       job->entry->host->word);
		return JOB_LOCAL;
	}
	outcome = attempt_run(&job->attempt, job->entry->host);
	tell_farm(job, news[outcome]);
	switch (outcome) {
	case ATTEMPT_VERDICT:
		return judge(job);
	case ATTEMPT_FARM_FAILED:
		record_end_try(&job->record, RECORD_TRY_FAILED);
		return JOB_NEXT_HOST;
	case ATTEMPT_UNREACHED:
		record_end_try(&job->record, RECORD_TRY_OURS);
		return JOB_NEXT_HOST;
	case ATTEMPT_REFUSED:
		record_end_try(&job->record, RECORD_TRY_REFUSED);
		return JOB_NEXT_HOST;
	case ATTEMPT_BUSY:
		record_end_try(&job->record, RECORD_TRY_BUSY);
		return JOB_NEXT_HOST;
	case ATTEMPT_STAYS:
		record_end_try(&job->record, RECORD_TRY_REPEATED);
		return stay_after_all(job);
	case ATTEMPT_OURS:
		record_end_try(&job->record, RECORD_TRY_OURS);
		break;
	}
	return help_ourselves(job);
}

/*
 * Of several hosts, the worst news is the reason: one that failed, then one
 * that would do the job at another time, then one that never does it.
 */
static enum reason
worse_reason(enum reason before, enum reason now)
{
	if (before == REASON_HOSTS_FAILED ||
	    (before == REASON_BUSY && now != REASON_HOSTS_FAILED))
		return before;
	return now;
}

static enum job_state
next_host(struct job *job)
{
	enum reason reason = worse_reason(job->record.reason,
					  job->attempt.reason);

	log_info("%s: %s", job->entry->host->word,
		 job->attempt.trouble.data);
	if (reason == job->attempt.reason)
		record_explain(&job->record, reason,
			       job->attempt.trouble.data);
	choose_drop(&job->list, job->entry);
	job->pending_code = job->attempt.exit_code;
	free(job->failed_host);
	job->failed_host = xstrdup(job->entry->host->word);
	return JOB_TRY_HOST;
}

/* Who writes to the input of this job may wait for a slot in his turn. */
static int
reads_pipe(const struct args *command)
{
	size_t i;

	for (i = 1; i < command->count; i++) {
		const char *word = command->v[i];

		if (strcmp(command->v[i - 1], "-o") != 0 &&
		    (strcmp(word, "-") == 0 ||
		     strcmp(word, "/dev/stdin") == 0 ||
		     strncmp(word, "/dev/fd/", 8) == 0))
			return 1;
	}
	return 0;
}

/* Without a lock directory there is nobody to wait for. */
static void
take_local_slot(struct job *job, struct slot *slot)
{
	int count = job->cmd.reason == REASON_PREPROCESS ?
			    job->hosts.local_cpp_slots :
			    job->hosts.local_slots;

	if (job->rules.lock_dir != NULL && !reads_pipe(job->command) &&
	    choose_local(&job->rules, count, slot) < 0)
		log_info_r(ERR_SYS, "cannot lock a slot in %s",
			   job->rules.lock_dir);
}

static enum job_state
run_here(struct job *job)
{
	struct slot slot = SLOT_INIT;
	int status, r;

	attempt_discard(&job->attempt);
	if (!job->on_localhost) {
		slot_release(&job->slot);
		state_set_phase(STATE_BLOCKED);
		record_enter(&job->record, RECORD_WAIT);
		take_local_slot(job, &slot);
		state_set_host("localhost", slot.number);
	}
	state_set_phase(STATE_COMPILE);
	record_enter(&job->record, RECORD_LOCAL);
	r = local_run(job->settings, job->command,
		      job->on_localhost ? &job->slot : &slot, &status);
	record_enter(&job->record, RECORD_OWN);
	if (r < 0)
		log_error_r(r, "failed to exec %s", job->command->v[0]);
	else
		job->record.verdict = RECORD_IS_LOCAL;
	job->exit_code = r < 0 ? EXIT_NO_COMPILER : proc_exit_code(status);
	if (job->record.reason == REASON_ERRORS && job->exit_code == 0) {
		job->record.reason = REASON_DISAGREEMENT;
		attempt_blame_plan(&job->attempt);
	}
	slot_release(&slot);
	return JOB_DONE;
}

/* In a wait for a slot, be it for one of another kind while one is held. */
static void
pass_time(void *arg)
{
	struct job *job = arg;

	state_refresh();
	slot_settle(&job->slot);
}

static void
run_states(struct job *job)
{
	enum job_state state = begin(job);

	while (state != JOB_DONE) {
		switch (state) {
		case JOB_TRY_HOST:
			state = try_host(job);
			break;
		case JOB_NEXT_HOST:
			slot_release(&job->slot);
			state = next_host(job);
			break;
		case JOB_LOCAL:
			state = run_here(job);
			break;
		case JOB_DONE:
			break;
		}
	}
}

int
job_run(const struct settings *settings, const struct args *command)
{
	struct job job = {
		.settings = settings,
		.command = command,
		.cmd = CMDLINE_INIT,
		.hosts = HOSTS_INIT,
		.rules = { settings->lock_dir, settings->pause_ms,
			   settings->backoff_period, pass_time, &job },
		.list = CHOOSE_LIST_INIT,
		.slot = SLOT_INIT,
		.attempt = ATTEMPT_INIT,
		.record = RECORD_INIT,
		.exit_code = EXIT_GENERAL,
	};

	record_start(&job.record);
	run_states(&job);
	slot_release(&job.slot);
	record_finish(&job.record, job.exit_code);
	note_job(settings, command, &job.cmd, &job.record);
	attempt_clear(&job.attempt);
	choose_list_clear(&job.list);
	hosts_clear(&job.hosts);
	cmdline_clear(&job.cmd);
	record_clear(&job.record);
	free(job.failed_host);
	state_close();
	return job.exit_code;
}
