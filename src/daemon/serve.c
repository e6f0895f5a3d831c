/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/serve.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/search.h"
#include "compiler/lang.h"
#include "compiler/rewrite.h"
#include "daemon/exitcode.h"
#include "daemon/board.h"
#include "daemon/job.h"
#include "daemon/joblog.h"
#include "daemon/machine.h"
#include "daemon/options.h"
#include "daemon/rebuild.h"
#include "daemon/result.h"
#include "daemon/run.h"
#include "daemon/settings.h"
#include "daemon/turn.h"
#include "daemon/workdir.h"
#include "wire/limits.h"
#include "wire/reply.h"
#include "wire/request.h"
#include "wire/tree.h"
#include "wire/version.h"

/* How long the first token, and then the rest of the head, may take. */
#define FIRST_MS 10000
#define HEAD_MS 10000

static int
read_head(struct job *job)
{
	int r;

	job->conn.deadline = clock_after(FIRST_MS);
	r = request_read_version(&job->conn, &job->version);
	/* Of other versions, nobody can know what an answer looks like. */
	if (r == ERR_VERSION)
		return job_fail_conn(job, r, "serve it");
	if (r < 0)
		return job_fail_conn(job, r, "read the start of its request");
	job->conn.deadline = clock_after(HEAD_MS);
	if (job->version == VERSION_PUMP)
		r = tree_read_cwd(&job->conn, &job->pump.cwd);
	if (r < 0)
		return job_fail_conn(job, r, "read its directory");
	r = request_read_args(&job->conn, &job->args);
	if (r < 0)
		return job_fail_conn(job, r, "read its command");
	job->conn.deadline = clock_after(LIMIT_BODY_MS);
	board_set_text(job->log->compiler, sizeof job->log->compiler,
		       job->args.v[0]);
	return 0;
}

/* A client reads no answer before it has sent everything. */
static int
read_and_drop(struct job *job)
{
	int r = job->version == VERSION_PUMP ?
			rebuild_nothing(&job->conn) :
			request_read_source(&job->conn, job->version, -1);

	return r < 0 ? job_fail_conn(job, r, "read its source") : 0;
}

static int
refuse(struct job *job)
{
	int r;

	log_warn("%s: refused: %s", job->log->peer,
		 job->verdict.refusal.data);
	job_end_refused(job, job->verdict.program == NULL ?
			REFUSAL_COMPILER : REFUSAL_OPTION);
	r = read_and_drop(job);
	if (r < 0)
		return r;
	r = job_answer(job, REPLY_STATUS(REPLY_REFUSED),
		   job->verdict.refusal.data);
	if (r < 0)
		return job_fail_conn(job, r, "tell it so");
	return ERR_DENIED;
}

/* There is no room, or no time, for any job. Returns 0 if there is. */
static int
refuse_for_now(struct job *job)
{
	const int64_t floor = job->serve->options->min_free_disk;
	int64_t room = floor == 0 ? -1 :
		       machine_free_disk(job->serve->workdir->path);
	const int is_full = room >= 0 && room < floor << 20;
	int r;

	if (job->serve->refusal == REFUSAL_NONE && !is_full)
		return 0;
	r = read_and_drop(job);
	if (r < 0)
		return r;
	if (job->serve->refusal != REFUSAL_NONE)
		return job_fail(job, &job_stopping, "this daemon is about to "
				"end");
	return job_fail(job, &job_no_disk, "less than %d MiB of disk are free "
			"(--min-free-disk)", (int)floor);
}

/* Whether errno is about our disk; a socket has troubles of its own. */
static int
is_disk_trouble(int r)
{
	return r == ERR_SYS && (errno == ENOSPC || errno == EDQUOT ||
				errno == EFBIG || errno == EIO ||
				errno == EROFS);
}

/*
 * What only an option that is not allowed puts into a preprocessed source,
 * and what makes gcc map a file of the client's choice into its memory. It
 * is in two parts, so that this file itself can be compiled by a distccd.
 */
static const char *const sly_words[] = { "pch_" "preprocess", NULL };

/* Whoever cleans up in TMPDIR may have taken all of our directory. */
static int
make_files(struct job *job, const char *input, const char *suffix)
{
	const struct workdir *workdir = job->serve->workdir;
	int r = jobdir_open(&job->dir, workdir_job_template(workdir, getpid()),
			    input, suffix);

	if (r < 0 && errno == ENOENT && job->dir.path == NULL &&
	    workdir_restore(workdir) == 0)
		r = jobdir_open(&job->dir,
				workdir_job_template(workdir, getpid()),
				input, suffix);
	return r;
}

static int
receive_source(struct job *job)
{
	const struct cmdline *cmd = &job->verdict.cmd;
	const int is_pump = job->version == VERSION_PUMP;
	const char *input = cmdline_input(cmd);
	int r;

	board_set_text(job->log->input, sizeof job->log->input, input);
	if (make_files(job, input, is_pump ? NULL : cmd->lang->suffix) < 0)
		return job_fail_early(job, "cannot make files for the job");
	if (is_pump)
		return pump_receive(job);
	r = request_read_source(&job->conn, job->version, job->dir.source_fd);
	if (is_disk_trouble(r))
		return job_fail_early(job, "cannot write the source");
	if (r < 0)
		return job_fail_conn(job, r, "read its source");
	r = search_file(job->dir.source_fd, sly_words, NULL, NULL);
	if (r >= 0)
		return job_fail(job, &job_bad_source, "a source with %s is "
				"not allowed: it loads a memory image",
				sly_words[r]);
	if (r != ERR_MISSING)
		return job_fail(job, &job_trouble_here,
				"cannot look through the source: %s",
				err_text(r));
	/* Some systems do not execute beside a file open for writing. */
	close(job->dir.source_fd);
	job->dir.source_fd = -1;
	return 0;
}

static void
push_dir(struct args *env, const char *name, const char *dir)
{
	struct buf word = BUF_INIT;

	buf_addf(&word, "%s=%s", name, dir);
	args_take(env, buf_steal(&word));
}

static void
make_env(const struct job *job, struct args *env)
{
	/* What it says is then what every client's compiler says there. */
	if (job->version == VERSION_PUMP)
		args_push(env, "LC_ALL=C");
	args_append(env, &job->serve->settings->compiler_env);
	push_dir(env, "TMPDIR", job->dir.path);
	push_dir(env, "HOME", job->dir.path);
	push_dir(env, "PWD", job->version == VERSION_PUMP ? job->pump.work :
							    job->dir.path);
}

static void
make_command(struct job *job, struct args *argv)
{
	if (job->version == VERSION_PUMP)
		pump_make_command(job, argv);
	else
		rewrite_to_serve(&job->verdict.cmd, job->verdict.program,
				 job->dir.source, job->dir.object, argv);
}

/* The compiler works in this process's directory. */
static int
run_in_place(const struct job *job, struct run *run)
{
	int r;

	if (job->version != VERSION_PUMP)
		return run_compiler(run);
	if (chdir(job->pump.work) < 0)
		return ERR_SYS;
	r = run_compiler(run);
	if (chdir(job->dir.path) < 0)
		log_error_r(ERR_SYS, "cannot go back to %s", job->dir.path);
	return r;
}

static int
start_and_watch(struct job *job, struct run *run)
{
	struct serve *serve = job->serve;
	struct args argv = ARGS_INIT, env = ARGS_INIT;
	int r;

	make_command(job, &argv);
	make_env(job, &env);
	run->program = job->verdict.program;
	run->argv = argv.v;
	run->envp = env.v;
	run->fds[0] = serve->null_fd;
	run->fds[1] = job->dir.stdout_fd;
	run->fds[2] = job->dir.stderr_fd;
	run->client_fd = job->conn.in;
	run->stray = &job->stray;
	run->sig_fd = serve->sig_fd;
	run->lifetime_s = serve->options->job_lifetime;
	run->cpu_s = serve->options->job_cpu_time;
	run->memory_mb = serve->options->job_memory;
	run->output_mb = serve->options->job_output;
	run->group = &serve->slot->group;
	turn_enter(job, PHASE_COMPILE);
	r = run_in_place(job, run);
	turn_end(job);
	turn_enter(job, PHASE_SEND);
	serve->stop_signal = run->stop_signal;
	args_clear(&argv);
	args_clear(&env);
	return r;
}

static int
fail_exec(struct job *job)
{
	const struct failure *failure =
		errno == EAGAIN || errno == ENOMEM ? &job_no_process :
						     &job_no_compiler;

	return job_fail(job, failure, "failed to exec %s: %s", job->args.v[0],
		    err_text(ERR_SYS));
}

static int
note_gone(struct job *job)
{
	log_info("%s: the client is gone", job->log->peer);
	job_end(job, OUTCOME_DISCONNECT, EXITCODE_IO_ERROR);
	return ERR_EOF;
}

static int
note_stopped(struct job *job)
{
	log_info("%s: stopped by signal %d", job->log->peer,
		 job->serve->stop_signal);
	job_end(job, OUTCOME_OTHER, EXITCODE_GENERAL);
	return ERR_CANCEL;
}

/* Returns 0 when it is this job's turn. */
static int
await_turn(struct job *job)
{
	int r;

	turn_enter(job, PHASE_QUEUE);
	r = turn_await(job);
	if (r == 0)
		return 0;
	if (r == ERR_EOF)
		return note_gone(job);
	if (r < 0)
		return note_stopped(job);
	return job_fail(job, &job_no_memory, "too little memory is free "
			"(--min-free-memory)");
}

static int
compile(struct job *job)
{
	struct run run;
	int r;

	memset(&run, 0, sizeof run);
	log_info("%s: compile %s with %s%s", job->log->peer, job->log->input,
		 job->verdict.program, job->version == VERSION_PUMP ?
		 ", from the client's own files" : "");
	r = start_and_watch(job, &run);
	job->log->cpu_us = run.cpu_us;
	job->log->max_rss_kb = run.max_rss_kb;
	job->log->status = run.status;
	switch (r) {
	case RUN_EXITED:
		return result_answer(job, run.status);
	case RUN_LIFETIME:
		return job_fail(job, &job_too_long,
			    "the compiler ran for more than %d s "
			    "(--job-lifetime)",
			    job->serve->options->job_lifetime);
	case RUN_CLIENT_GONE:
		return note_gone(job);
	case RUN_STOPPED:
		return note_stopped(job);
	default:
		return fail_exec(job);
	}
}

static int
judge(struct job *job)
{
	const struct policy *policy = job->serve->policy;

	if (job->version == VERSION_PUMP)
		return policy_judge_pump(policy, &job->args,
					 job->pump.cwd.data, &job->verdict);
	return policy_judge(policy, &job->args, &job->verdict);
}

static int
do_job(struct job *job)
{
	int r = read_head(job);

	if (r < 0)
		return r;
	if (judge(job) < 0)
		return refuse(job);
	r = refuse_for_now(job);
	if (r < 0)
		return r;
	r = receive_source(job);
	if (r < 0)
		return r;
	r = await_turn(job);
	if (r < 0)
		return r;
	return compile(job);
}

static void
begin(struct job *job, const char *peer)
{
	struct slot *slot = job->serve->slot;

	memset(&slot->job, 0, sizeof slot->job);
	board_set_text(slot->job.peer, sizeof slot->job.peer, peer);
	atomic_store(&slot->moved, 0);
	atomic_store(&slot->waits, 0);
	atomic_store(&slot->since_us, clock_us());
	atomic_store(&slot->phase, PHASE_RECEIVE);
	job->log = &slot->job;
	job->conn.moved = &slot->moved;
	job->conn.waits = &slot->waits;
}

static void
end(struct job *job, int64_t start_us)
{
	turn_enter(job, PHASE_IDLE);
	job->log->ended_s = (int64_t)time(NULL);
	job->log->total_us = clock_us() - start_us;
	job->log->bytes_in = job->conn.bytes_in;
	job->log->bytes_out = job->conn.bytes_out;
	joblog_write(job->log, job->ret);
}

int
serve_client(struct serve *serve, int in, int out, const char *peer)
{
	const int64_t start_us = clock_us();
	struct job job = {
		.serve = serve,
		.args = ARGS_INIT,
		.verdict = VERDICT_INIT,
		.dir = JOBDIR_INIT,
		.pump = PUMP_INIT,
	};

	log_info("connection from %s", peer);
	conn_init(&job.conn, in, out, serve->settings->idle_ms);
	job.conn.cancel_fd = serve->sig_fd;
	begin(&job, peer);
	do_job(&job);
	root_close(&job.pump.root);
	jobdir_close(&job.dir);
	pump_clear(&job.pump);
	end(&job, start_us);
	conn_clear(&job.conn);
	verdict_clear(&job.verdict);
	args_clear(&job.args);
	return job.ret;
}
