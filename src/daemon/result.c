/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/result.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "daemon/exitcode.h"
#include "daemon/job.h"
#include "daemon/options.h"
#include "daemon/serve.h"
#include "wire/limits.h"
#include "wire/reply.h"
#include "wire/seen.h"
#include "wire/version.h"

/* How long the last words may take when this daemon is to end. */
#define FAREWELL_MS 2000

static int
send_result(struct job *job, uint32_t status, struct reply_files *files)
{
	int r;

	job->log->status = (int)status;
	job->conn.deadline = clock_after(job->serve->stop_signal != 0 ?
					 FAREWELL_MS : LIMIT_BODY_MS);
	files->stderr_fd = job->dir.stderr_fd;
	files->stdout_fd = job->dir.stdout_fd;
	r = reply_send(&job->conn, job->version, status, files);
	if (r == ERR_LIMIT)
		return job_fail(job, &job_too_big,
				"the result is too big to be sent");
	if (r < 0)
		return job_fail_conn(job, r, "send it the result");
	return 0;
}

static int
finish_accident(struct job *job, enum jobdir_accident accident)
{
	switch (accident) {
	case JOBDIR_MEMORY:
		return job_fail(job, &job_no_memory,
				"the compiler ran out of memory");
	case JOBDIR_TIME:
		return job_fail(job, &job_too_long, "the compiler used more "
				"than %d s of processor time "
				"(--job-cpu-time)",
				job->serve->options->job_cpu_time);
	case JOBDIR_SIZE:
		return job_fail(job, &job_too_big, "a file of the compiler "
				"became larger than %d MiB (--job-output)",
				job->serve->options->job_output);
	case JOBDIR_DISK:
		return job_fail(job, &job_trouble_here,
				"the compiler ran out of disk space");
	default:
		return job_fail(job, &job_trouble_here,
				"a part of the compiler crashed");
	}
}

/* By which of its limits the compiler itself was ended. */
static enum jobdir_accident
accident_of(const struct job *job, int status)
{
	if (!WIFSIGNALED(status))
		return jobdir_accident(&job->dir);
	switch (WTERMSIG(status)) {
	case SIGXCPU:
		return JOBDIR_TIME;
	case SIGXFSZ:
		return JOBDIR_SIZE;
	default:
		return JOBDIR_NO_ACCIDENT;
	}
}

static int
finish_failed(struct job *job, int status)
{
	const enum jobdir_accident accident = accident_of(job, status);
	struct reply_files none = REPLY_FILES_INIT;

	if (accident != JOBDIR_NO_ACCIDENT)
		return finish_accident(job, accident);
	log_info("%s %s on localhost failed", job->args.v[0],
		 job->log->input);
	job_end(job, OUTCOME_ERROR, EXITCODE_OK);
	return send_result(job, (uint32_t)status, &none);
}

static int
finish_good(struct job *job, struct reply_files *files)
{
	struct seen seen;
	const char *why = NULL;
	int r = 0;

	if (job->version == VERSION_PUMP)
		r = pump_finish(job, files, &seen, &why);
	if (r == ERR_DENIED)
		return job_fail(job, &job_bad_source, "%s", why);
	if (r < 0)
		return job_fail(job, &job_trouble_here,
				"cannot read the dependencies: %s",
				err_text(r));
	log_info("%s %s on localhost completed ok", job->args.v[0],
		 job->log->input);
	job_end(job, OUTCOME_OK, EXITCODE_OK);
	return send_result(job, 0, files);
}

static void
close_files(struct reply_files *files)
{
	if (files->object_fd >= 0)
		close(files->object_fd);
	if (files->deps_fd >= 0)
		close(files->deps_fd);
}

static int
end_messages(struct job *job)
{
	int r = jobdir_end_messages(&job->dir);

	if (r == 0 && job->version == VERSION_PUMP)
		r = pump_clean_messages(job);
	if (r == ERR_LIMIT)
		return job_fail(job, &job_too_big,
				"the compiler printed too much");
	if (r < 0)
		return job_fail(job, &job_trouble_here,
				"cannot keep messages: %s", err_text(r));
	return 0;
}

int
result_answer(struct job *job, int status)
{
	struct reply_files files = REPLY_FILES_INIT;
	int r;

	r = end_messages(job);
	if (r < 0)
		return r;
	if (status != 0)
		return finish_failed(job, status);
	r = jobdir_open_object(&job->dir);
	/* A program that makes nothing and is content: an empty object. */
	if (r < 0 && r != ERR_MISSING)
		return job_fail(job, &job_trouble_here, "cannot open the object: %s",
			    err_text(r));
	files.object_fd = r < 0 ? -1 : r;
	r = finish_good(job, &files);
	close_files(&files);
	return r;
}
