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
	if (is_any(name, "-MT", "-MQ")) {
		deps->driver_targets = 1;
		return;
	}
	if (strcmp(name, "-MP") == 0)
		return;
	deps->driver_decides = 1;
	if (is_any(name, "-MD", "-MMD") ||
	    is_any(name, "--write-dependencies", "--write-user-dependencies"))
		deps->is_wanted = 1;
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

/* How many pieces are only the preprocessor's at pieces; 0: it is not known. */
static size_t
cpp_count(char *const *pieces)
{
	struct option_use use;

	if (!option_is(pieces[0]))
		return 0;
	use = option_find(pieces[0], pieces[1]);
	/* To the compiler proper, options have one dash. */
	if (use.option == NULL || use.lacks_value || pieces[0][1] == '-' ||
	    use.option->traits != OPTION_CPP ||
	    use.option->local != REASON_NONE)
		return 0;
	/* Not every compiler knows that it is but a value (cmdline.c). */
	if (use.words == 2 && option_is(pieces[1]))
		return 0;
	return use.words;
}

/* How many pieces the one about dependencies is, with its argument, or 0. */
static size_t
deps_count(char *const *pieces)
{
	if (strcmp(pieces[0], "-MP") == 0)
		return 1;
	if (is_any(pieces[0], "-MD", "-MMD") ||
	    is_any(pieces[0], "-MT", "-MQ") || strcmp(pieces[0], "-MF") == 0)
		return pieces[1] == NULL ? 0 : 2;
	return 0;
}

/* The compiler proper of gcc wants a file behind -MD. */
static void
take_piece(struct deps *deps, char *const *pieces)
{
	deps->by_wp = 1;
	if (is_any(pieces[0], "-MT", "-MQ"))
		deps->wp_targets = 1;
	else if (strcmp(pieces[0], "-MP") != 0)
		set_file(deps, pieces[1]);
	if (is_any(pieces[0], "-MD", "-MMD"))
		deps->is_wanted = 1;
}

static enum reason
take_pieces(struct deps *deps, char *const *pieces)
{
	size_t count;

	for (; *pieces != NULL; pieces += count) {
		count = deps_count(pieces);
		if (count != 0)
			take_piece(deps, pieces);
		else
			count = cpp_count(pieces);
		if (count == 0)
			return REASON_PREPROCESSOR;
	}
	return REASON_NONE;
}

static int
is_macro(const char *piece)
{
	return piece[0] == '-' && (piece[1] == 'D' || piece[1] == 'U') &&
	       piece[2] != '\0';
}

/* clang's driver takes -MD and its file for its own, and passes all else. */
static enum reason
take_pieces_clang(struct deps *deps, const struct args *pieces)
{
	size_t i;

	if (is_any(pieces->v[0], "-MD", "-MMD") && pieces->count <= 2) {
		deps->by_driver = deps->driver_decides = 1;
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

/* What is not about dependencies goes on the way that it came by. */
static void
push_cpp(char *const *pieces, size_t count, struct args *out)
{
	args_take(out, concat("-Wp,", pieces[0], count == 1 ? NULL : ",",
			      pieces[1], (char *)NULL));
}

static void
push_deps(char *const *pieces, size_t count, struct args *out)
{
	if (strcmp(pieces[0], "-MF") != 0)
		args_push(out, pieces[0]);
	if (count == 2 && is_any(pieces[0], "-MT", "-MQ"))
		args_push(out, pieces[1]);
}

void
deps_push_wp(const char *words, struct args *out)
{
	struct args pieces = ARGS_INIT;
	size_t i, count;

	split(words, &pieces);
	for (i = 0; i < pieces.count; i += count) {
		count = deps_count(&pieces.v[i]);
		if (count != 0) {
			push_deps(&pieces.v[i], count, out);
			continue;
		}
		count = cpp_count(&pieces.v[i]);
		/* clang's -MD may stand alone. */
		if (count == 0)
			args_push(out, pieces.v[i]);
		else
			push_cpp(&pieces.v[i], count, out);
		count += count == 0;
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
	/* gcc puts the driver's targets first, and takes the last file. */
	if (deps->by_wp && deps->by_driver &&
	    (deps->driver_decides ||
	     (deps->driver_targets && deps->wp_targets)))
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
	cmd->has_deptarget = deps->driver_targets || deps->wp_targets;
	if (deps->driver_decides && cmd->has_output && !deps->driver_targets)
		cmd->deptarget = xstrdup(cmd->output);
	return REASON_NONE;
}
