/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/job.h"

#include <stdarg.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "base/sig.h"
#include "daemon/exitcode.h"
#include "daemon/serve.h"
#include "wire/reply.h"

/* How long an answer without an object may take. */
#define ANSWER_MS 60000

/* How much, and for how long, to listen to one who breaks the protocol. */
#define SHORT_DRAIN_BYTES (1 << 20)
#define SHORT_DRAIN_MS 2000

const struct failure job_trouble_here = {
	LOG_ERR, OUTCOME_OTHER, EXITCODE_IO_ERROR,
	REPLY_STATUS(REPLY_IO_ERROR), REFUSAL_NONE
};
const struct failure job_no_process = {
	LOG_ERR, OUTCOME_OTHER, EXITCODE_NO_MEMORY,
	REPLY_STATUS(REPLY_NO_MEMORY), REFUSAL_NONE
};
const struct failure job_no_compiler = {
	LOG_ERR, OUTCOME_OTHER, EXITCODE_NO_COMPILER,
	REPLY_STATUS(REPLY_NO_COMPILER), REFUSAL_NONE
};
const struct failure job_bad_source = {
	LOG_WARNING, OUTCOME_REFUSED, EXITCODE_GENERAL,
	REPLY_STATUS(REPLY_REFUSED), REFUSAL_SOURCE
};
const struct failure job_too_big = {
	LOG_WARNING, OUTCOME_REFUSED, EXITCODE_GENERAL,
	REPLY_STATUS(REPLY_REFUSED), REFUSAL_LIMIT
};
const struct failure job_too_long = {
	LOG_WARNING, OUTCOME_TIMEOUT, EXITCODE_LIFETIME,
	REPLY_STATUS(REPLY_LIFETIME), REFUSAL_NONE
};
const struct failure job_no_memory = {
	LOG_WARNING, OUTCOME_OVERLOAD, EXITCODE_BUSY,
	REPLY_STATUS(REPLY_BUSY), REFUSAL_MEMORY
};
const struct failure job_no_disk = {
	LOG_WARNING, OUTCOME_OVERLOAD, EXITCODE_BUSY,
	REPLY_STATUS(REPLY_BUSY), REFUSAL_DISK
};
const struct failure job_stopping = {
	LOG_INFO, OUTCOME_OVERLOAD, EXITCODE_BUSY,
	REPLY_STATUS(REPLY_BUSY), REFUSAL_STOPPING
};

void
job_end(struct job *job, enum outcome outcome, int ret)
{
	job->log->outcome = outcome;
	job->ret = ret;
}

void
job_end_refused(struct job *job, enum refusal refusal)
{
	job_end(job, OUTCOME_REFUSED, EXITCODE_GENERAL);
	job->log->refusal = refusal;
}

void
job_drain(struct job *job, uint64_t max, int ms)
{
	if (job->serve->stop_signal == 0)
		conn_drain(&job->conn, max, ms);
}

int
job_fail_conn(struct job *job, int r, const char *what)
{
	switch (r) {
	case ERR_CANCEL:
		job->serve->stop_signal = sig_next();
		job_end(job, OUTCOME_OTHER, EXITCODE_GENERAL);
		return r;
	case ERR_EOF:
		job_end(job, OUTCOME_OTHER, EXITCODE_TRUNCATED);
		break;
	case ERR_SYS:
	case ERR_TIMEOUT:
		job_end(job, OUTCOME_OTHER, EXITCODE_IO_ERROR);
		break;
	default:
		job_end(job, OUTCOME_BAD_REQUEST, EXITCODE_PROTOCOL);
		break;
	}
	log_info_r(r, "%s: cannot %s", job->log->peer, what);
	if (job->log->outcome == OUTCOME_BAD_REQUEST)
		job_drain(job, SHORT_DRAIN_BYTES, SHORT_DRAIN_MS);
	return r;
}

int
job_answer(struct job *job, uint32_t status, const char *text)
{
	struct buf message = BUF_INIT;
	int r;

	buf_addf(&message, "distccd: %s\n", text);
	job->log->status = (int)status;
	job->conn.deadline = clock_after(ANSWER_MS);
	r = reply_send_text(&job->conn, job->version, status, message.data);
	buf_clear(&message);
	return r;
}

int
job_fail(struct job *job, const struct failure *failure, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&text, fmt, ap);
	va_end(ap);
	log_at(failure->level, "%s: %s", job->log->peer, text.data);
	job_end(job, failure->outcome, failure->exitcode);
	job->log->refusal = failure->refusal;
	job_answer(job, failure->status, text.data);
	buf_clear(&text);
	return ERR_SYS;
}

int
job_fail_early(struct job *job, const char *what)
{
	job_fail(job, &job_trouble_here, "%s: %s", what, err_text(ERR_SYS));
	job_drain(job, UINT64_MAX, JOB_LONG_DRAIN_MS);
	return ERR_SYS;
}
