/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/joblog.h"

#include <stddef.h>
#include <string.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "base/json.h"
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

static int
exit_of(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

static int
signal_of(int status)
{
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/*
 * A name must not look like more fields, or hide those behind it. One that
 * fills all of its size bytes was cut.
 */
static void
add_name(struct buf *line, const char *name, size_t size)
{
	size_t i;

	buf_add_char(line, ' ');
	for (i = 0; name[i] != '\0'; i++)
		buf_add_char(line, (unsigned char)name[i] <= ' ' ? '?' :
								   name[i]);
	if (i == size - 1)
		buf_add_str(line, "...");
}

static void
add_text(struct buf *line, const struct board_job *job, int ret)
{
	int ran = job->outcome == OUTCOME_OK || job->outcome == OUTCOME_ERROR;

	buf_addf(line, "client: %s %s", job->peer, names[job->outcome]);
	buf_addf(line, " exit:%d sig:%d core:%d", exit_of(job->status),
		 signal_of(job->status), dumped_core(job->status));
	buf_addf(line, " ret:%d time:%ldms", ret,
		 (long)(job->total_us / 1000));
	if (ran && job->compiler[0] != '\0' && job->input[0] != '\0') {
		add_name(line, job->compiler, sizeof job->compiler);
		add_name(line, job->input, sizeof job->input);
	}
	buf_addf(line, " cpu:%ldms in:%llu out:%llu",
		 (long)(job->cpu_us / 1000),
		 (unsigned long long)job->bytes_in,
		 (unsigned long long)job->bytes_out);
}

/* The address alone: jobs of one machine have it in common. */
static void
add_client(struct json *json, const char *peer)
{
	const char *colon = strrchr(peer, ':');
	size_t len = colon == NULL ? strlen(peer) : (size_t)(colon - peer);
	struct buf address = BUF_INIT;

	if (peer[0] == '[' && len > 1 && peer[len - 1] == ']')
		buf_add(&address, peer + 1, len - 2);
	else
		buf_add(&address, peer, len);
	json_add_str(json, "client", address.data);
	buf_clear(&address);
}

static void
add_phases(struct json *json, const struct board_job *job)
{
	int phase;

	json_open_object(json, "phases_ms");
	for (phase = PHASE_IDLE + 1; phase < PHASE_COUNT; phase++)
		json_add_int(json, board_phase_name((enum phase)phase),
			     job->phase_us[phase] / 1000);
	json_close_object(json);
}

static void
add_members(struct buf *members, const struct board_job *job, int ret)
{
	struct json json;

	json_init(&json, members);
	json_add_str(&json, "event", "job");
	json_add_str(&json, "job", job->peer);
	add_client(&json, job->peer);
	json_add_str(&json, "outcome", board_outcome_name(job->outcome));
	json_add_str(&json, "refusal", board_refusal_name(job->refusal));
	json_add_int(&json, "exit", exit_of(job->status));
	json_add_int(&json, "signal", signal_of(job->status));
	json_add_int(&json, "ret", ret);
	json_add_int(&json, "ms", job->total_us / 1000);
	add_phases(&json, job);
	json_add_str(&json, "compiler", job->compiler);
	json_add_str(&json, "input", job->input);
	json_add_int(&json, "cpu_ms", job->cpu_us / 1000);
	json_add_int(&json, "max_rss_kb", job->max_rss_kb);
	json_add_int(&json, "bytes_in", (int64_t)job->bytes_in);
	json_add_int(&json, "bytes_out", (int64_t)job->bytes_out);
}

void
joblog_write(const struct board_job *job, int ret)
{
	struct buf text = BUF_INIT, members = BUF_INIT;

	if (log_level() < LOG_NOTICE)
		return;
	add_text(&text, job, ret);
	add_members(&members, job, ret);
	/* The function that has always been named before this line. */
	log_record(LOG_NOTICE, "dcc_job_summary", text.data, &members);
	buf_clear(&members);
	buf_clear(&text);
}
