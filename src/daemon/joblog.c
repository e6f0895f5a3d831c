/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/joblog.h"

#include <stddef.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "base/log.h"
#include "daemon/board.h"

/* Scripts in the field know these, so that refusals have no word of theirs. */
static const char *const names[] = {
	[OUTCOME_OK] = "COMPILE_OK",
	[OUTCOME_ERROR] = "COMPILE_ERROR",
	[OUTCOME_TIMEOUT] = "COMPILE_TIMEOUT",
	[OUTCOME_DISCONNECT] = "CLI_DISCONN",
	[OUTCOME_BAD_REQUEST] = "REJ_BAD_REQ",
	[OUTCOME_REFUSED] = "OTHER",
	[OUTCOME_OVERLOAD] = "REJ_OVERLOAD",
	[OUTCOME_OTHER] = "OTHER",
	[OUTCOME_DENIED] = "OTHER",
};

static int
dumped_core(int status)
{
#ifdef WCOREDUMP
	return WIFSIGNALED(status) && WCOREDUMP(status);
#else
	return 0;
#endif
}

static void
add_status(struct buf *line, int status)
{
	buf_addf(line, " exit:%d sig:%d core:%d",
		 WIFEXITED(status) ? WEXITSTATUS(status) : 0,
		 WIFSIGNALED(status) ? WTERMSIG(status) : 0,
		 dumped_core(status));
}

/* A name must not look like more fields, or hide those behind it. */
static void
add_name(struct buf *line, const char *name)
{
	buf_add_char(line, ' ');
	for (; *name != '\0'; name++)
		buf_add_char(line, (unsigned char)*name <= ' ' ? '?' : *name);
}

void
joblog_write(const struct board_job *job, int ret)
{
	struct buf line = BUF_INIT;
	int ran = job->outcome == OUTCOME_OK || job->outcome == OUTCOME_ERROR;

	if (log_level() < LOG_NOTICE)
		return;
	buf_addf(&line, "client: %s %s", job->peer, names[job->outcome]);
	add_status(&line, job->status);
	buf_addf(&line, " ret:%d time:%ldms", ret,
		 (long)(job->total_us / 1000));
	if (ran) {
		add_name(&line, job->compiler);
		add_name(&line, job->input);
	}
	buf_addf(&line, " cpu:%ldms in:%llu out:%llu",
		 (long)(job->cpu_us / 1000),
		 (unsigned long long)job->bytes_in,
		 (unsigned long long)job->bytes_out);
	/* The function that has always been named before this line. */
	log_line(LOG_NOTICE, "dcc_job_summary", "%s", line.data);
	buf_clear(&line);
}
