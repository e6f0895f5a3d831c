/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/prepare.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/args.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/path.h"
#include "base/proc.h"
#include "base/search.h"
#include "client/comments.h"
#include "client/exitcode.h"
#include "client/inspect.h"
#include "client/local.h"
#include "client/marks.h"
#include "client/output.h"
#include "client/record.h"
#include "client/settings.h"
#include "client/source.h"
#include "client/state.h"
#include "compiler/cmdline.h"
#include "compiler/directives.h"
#include "compiler/lang.h"
#include "compiler/rewrite.h"
#include "farm/choose.h"
#include "wire/limits.h"

/* The compiler itself never looks at TMPDIR's state, or not like this. */
static enum attempt_outcome
no_tmp(struct attempt *attempt)
{
	attempt_ours(attempt, ERR_SYS, "cannot make a file in",
	     attempt->settings->tmp_dir);
	attempt->is_news = 1;
	return ATTEMPT_OURS;
}

/* Runs the preprocessor; *status is its wait status. */
static int
preprocess(struct attempt *attempt, int *status)
{
	struct local_sink sink = { attempt->source_fd, attempt->cpp_stderr_fd,
				   -1 };
	struct args args = ARGS_INIT;
	struct slot slot = SLOT_INIT;
	char *depfile = NULL;
	int r, saved;

	if (attempt->cmd->depfile != NULL)
		depfile = tmp_file_path(&attempt->depfile, &sink.keep_fd);
	rewrite_to_preprocess(attempt->cmd, depfile, &args);
	if (attempt->macros_wait)
		args_push(&args, DIRECTIVES_OPTION);
	if (choose_local(attempt->rules, attempt->cpp_slots, &slot) < 0)
		log_info_r(ERR_SYS, "cannot lock a slot in %s",
			   attempt->rules->lock_dir);
	state_set_phase(STATE_PREPROCESS);
	record_enter(attempt->record, RECORD_PREPROCESS);
	r = local_preprocess(attempt->settings, &args, &sink, &slot, status);
	saved = errno;
	slot_release(&slot);
	record_enter(attempt->record, RECORD_OWN);
	args_clear(&args);
	free(depfile);
	errno = saved;
	return r;
}

/* A file without a name, unless the user wants to see it. */
static int
open_source(const struct attempt *attempt)
{
	const struct settings *settings = attempt->settings;
	struct buf leaf = BUF_INIT;
	char *path;
	int fd;

	if (!settings->save_temps)
		return tmp_open(settings->tmp_dir);
	buf_addf(&leaf, "distcc_%ld_%08llx%s", (long)getpid(),
		 (unsigned long long)clock_us() & 0xffffffffULL,
		 attempt->cmd->lang->suffix);
	path = path_join(settings->tmp_dir, leaf.data);
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		log_info("preprocessed source is kept in %s", path);
	free(path);
	buf_clear(&leaf);
	return fd;
}

static enum attempt_outcome
open_input(struct attempt *attempt, const char *input)
{
	struct stat st;

	/* A pipe can be read only once, and has no size to announce. */
	if (stat(input, &st) == 0 && !S_ISREG(st.st_mode)) {
		errno = ESPIPE;
		attempt_ours(attempt, ERR_SYS, "cannot send", input);
		attempt->reason = REASON_STDIN;
		return ATTEMPT_OURS;
	}
	attempt->source_fd = open(input, O_RDONLY | O_CLOEXEC);
	if (attempt->source_fd < 0) {
		attempt_ours(attempt, ERR_SYS, "cannot read", input);
		attempt->reason = REASON_CPP_FAILED;
		return ATTEMPT_OURS;
	}
	return ATTEMPT_VERDICT;
}

/* The compiler here will say it as the user expects it. */
static enum attempt_outcome
judge_preprocessor(struct attempt *attempt, int status)
{
	buf_reset(&attempt->trouble);
	if (fd_size(attempt->cpp_stderr_fd) == 0)
		buf_addf(&attempt->trouble, "%s does not preprocess",
			 cmdline_input(attempt->cmd));
	attempt->exit_code = proc_exit_code(status);
	attempt->reason = REASON_CPP_FAILED;
	attempt->is_news = 0;
	return ATTEMPT_OURS;
}

static int
cpp_spoke(const struct attempt *attempt)
{
	return attempt->cpp_stderr_fd >= 0 &&
	       fd_size(attempt->cpp_stderr_fd) > 0;
}

/* Whether the file has none of words. */
static int
lacks(int fd, const char *const *words)
{
	return search_file(fd, words, NULL, NULL) == ERR_MISSING;
}

static int
input_lacks(const struct attempt *attempt, const char *const *words)
{
	int fd = open(cmdline_input(attempt->cmd), O_RDONLY | O_CLOEXEC |
						    O_NONBLOCK | O_NOCTTY);
	int is = fd >= 0 && lacks(fd, words);

	if (fd >= 0)
		close(fd);
	return is;
}

/* Whether macros had better be expanded by the server. */
static int
macros_should_wait(const struct attempt *attempt)
{
	const char *const *words;

	if (!directives_suffice(attempt->cmd, &attempt->probe))
		return 0;
	words = directives_needed(attempt->cmd);
	return (words == NULL || !input_lacks(attempt, words)) &&
	       input_lacks(attempt, directives_lost);
}

/* Whether those in what was preprocessed mean the same there. */
static int
macros_can_wait(const struct attempt *attempt, int status)
{
	return status == 0 && !cpp_spoke(attempt) &&
	       lacks(attempt->source_fd, directives_words);
}

static int
empty_file(int fd)
{
	return ftruncate(fd, 0) < 0 || lseek(fd, 0, SEEK_SET) < 0 ? ERR_SYS :
								    0;
}

/*
 * Runs the preprocessor; where macros were to wait for the server, and cannot,
 * it runs again and expands them.
 */
static int
preprocess_fully(struct attempt *attempt, int *status)
{
	int r;

	attempt->macros_wait = macros_should_wait(attempt);
	r = preprocess(attempt, status);
	if (r < 0 || !attempt->macros_wait ||
	    tmp_end_messages(attempt->cpp_stderr_fd) < 0 ||
	    macros_can_wait(attempt, *status))
		return r;
	attempt->macros_wait = 0;
	close(attempt->cpp_stderr_fd);
	attempt->cpp_stderr_fd = tmp_open_messages(attempt->settings->tmp_dir,
						   LIMIT_MESSAGES);
	if (attempt->cpp_stderr_fd < 0 || empty_file(attempt->source_fd) < 0)
		return ERR_SYS;
	return preprocess(attempt, status);
}

/* What a server's compiler is not to be misled by. */
static int
dress_source(struct attempt *attempt)
{
	if (attempt->macros_wait)
		return 0;
	source_unmark(attempt->cmd, attempt->source_fd);
	return comments_restore(attempt->cmd, attempt->source_fd);
}

static enum attempt_outcome
make_source(struct attempt *attempt)
{
	const char *input = cmdline_input(attempt->cmd);
	const char *dir = attempt->settings->tmp_dir;
	int status = 0, r;

	if (attempt->cmd->lang->is_preprocessed)
		return open_input(attempt, input);
	attempt->source_fd = open_source(attempt);
	if (attempt->source_fd < 0)
		return no_tmp(attempt);
	attempt->cpp_stderr_fd = tmp_open_messages(dir, LIMIT_MESSAGES);
	if (attempt->cpp_stderr_fd < 0)
		return no_tmp(attempt);
	r = preprocess_fully(attempt, &status);
	if (tmp_end_messages(attempt->cpp_stderr_fd) < 0)
		return no_tmp(attempt);
	if (r < 0) {
		attempt_ours(attempt, r, "failed to exec", attempt->cmd->args.v[0]);
		attempt->exit_code = EXIT_NO_COMPILER;
		return ATTEMPT_OURS;
	}
	if (status != 0)
		return judge_preprocessor(attempt, status);
	return dress_source(attempt) < 0 ? no_tmp(attempt) : ATTEMPT_VERDICT;
}

enum attempt_outcome
prepare_attempt(struct attempt *attempt)
{
	enum attempt_outcome outcome;

	attempt->reason = inspect_headers(attempt->cmd);
	if (attempt->reason != REASON_NONE)
		return ATTEMPT_STAYS;
	outcome = output_open(attempt);
	if (outcome == ATTEMPT_VERDICT)
		outcome = make_source(attempt);
	if (outcome != ATTEMPT_VERDICT)
		return outcome;
	attempt->reason = source_inspect(attempt->cmd, attempt->source_fd,
					 cpp_spoke(attempt));
	if (attempt->reason == REASON_NONE)
		attempt->reason = marks_settle(attempt->cmd,
					       attempt->source_fd);
	if (attempt->reason != REASON_NONE)
		return ATTEMPT_STAYS;
	attempt->ready = 1;
	return ATTEMPT_VERDICT;
}
