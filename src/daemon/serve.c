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
#include "daemon/job.h"
#include "daemon/options.h"
#include "daemon/run.h"
#include "daemon/settings.h"
#include "daemon/workdir.h"
#include "wire/limits.h"
#include "wire/reply.h"
#include "wire/request.h"
#include "wire/version.h"

/* How long the first token, and then the rest of the head, may take. */
#define FIRST_MS 10000
#define HEAD_MS 10000

/* How long to listen to a client that is not served. */
#define LONG_DRAIN_MS 10000

/* How long the last words may take when this daemon is to end. */
#define FAREWELL_MS 2000

static int
refuse_version(struct job *job)
{
	char text[] = "this server does not preprocess (protocol 3); "
		      "take ,cpp off its host entry";

	/* Of the others, nobody can know what an answer looks like. */
	if (job->version != VERSION_PUMP)
		return job_fail_conn(job, ERR_VERSION, "serve it");
	log_warn("%s: refused: %s", job->log.peer, text);
	job_end(job, OUTCOME_REFUSED, EXITCODE_GENERAL);
	job_answer(job, REPLY_STATUS(REPLY_REFUSED), text);
	job_drain(job, LIMIT_BULK, LONG_DRAIN_MS);
	return ERR_VERSION;
}

static int
read_head(struct job *job)
{
	int r;

	job->conn.deadline = clock_after(FIRST_MS);
	r = request_read_version(&job->conn, &job->version);
	if (r == ERR_VERSION)
		return refuse_version(job);
	if (r < 0)
		return job_fail_conn(job, r, "read the start of its request");
	job->conn.deadline = clock_after(HEAD_MS);
	r = request_read_args(&job->conn, &job->args);
	if (r < 0)
		return job_fail_conn(job, r, "read its command");
	/* PHASE_QUEUE keeps silent_peers away from it in today's pool. */
	atomic_store(&job->serve->slot->phase, PHASE_QUEUE);
	board_set_text(job->serve->slot->compiler,
		       sizeof job->serve->slot->compiler, job->args.v[0]);
	job->conn.deadline = clock_after(LIMIT_BODY_MS);
	job->log.compiler = job->args.v[0];
	return 0;
}

/* A client reads no answer before it has sent everything. */
static int
refuse(struct job *job)
{
	int r;

	log_warn("%s: refused: %s", job->log.peer, job->verdict.refusal.data);
	job_end(job, OUTCOME_REFUSED, EXITCODE_GENERAL);
	r = request_read_source(&job->conn, job->version, -1);
	if (r < 0)
		return job_fail_conn(job, r, "read its source");
	r = job_answer(job, REPLY_STATUS(REPLY_REFUSED),
		   job->verdict.refusal.data);
	if (r < 0)
		return job_fail_conn(job, r, "tell it so");
	return ERR_DENIED;
}

/* The same while the rest of the source may still be on its way. */
static int
fail_early(struct job *job, const char *what)
{
	job_fail(job, &job_trouble_here, "%s: %s", what, err_text(ERR_SYS));
	job_drain(job, UINT64_MAX, LONG_DRAIN_MS);
	return ERR_SYS;
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

static int
receive_source(struct job *job)
{
	const struct cmdline *cmd = &job->verdict.cmd;
	int r;

	job->log.input = cmdline_input(cmd);
	if (jobdir_open(&job->dir,
			workdir_job_template(job->serve->workdir, getpid()),
			job->log.input, cmd->lang->suffix) < 0)
		return fail_early(job, "cannot make files for the job");
	r = request_read_source(&job->conn, job->version, job->dir.source_fd);
	if (is_disk_trouble(r))
		return fail_early(job, "cannot write the source");
	if (r < 0)
		return job_fail_conn(job, r, "read its source");
	r = search_file(job->dir.source_fd, sly_words, NULL, NULL);
	if (r >= 0)
		return job_fail(job, &job_refused, "a source with %s is not allowed: "
			    "it loads a memory image", sly_words[r]);
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
	args_append(env, &job->serve->settings->compiler_env);
	push_dir(env, "TMPDIR", job->dir.path);
	push_dir(env, "HOME", job->dir.path);
	push_dir(env, "PWD", job->dir.path);
}

static int
start_and_watch(struct job *job, struct run *run)
{
	struct serve *serve = job->serve;
	struct args argv = ARGS_INIT, env = ARGS_INIT;
	int r;

	rewrite_to_serve(&job->verdict.cmd, job->verdict.program,
			 job->dir.source, job->dir.object, &argv);
	make_env(job, &env);
	run->program = job->verdict.program;
	run->argv = argv.v;
	run->envp = env.v;
	run->fds[0] = serve->null_fd;
	run->fds[1] = job->dir.stdout_fd;
	run->fds[2] = job->dir.stderr_fd;
	run->client_fd = job->conn.in;
	run->sig_fd = serve->sig_fd;
	run->lifetime_s = serve->options->job_lifetime;
	run->group = &serve->slot->group;
	r = run_compiler(run);
	serve->stop_signal = run->stop_signal;
	args_clear(&argv);
	args_clear(&env);
	return r;
}

static int
send_result(struct job *job, uint32_t status, int object_fd)
{
	int r;

	job->log.status = (int)status;
	job->conn.deadline = clock_after(job->serve->stop_signal != 0 ?
					 FAREWELL_MS : LIMIT_BODY_MS);
	r = reply_send(&job->conn, job->version, status, job->dir.stderr_fd,
		       job->dir.stdout_fd, object_fd);
	if (r == ERR_LIMIT)
		return job_fail(job, &job_refused, "the result is too big to be sent");
	if (r < 0)
		return job_fail_conn(job, r, "send it the result");
	return 0;
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
finish_failed(struct job *job, int status)
{
	if (jobdir_tells_of_accident(&job->dir)) {
		log_error("%s: the compiler ran out of disk space or memory",
			  job->log.peer);
		job_end(job, OUTCOME_OTHER, EXITCODE_IO_ERROR);
		return send_result(job, REPLY_STATUS(REPLY_IO_ERROR), -1);
	}
	log_info("%s %s on localhost failed", job->args.v[0],
		 job->log.input);
	job_end(job, OUTCOME_ERROR, EXITCODE_OK);
	return send_result(job, (uint32_t)status, -1);
}

static int
finish_exited(struct job *job, int status)
{
	int fd, r;

	r = jobdir_end_messages(&job->dir);
	if (r == ERR_LIMIT)
		return job_fail(job, &job_refused, "the compiler printed too much");
	if (r < 0)
		return job_fail(job, &job_trouble_here, "cannot keep messages: %s",
			    err_text(r));
	if (status != 0)
		return finish_failed(job, status);
	fd = jobdir_open_object(&job->dir);
	/* A program that makes nothing and is content: an empty object. */
	if (fd < 0 && fd != ERR_MISSING)
		return job_fail(job, &job_trouble_here, "cannot open the object: %s",
			    err_text(fd));
	log_info("%s %s on localhost completed ok", job->args.v[0],
		 job->log.input);
	job_end(job, OUTCOME_OK, EXITCODE_OK);
	r = send_result(job, 0, fd < 0 ? -1 : fd);
	if (fd >= 0)
		close(fd);
	return r;
}

static int
compile(struct job *job)
{
	struct run run;
	int r;

	memset(&run, 0, sizeof run);
	log_info("%s: compile %s with %s", job->log.peer, job->log.input,
		 job->verdict.program);
	board_set_text(job->serve->slot->input, sizeof job->serve->slot->input,
		       job->log.input);
	atomic_store(&job->serve->slot->phase, PHASE_COMPILE);
	atomic_store(&job->serve->slot->since_us, clock_us());
	atomic_fetch_add(&job->serve->board->running, 1);
	r = start_and_watch(job, &run);
	atomic_fetch_sub(&job->serve->board->running, 1);
	atomic_store(&job->serve->slot->phase, PHASE_SEND);
	atomic_store(&job->serve->slot->since_us, clock_us());
	job->log.cpu_us = run.cpu_us;
	job->log.status = run.status;
	switch (r) {
	case RUN_EXITED:
		return finish_exited(job, run.status);
	case RUN_LIFETIME:
		return job_fail(job, &job_too_long,
			    "the compiler ran for more than %d s "
			    "(--job-lifetime)",
			    job->serve->options->job_lifetime);
	case RUN_CLIENT_GONE:
		log_info("%s: the client is gone", job->log.peer);
		job_end(job, OUTCOME_DISCONNECT, EXITCODE_IO_ERROR);
		return ERR_EOF;
	case RUN_STOPPED:
		log_info("%s: stopped by signal %d", job->log.peer,
			 run.stop_signal);
		job_end(job, OUTCOME_OTHER, EXITCODE_GENERAL);
		return ERR_CANCEL;
	default:
		return fail_exec(job);
	}
}

static int
do_job(struct job *job)
{
	int r = read_head(job);

	if (r < 0)
		return r;
	if (policy_judge(job->serve->policy, &job->args, &job->verdict) < 0)
		return refuse(job);
	r = receive_source(job);
	if (r < 0)
		return r;
	return compile(job);
}

/* Until the parent does it. */
static void
report(const struct job *job)
{
	struct board_job report = {
		.ended_s = (int64_t)time(NULL),
		.total_us = clock_us() - job->log.start_us,
		.cpu_us = job->log.cpu_us,
		.bytes_in = job->log.bytes_in,
		.bytes_out = job->log.bytes_out,
		.outcome = job->log.outcome,
		.refusal = job->log.outcome == OUTCOME_REFUSED ?
				   REFUSAL_COMPILER : REFUSAL_NONE,
		.status = job->log.status,
	};

	report.phase_us[PHASE_COMPILE] = report.total_us;
	board_set_text(report.peer, sizeof report.peer, job->log.peer);
	if (job->log.compiler != NULL)
		board_set_text(report.compiler, sizeof report.compiler,
			       job->log.compiler);
	if (job->log.input != NULL)
		board_set_text(report.input, sizeof report.input,
			       job->log.input);
	board_add_job(job->serve->board, &report);
}

int
serve_client(struct serve *serve, int in, int out, const char *peer)
{
	struct job job = {
		.serve = serve,
		.args = ARGS_INIT,
		.verdict = VERDICT_INIT,
		.dir = JOBDIR_INIT,
		.log = { .peer = peer, .start_us = clock_us() },
	};

	log_info("connection from %s", peer);
	board_set_text(serve->slot->peer, sizeof serve->slot->peer, peer);
	board_set_text(serve->slot->compiler, sizeof serve->slot->compiler, "");
	board_set_text(serve->slot->input, sizeof serve->slot->input, "");
	conn_init(&job.conn, in, out, serve->settings->idle_ms);
	job.conn.cancel_fd = serve->sig_fd;
	do_job(&job);
	jobdir_close(&job.dir);
	job.log.bytes_in = job.conn.bytes_in;
	job.log.bytes_out = job.conn.bytes_out;
	joblog_write(&job.log);
	report(&job);
	conn_clear(&job.conn);
	verdict_clear(&job.verdict);
	args_clear(&job.args);
	return job.log.ret;
}
