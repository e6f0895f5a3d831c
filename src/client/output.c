/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/output.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/tmp.h"
#include "compiler/cmdline.h"

/* An output, and what stands at its place before the compile. */
struct place {
	const struct cmdline *cmd;
	const char *path;
	struct stat st;
	struct stat input;	/* the source, once somebody wanted to know */
	int knows_input;
};

static int
is_input(struct place *place)
{
	if (!place->knows_input &&
	    stat(cmdline_input(place->cmd), &place->input) < 0)
		return 0;
	place->knows_input = 1;
	return place->input.st_dev == place->st.st_dev &&
	       place->input.st_ino == place->st.st_ino;
}

/*
 * Some programs replace a link and some follow it, and "/proc/self/fd/3" is
 * another file for each process. A link to a device is the one that people
 * have.
 */
static enum reason
judge_link(struct place *place, enum tmp_way *way)
{
	if (stat(place->path, &place->st) < 0)
		return REASON_OUTPUT;
	if (is_input(place))
		return REASON_BAD_COMMAND;
	*way = TMP_DIRECT;
	return S_ISCHR(place->st.st_mode) ? REASON_NONE : REASON_OUTPUT;
}

/*
 * gcc writes assembly into what is there; its assembler removes that first,
 * unless it is empty. clang makes either beside its place, but only where it
 * could have written to what is there; with -fno-integrated-as, however, an
 * assembler makes the object. Who may not write is told so before the
 * dependencies are written.
 */
static enum reason
judge_result(const struct place *place, enum tmp_way *way)
{
	const int is_clang = place->cmd->family == FAMILY_CLANG;
	const int is_empty = place->st.st_size == 0;

	if (!is_clang && !is_empty && !place->cmd->to_assembly)
		return REASON_NONE;
	if (access(place->path, W_OK) < 0)
		return REASON_CLIENT_FAULT;
	if (!is_clang)
		*way = TMP_OVERWRITE;
	else if (is_empty && !place->cmd->to_assembly)
		return REASON_OUTPUT;
	return REASON_NONE;
}

/*
 * How the compiler writes: *way is set, or the reason says why it must do so
 * itself; REASON_CLIENT_FAULT: it cannot, and errno says why.
 */
static enum reason
judge(struct place *place, enum tmp_way *way)
{
	*way = TMP_REPLACE;
	/* The usual case; if more is amiss, opening will tell. */
	if (lstat(place->path, &place->st) < 0)
		return REASON_NONE;
	if (S_ISLNK(place->st.st_mode))
		return judge_link(place, way);
	if (!S_ISREG(place->st.st_mode)) {
		*way = TMP_DIRECT;
		return REASON_NONE;
	}
	if (is_input(place))
		return REASON_BAD_COMMAND;
	if (place->path != place->cmd->depfile)
		return judge_result(place, way);
	*way = TMP_OVERWRITE;
	return REASON_NONE;
}

static enum attempt_outcome
open_at(struct attempt *attempt, struct place *place, const char *path,
	struct tmp_file *file)
{
	enum reason reason;
	enum tmp_way way;

	place->path = path;
	reason = judge(place, &way);
	if (reason != REASON_NONE && reason != REASON_CLIENT_FAULT) {
		attempt->reason = reason;
		return ATTEMPT_STAYS;
	}
	if (reason == REASON_CLIENT_FAULT ||
	    tmp_file_open(file, path, way) < 0)
		return attempt_ours(attempt, ERR_SYS, "cannot write", path);
	return ATTEMPT_VERDICT;
}

enum attempt_outcome
output_open(struct attempt *attempt)
{
	const struct cmdline *cmd = attempt->cmd;
	struct place place = { .cmd = cmd };
	enum attempt_outcome outcome;

	if (attempt->opened)
		return ATTEMPT_VERDICT;
	/* What is left then depends on who writes when. */
	if (cmd->depfile != NULL && strcmp(cmd->depfile, cmd->output) == 0) {
		attempt->reason = REASON_BAD_COMMAND;
		return ATTEMPT_STAYS;
	}
	outcome = open_at(attempt, &place, cmd->output, &attempt->object);
	if (outcome == ATTEMPT_VERDICT && cmd->depfile != NULL)
		outcome = open_at(attempt, &place, cmd->depfile,
				  &attempt->depfile);
	attempt->opened = outcome == ATTEMPT_VERDICT;
	return outcome;
}
