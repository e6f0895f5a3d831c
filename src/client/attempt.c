/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/attempt.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/args.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/proc.h"
#include "client/exitcode.h"
#include "client/object.h"
#include "client/prepare.h"
#include "client/record.h"
#include "client/settings.h"
#include "client/source.h"
#include "client/state.h"
#include "compiler/cmdline.h"
#include "compiler/directives.h"
#include "compiler/naming.h"
#include "compiler/rewrite.h"
#include "farm/hosts.h"
#include "farm/slot.h"
#include "wire/limits.h"
#include "wire/reply.h"
#include "wire/version.h"

#define CONNECT_MS 4000

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

static void
note_phase(void *arg, enum remote_phase phase)
{
	static const struct {
		enum state_phase state;
		enum record_phase record;
	} phases[] = {
		[REMOTE_CONNECT] = { STATE_CONNECT, RECORD_CONNECT },
		[REMOTE_SEND] = { STATE_SEND, RECORD_SEND },
		[REMOTE_COMPILE] = { STATE_COMPILE, RECORD_COMPILE },
		[REMOTE_RECEIVE] = { STATE_RECEIVE, RECORD_RECEIVE },
	};

	struct attempt *attempt = arg;

	state_set_phase(phases[phase].state);
	record_enter(attempt->record, phases[phase].record);
	/* From here on there is nothing to do but wait. */
	if (phase == REMOTE_COMPILE && attempt->slot != NULL)
		slot_settle(attempt->slot);
}

static void
make_command(const struct attempt *attempt, struct args *args)
{
	const struct cmdline *cmd = attempt->cmd;
	const char *name = cmd->args.v[0];
	char *remote = NULL, *target = NULL;

	if (attempt->settings->rewrite_names) {
		remote = naming_remote(name, attempt->settings->path,
				       &attempt->probe);
		target = naming_target(remote, &attempt->probe);
		name = remote;
	}
	rewrite_to_send(cmd, name, target, args);
	if (attempt->macros_wait)
		args_push(args, DIRECTIVES_OPTION);
	free(target);
	free(remote);
}

/* The first line that the server said about a fault of its own. */
static void
add_server_words(struct attempt *attempt)
{
	char line[256];
	ssize_t n;

	if (attempt->result.stderr_fd < 0)
		return;
	n = pread(attempt->result.stderr_fd, line, sizeof line - 1, 0);
	if (n <= 0)
		return;
	line[n] = '\0';
	line[strcspn(line, "\n")] = '\0';
	buf_addf(&attempt->trouble, ": %s", line);
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

static enum attempt_outcome
judge_fault(struct attempt *attempt, const struct host *host)
{
	uint32_t status = attempt->result.status;
	int code = proc_exit_code((int)status);

	buf_reset(&attempt->trouble);
	if (code == 0)
		buf_addf(&attempt->trouble, "%s sent 0x%lx, which is no "
			 "status", host->word, (unsigned long)status);
	else if (code == REPLY_REFUSED)
		buf_addf(&attempt->trouble, "%s refused it", host->word);
	else if (code == REPLY_BUSY)
		buf_addf(&attempt->trouble, "%s is busy", host->word);
	else if (code == REPLY_LIFETIME)
		buf_addf(&attempt->trouble, "it took too long on %s",
			 host->word);
	else if (code == REPLY_NO_COMPILER)
		buf_addf(&attempt->trouble, "%s cannot run the compiler",
			 host->word);
	else
		buf_addf(&attempt->trouble, "%s failed with status %d",
			 host->word, code);
	add_server_words(attempt);
	attempt->exit_code = code == 0 ? EXIT_PROTOCOL_ERROR :
			     code == REPLY_REFUSED ? EXIT_REFUSED :
			     code == REPLY_BUSY ? EXIT_NO_HOSTS : code;
	if (code == REPLY_BUSY) {
		attempt->reason = REASON_BUSY;
		return ATTEMPT_BUSY;
	}
	if (code == REPLY_IO_ERROR || code == REPLY_NO_MEMORY) {
		attempt->reason = REASON_HOSTS_FAILED;
		return ATTEMPT_FARM_FAILED;
	}
	attempt->reason = code == REPLY_NO_COMPILER ? REASON_NO_COMPILER :
						      REASON_REFUSED;
	return ATTEMPT_REFUSED;
}

static enum attempt_outcome
judge_error(struct attempt *attempt, const struct host *host, int r)
{
	static const char *const doing[] = {
		[REMOTE_CONNECT] = "connecting to",
		[REMOTE_SEND] = "sending to",
		[REMOTE_COMPILE] = "waiting for",
		[REMOTE_RECEIVE] = "receiving from",
	};
	const struct remote_result *result = &attempt->result;
	enum remote_fault fault = remote_fault(r, errno, result->phase);

	if (fault == REMOTE_FAULT_OURS)
		return attempt_ours(attempt, r, doing[result->phase],
				    host->word);
	buf_reset(&attempt->trouble);
	if (result->phase == REMOTE_CONNECT)
		buf_addf(&attempt->trouble, "failed to connect to %s: %s",
			 result->peer, err_text(r));
	else
		buf_addf(&attempt->trouble, "%s %s: %s", doing[result->phase],
			 host->word, err_text(r));
	if (result->phase == REMOTE_COMPILE && r == ERR_EOF)
		buf_add_str(&attempt->trouble,
			    " without an answer (its log says why)");
	attempt->exit_code =
		exitcode_of_error(r, result->phase != REMOTE_CONNECT);
	attempt->reason = REASON_HOSTS_FAILED;
	return fault == REMOTE_FAULT_HOST ? ATTEMPT_FARM_FAILED :
					    ATTEMPT_UNREACHED;
}

/* A server's compiler of the same name may be one for another machine. */
static enum attempt_outcome
judge_verdict(struct attempt *attempt, const struct host *host)
{
	struct buf what = BUF_INIT;
	int is_right = attempt->result.status != 0 ||
		       attempt->cmd->to_assembly ||
		       object_is_right(attempt->object.fd, &attempt->probe,
				       &attempt->cmd->args, &what);

	if (!is_right) {
		buf_reset(&attempt->trouble);
		buf_addf(&attempt->trouble, "%s sent a wrong object: %s",
			 host->word, what.data);
		attempt->exit_code = EXIT_PROTOCOL_ERROR;
		attempt->reason = REASON_OBJECT;
	}
	buf_clear(&what);
	if (!is_right)
		return ATTEMPT_FARM_FAILED;
	if (attempt->result.status != 0 ||
	    !source_shows_in_object(attempt->cmd, attempt->object.fd))
		return ATTEMPT_VERDICT;
	attempt->reason = REASON_COLUMNS;
	return ATTEMPT_STAYS;
}

static void
log_rate(const struct attempt *attempt, const struct host *host, int64_t us)
{
	double seconds = (double)us / 1e6;
	double bytes;

	if (log_level() < LOG_INFO)
		return;
	bytes = (double)fd_size(attempt->source_fd);
	log_info("elapsed compilation time %.6fs", seconds);
	log_info("%.0f bytes from %s compiled on %s in %.4fs, rate %.0fkB/s",
		 bytes, cmdline_input(attempt->cmd), host->word, seconds,
		 us > 0 ? bytes / 1024 / seconds : 0.0);
}

static int
compile_there(struct attempt *attempt, const struct host *host,
	      unsigned version)
{
	struct args args = ARGS_INIT;
	struct remote_job job = {
		.args = &args,
		.source_fd = attempt->source_fd,
		.object_fd = attempt->object.fd,
		.tmp_dir = attempt->settings->tmp_dir,
		.version = version,
		.connect_ms = CONNECT_MS,
		.io_ms = attempt->settings->io_ms,
		.deadline = attempt->deadline,
		.note = note_phase,
		.note_arg = attempt,
	};
	int64_t start = clock_us();
	char *text;
	int r, saved;

	make_command(attempt, &args);
	if (log_level() >= LOG_INFO) {
		text = args_text(&args);
		log_info("compile from %s to %s",
			 cmdline_input(attempt->cmd), attempt->cmd->output);
		log_info("exec on %s: %s", host->word, text);
		free(text);
	}
	remote_result_clear(&attempt->result);
	record_begin_try(attempt->record, host->word);
	r = remote_compile(host, &job, &attempt->result);
	saved = errno;
	record_name_try(attempt->record, attempt->result.local);
	attempt->record->sent += (int64_t)attempt->result.bytes_out;
	attempt->record->received += (int64_t)attempt->result.bytes_in;
	log_rate(attempt, host, clock_us() - start);
	args_clear(&args);
	errno = saved;
	return r;
}

enum attempt_outcome
attempt_run(struct attempt *attempt, const struct host *host)
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
	r = compile_there(attempt, host, version);
	/* What LZO cannot hold in memory may still come as it is. */
	if (r == ERR_LIMIT && version == VERSION_LZO) {
		log_info("too big for protocol 2; once more with protocol 1");
		r = compile_there(attempt, host, VERSION_PLAIN);
	}
	if (r < 0)
		return judge_error(attempt, host, r);
	if (reply_is_fault(attempt->result.status))
		return judge_fault(attempt, host);
	return judge_verdict(attempt, host);
}

int
attempt_is_silent(const struct attempt *attempt)
{
	if (attempt->result.stderr_fd >= 0 || attempt->result.stdout_fd >= 0)
		return 0;
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
	attempt->ready = 0;
	probe_clear(&attempt->probe);
	buf_clear(&attempt->trouble);
}
