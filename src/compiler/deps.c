/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/deps.h"

#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/path.h"
#include "compiler/lang.h"

void
deps_clear(struct deps *deps)
{
	free(deps->file);
	*deps = (struct deps)DEPS_INIT;
}

static void
set_file(struct deps *deps, const char *file)
{
	free(deps->file);
	deps->file = xstrdup(file);
}

static int
is_any(const char *word, const char *one, const char *other)
{
	return strcmp(word, one) == 0 || strcmp(word, other) == 0;
}

void
deps_take(struct deps *deps, const struct option_use *use)
{
	const char *name = use->option->name;

	deps->by_driver = 1;
	if (is_any(name, "-MD", "-MMD") ||
	    is_any(name, "--write-dependencies", "--write-user-dependencies"))
		deps->is_wanted = 1;
	else if (is_any(name, "-MT", "-MQ"))
		deps->has_target = 1;
	else if (strcmp(name, "-MF") == 0 && use->value != NULL)
		set_file(deps, use->value);
}

static void
split(const char *words, struct args *pieces)
{
	size_t len;

	for (;; words += len + 1) {
		len = strcspn(words, ",");
		args_take(pieces, xstrndup(words, len));
		if (words[len] == '\0')
			return;
	}
}

static int
is_macro(const char *piece)
{
	return piece[0] == '-' && (piece[1] == 'D' || piece[1] == 'U') &&
	       piece[2] != '\0';
}

/* How many pieces the one at pieces is, with its argument; 0: not known. */
static size_t
piece_count(char *const *pieces)
{
	if (is_macro(pieces[0]) || strcmp(pieces[0], "-MP") == 0)
		return 1;
	if (is_any(pieces[0], "-MD", "-MMD") ||
	    is_any(pieces[0], "-MT", "-MQ") || strcmp(pieces[0], "-MF") == 0)
		return pieces[1] == NULL ? 0 : 2;
	return 0;
}

/* The compiler proper of gcc wants a file behind -MD. */
static enum reason
take_pieces(struct deps *deps, char *const *pieces)
{
	size_t count;

	for (; *pieces != NULL; pieces += count) {
		count = piece_count(pieces);
		if (count == 0)
			return REASON_PREPROCESSOR;
		if (is_macro(pieces[0]))
			continue;
		deps->by_wp = 1;
		if (is_any(pieces[0], "-MT", "-MQ"))
			deps->has_target = 1;
		else if (count == 2)
			set_file(deps, pieces[1]);
		if (is_any(pieces[0], "-MD", "-MMD"))
			deps->is_wanted = 1;
	}
	return REASON_NONE;
}

/* clang's driver takes -MD and its file for its own, and passes all else. */
static enum reason
take_pieces_clang(struct deps *deps, const struct args *pieces)
{
	size_t i;

	if (is_any(pieces->v[0], "-MD", "-MMD") && pieces->count <= 2) {
		deps->by_driver = 1;
		deps->is_wanted = 1;
		if (pieces->count == 2)
			set_file(deps, pieces->v[1]);
		return REASON_NONE;
	}
	for (i = 0; i < pieces->count; i++) {
		if (!is_macro(pieces->v[i]))
			return REASON_PREPROCESSOR;
	}
	return REASON_NONE;
}

enum reason
deps_take_wp(struct deps *deps, const char *words, enum family family)
{
	struct args pieces = ARGS_INIT;
	enum reason reason;

	split(words, &pieces);
	if (family == FAMILY_CLANG)
		reason = take_pieces_clang(deps, &pieces);
	else
		reason = take_pieces(deps, pieces.v);
	args_clear(&pieces);
	return reason;
}

void
deps_push_wp(const char *words, struct args *out)
{
	struct args pieces = ARGS_INIT;
	const char *piece;
	size_t i;

	split(words, &pieces);
	for (i = 0; i < pieces.count; i++) {
		piece = pieces.v[i];
		if (is_macro(piece)) {
			args_take(out, concat("-Wp,", piece, (char *)NULL));
			continue;
		}
		if (strcmp(piece, "-MF") != 0)
			args_push(out, piece);
		if (strcmp(piece, "-MP") == 0)
			continue;
		i++;
		if (is_any(piece, "-MT", "-MQ"))
			args_push(out, pieces.v[i]);
	}
	args_clear(&pieces);
}

enum reason
deps_finish(const struct deps *deps, struct cmdline *cmd)
{
	if (!deps->is_wanted) {
		/* gcc refuses -MF and the like then; it shall say so itself. */
		return deps->by_driver || deps->by_wp ? REASON_BAD_COMMAND :
							REASON_NONE;
	}
	if (deps->by_driver && deps->by_wp)
		return REASON_PREPROCESSOR;
	if (deps->file != NULL && strcmp(deps->file, "-") == 0)
		return REASON_STDIN;
	if (deps->file != NULL && deps->file[0] == '\0')
		return REASON_BAD_COMMAND;
	if (cmd->lang->is_preprocessed)
		return REASON_NONE;
	if (deps->file != NULL)
		cmd->depfile = xstrdup(deps->file);
	else if (cmd->has_output)
		cmd->depfile = path_with_suffix(cmd->output, ".d");
	else
		cmd->depfile = path_with_suffix(path_base(cmdline_input(cmd)),
						".d");
	if (deps->by_driver && cmd->has_output && !deps->has_target)
		cmd->deptarget = xstrdup(cmd->output);
	return REASON_NONE;
}
