/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/attempt.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/args.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/log.h"
#include "client/discrepancy.h"
#include "client/exitcode.h"
#include "client/prepare.h"
#include "client/pumping.h"
#include "client/record.h"
#include "client/settings.h"
#include "client/trip.h"
#include "client/verdict.h"
#include "client/wording.h"
#include "compiler/cmdline.h"
#include "compiler/directives.h"
#include "compiler/rewrite.h"
#include "farm/hosts.h"
#include "wire/limits.h"
#include "wire/reply.h"
#include "wire/version.h"

void
attempt_init(struct attempt *attempt, const struct settings *settings,
	     const struct cmdline *cmd, const struct choose_rules *rules,
	     int cpp_slots)
{
	attempt->settings = settings;
	attempt->cmd = cmd;
	attempt->rules = rules;
	attempt->cpp_slots = cpp_slots;
	settings_export_recursion(settings);
	probe_open(&attempt->probe, cmd->args.v[0], settings->path,
		   settings->cache_dir, settings->tmp_dir);
}

enum attempt_outcome
attempt_ours(struct attempt *attempt, int r, const char *what,
	     const char *name)
{
	buf_reset(&attempt->trouble);
	buf_addf(&attempt->trouble, "%s %s: %s", what, name, err_text(r));
	attempt->exit_code = EXIT_IO_ERROR;
	attempt->reason = REASON_CLIENT_FAULT;
	attempt->is_news = 0;
	return ATTEMPT_OURS;
}

void
attempt_quote(const struct attempt *attempt, struct buf *out)
{
	static const char *const kinds[] = { "error: ", "warning: " };
	char text[4096];
	const char *line, *end, *found = NULL;
	ssize_t n = -1;
	size_t i;

	if (attempt->result.stderr_fd >= 0)
		n = pread(attempt->result.stderr_fd, text, sizeof text - 1, 0);
	if (n <= 0)
		return;
	text[n] = '\0';
	for (i = 0; i < 2 && found == NULL; i++)
		found = strstr(text, kinds[i]);
	/* What is in front of it says where: the whole line. */
	for (line = found == NULL ? text : found;
	     line > text && line[-1] != '\n'; line--)
		continue;
	end = line + strcspn(line, "\n");
	buf_add(out, line, (size_t)(end - line));
}

static int
send_preprocessed(struct attempt *attempt, const struct host *host,
		  unsigned version)
{
	struct args args = ARGS_INIT;
	struct remote_job job = {
		.args = &args,
		.source_fd = attempt->source_fd,
		.version = version,
	};
	int r, saved;

	attempt->way = RECORD_WAY_CPP;
	attempt->is_exact = 0;
	trip_make_command(attempt, rewrite_to_send, &args);
	if (attempt->macros_wait)
		args_push(&args, DIRECTIVES_OPTION);
	r = trip_make(attempt, host, &job);
	saved = errno;
	args_clear(&args);
	errno = saved;
	return r;
}

static enum attempt_outcome
run_preprocessed(struct attempt *attempt, const struct host *host)
{
	unsigned version = host->lzo ? VERSION_LZO : VERSION_PLAIN;
	enum attempt_outcome outcome;
	int r;

	outcome = attempt->ready ? ATTEMPT_VERDICT : prepare_attempt(attempt);
	if (outcome != ATTEMPT_VERDICT)
		return outcome;
	if (version == VERSION_LZO &&
	    fd_size(attempt->source_fd) > (off_t)LIMIT_LZO_RECEIVE)
		version = VERSION_PLAIN;
	r = send_preprocessed(attempt, host, version);
	/* What LZO cannot hold in memory may still come as it is. */
	if (r == ERR_LIMIT && version == VERSION_LZO) {
		log_info("too big for protocol 2; once more with protocol 1");
		r = send_preprocessed(attempt, host, VERSION_PLAIN);
	}
	if (r < 0)
		return verdict_of_error(attempt, host, r);
	if (reply_is_fault(attempt->result.status))
		return verdict_of_fault(attempt, host);
	return verdict_of_object(attempt, host);
}

enum attempt_outcome
attempt_run(struct attempt *attempt, const struct host *host)
{
	enum attempt_outcome outcome;

	/* Once it is preprocessed, that is the cheaper way. */
	if (host->cpp && !attempt->ready && pumping_has_plan(attempt, host)) {
		outcome = pumping_run(attempt, host);
		if (outcome != ATTEMPT_STAYS ||
		    attempt->plan == ATTEMPT_HAS_PLAN)
			return outcome;
	}
	if (attempt->cmd->needs_sources) {
		attempt->reason = attempt->cmd->reason;
		return ATTEMPT_STAYS;
	}
	return run_preprocessed(attempt, host);
}

int
attempt_is_silent(const struct attempt *attempt)
{
	if (attempt->result.stderr_fd >= 0 || attempt->result.stdout_fd >= 0)
		return attempt->is_exact &&
		       wording_is_same(attempt->settings, attempt->cmd);
	if (attempt->cpp_stderr_fd < 0 ||
	    fd_size(attempt->cpp_stderr_fd) == 0)
		return 1;
	/*
	 * The preprocessor speaks as the compiler does, but for colours, and
	 * for failing where there is nobody to speak to.
	 */
	return !isatty(STDERR_FILENO) && !fd_was_closed(STDERR_FILENO);
}

static int
commit(struct attempt *attempt, struct tmp_file *file, const char *name)
{
	int r = tmp_file_commit(file);

	if (r < 0)
		attempt_ours(attempt, r, "cannot write", name);
	return r;
}

int
attempt_commit(struct attempt *attempt)
{
	const struct cmdline *cmd = attempt->cmd;
	int r = 0;

	/* As the compiler: whoever sees the object finds the rest there. */
	if (attempt->depfile.fd >= 0)
		r = commit(attempt, &attempt->depfile, cmd->depfile);
	return r < 0 ? r : commit(attempt, &attempt->object, cmd->output);
}

static void
print_file(int to, int from)
{
	/* Where to complain that stderr is closed? */
	if (from >= 0)
		(void)fd_copy_all(to, from);
}

void
attempt_print(const struct attempt *attempt)
{
	print_file(STDERR_FILENO, attempt->cpp_stderr_fd);
	print_file(STDERR_FILENO, attempt->result.stderr_fd);
	print_file(STDOUT_FILENO, attempt->result.stdout_fd);
}

void
attempt_discard(struct attempt *attempt)
{
	tmp_file_discard(&attempt->object);
	tmp_file_discard(&attempt->depfile);
	remote_result_clear(&attempt->result);
	if (attempt->source_fd >= 0)
		close(attempt->source_fd);
	if (attempt->cpp_stderr_fd >= 0)
		close(attempt->cpp_stderr_fd);
	attempt->source_fd = -1;
	attempt->cpp_stderr_fd = -1;
	attempt->opened = 0;
	attempt->ready = 0;
}

void
attempt_blame_plan(struct attempt *attempt)
{
	if (attempt->way != RECORD_WAY_PUMP)
		return;
	discrepancy_count(attempt->settings);
	pump_distrust(&attempt->pump, attempt->settings, attempt->cmd);
}

void
attempt_clear(struct attempt *attempt)
{
	attempt_discard(attempt);
	pump_clear(&attempt->pump);
	probe_clear(&attempt->probe);
	buf_clear(&attempt->trouble);
}
