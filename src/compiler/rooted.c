/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/rooted.h"

#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/path.h"
#include "compiler/cmdline.h"
#include "compiler/deps.h"
#include "compiler/lang.h"
#include "compiler/option.h"

/* Options whose argument is a path to read from; old servers know these. */
static const char *const path_options[] = {
	"--imacros", "--imacros=", "--include", "--include-directory",
	"--include-directory-after", "--include-directory-after=",
	"--include-directory=", "--include-prefix", "--include-prefix=",
	"--include=", "-F", "-I", "-cxx-isystem", "-idirafter", "-iframework",
	"-imacros", "-include", "-iprefix", "-iquote", "-isystem",
	"-isystem-after", "-stdlib++-isystem", NULL
};

/*
 * What is put behind a prefix, which has been given in one of the above, or
 * is the compiler's own.
 */
static const char *const suffix_options[] = {
	"--include-with-prefix", "--include-with-prefix-after",
	"--include-with-prefix-after=", "--include-with-prefix-before",
	"--include-with-prefix-before=", "--include-with-prefix=",
	"-iwithprefix", "-iwithprefixbefore", NULL
};

/*
 * What turns names into others, runs or writes what nobody checks, or puts
 * what it makes of names where they cannot be found again.
 */
static const char *const forbidden_words[] = {
	"--gcc-toolchain=", "-fcrash-diagnostics-dir=", "-fdepfile-entry=",
	"-funique-internal-linkage-names", "-funique-source-file-names",
	"-gcc-toolchain", "-ivfsoverlay", NULL
};

static const char *const map_words[] = {
	"-fcoverage-prefix-map=", "-fdebug-prefix-map=", "-ffile-prefix-map=",
	"-fmacro-prefix-map=", "-fprofile-prefix-map=", NULL
};

static int
is_among(const char *name, const char *const *names)
{
	for (; *names != NULL; names++) {
		if (strcmp(name, *names) == 0)
			return 1;
	}
	return 0;
}

static int
begins_with_any(const char *word, const char *const *beginnings)
{
	for (; *beginnings != NULL; beginnings++) {
		if (strncmp(word, *beginnings, strlen(*beginnings)) == 0)
			return 1;
	}
	return 0;
}

/* The next option or input of the command behind word *at; 0: the end. */
static int
next_use(const struct cmdline *cmd, size_t *at, struct option_use *use)
{
	*at += *at == 0 ? 1 : use->words;
	if (*at >= cmd->args.count)
		return 0;
	*use = option_at(cmd->args.v, *at);
	return 1;
}

/* How deep path leads, from depth directories below the root; -1: above. */
static long
descend(const char *path, long depth)
{
	size_t len;

	for (; *path != '\0' && depth >= 0; path += len + (path[len] == '/')) {
		len = strcspn(path, "/");
		if (len == 2 && path[0] == '.' && path[1] == '.')
			depth--;
		else if (len > 1 || (len == 1 && path[0] != '.'))
			depth++;
	}
	return depth;
}

static int
climbs_out(const char *path, const char *cwd)
{
	const long depth = path[0] == '/' ? 0 : descend(cwd, 0);

	return descend(path, depth) < 0;
}

static enum reason
judge_map(const struct cmdline *cmd, const char *word)
{
	/* clang tries them in the order of their names, so ours first. */
	return cmd->family == FAMILY_CLANG && strchr(word, '=')[1] == '/' ?
		       REASON_PATHS : REASON_NONE;
}

static enum reason
judge_use(const struct cmdline *cmd, const struct option_use *use,
	  const char *word, const char *cwd)
{
	const char *name = use->option->name;

	if (begins_with_any(word, forbidden_words))
		return REASON_READS_FILE;
	if (begins_with_any(word, map_words))
		return judge_map(cmd, word);
	if (use->value != NULL && (is_among(name, path_options) ||
				   is_among(name, suffix_options)) &&
	    climbs_out(use->value, cwd))
		return REASON_READS_FILE;
	switch (use->option->local) {
	case REASON_LTO:
	case REASON_MODULES:
	case REASON_PCH:
	case REASON_PREPROCESSOR:
		return use->option->local;
	default:
		return REASON_NONE;
	}
}

static int
is_wp(const struct option_use *use)
{
	return strcmp(use->option->name, "-Wp,") == 0;
}

static void
refuse(struct cmdline *cmd, enum reason reason, const char *culprit)
{
	if (cmd->reason != REASON_NONE || reason == REASON_NONE)
		return;
	cmd->reason = reason;
	cmd->culprit = xstrdup(culprit);
}

static void
judge_words(struct cmdline *cmd, const char *cwd, struct deps *deps)
{
	struct option_use use;
	const char *word;
	size_t at = 0;

	while (next_use(cmd, &at, &use)) {
		word = cmd->args.v[at];
		if (use.option == NULL)
			continue;
		if ((use.option->traits & OPTION_DEPS) != 0)
			deps_take(deps, &use);
		if (is_wp(&use))
			refuse(cmd, deps_take_wp(deps, use.value, cmd->family),
			       word);
		else
			refuse(cmd, judge_use(cmd, &use, word, cwd), word);
	}
}

/*
 * Without a target of the user's, it is the output's name, which is another
 * one here; behind -Wp, , gcc makes it of the input's.
 */
static char *
default_target(const struct cmdline *cmd, const struct deps *deps)
{
	if (deps->driver_targets || deps->wp_targets)
		return NULL;
	if (cmd->has_output && !deps->by_wp)
		return xstrdup(cmd->output);
	return path_with_suffix(path_base(cmdline_input(cmd)), ".o");
}

static int
hides_debug(const struct cmdline *cmd, const char *word)
{
	/* Compressed sections could not be searched for the root. */
	return cmd->reason == REASON_NONE && strncmp(word, "-gz", 3) == 0 &&
	       strcmp(word, "-gz=none") != 0;
}

/* gcc with macros in debug information that needs a line is wrong anyhow. */
static int
has_macros(const struct cmdline *cmd)
{
	struct option_use use;
	size_t at = 0;

	while (next_use(cmd, &at, &use)) {
		if (use.option != NULL && use.option->local == REASON_MACROS)
			return 1;
	}
	return 0;
}

void
rooted_judge(struct cmdline *cmd, const char *cwd)
{
	struct deps deps = DEPS_INIT;
	size_t i;

	judge_words(cmd, cwd, &deps);
	if (cmd->lang->is_preprocessed)
		refuse(cmd, REASON_LANGUAGE, cmdline_input(cmd));
	if (climbs_out(cmdline_input(cmd), cwd))
		refuse(cmd, REASON_READS_FILE, cmdline_input(cmd));
	for (i = 1; i < cmd->args.count; i++) {
		if (hides_debug(cmd, cmd->args.v[i]))
			refuse(cmd, REASON_PATHS, cmd->args.v[i]);
	}
	if (rooted_needs_line(cmd) && has_macros(cmd))
		refuse(cmd, REASON_MACROS, cmdline_input(cmd));
	if (cmd->reason == REASON_NONE)
		cmd->reason = deps_finish(&deps, cmd);
	free(cmd->deptarget);
	cmd->deptarget = default_target(cmd, &deps);
	deps_clear(&deps);
}

static void
push_words(const struct cmdline *cmd, size_t at, size_t count,
	   struct args *out)
{
	size_t i;

	for (i = 0; i < count; i++)
		args_push(out, cmd->args.v[at + i]);
}

/* The path, which the client named, as it is here; yours to free. */
static char *
place(const char *path, const char *root)
{
	return path[0] == '/' ? concat(root, path, (char *)NULL) :
				xstrdup(path);
}

static void
push_path_option(const struct option_use *use, const char *word,
		 const char *root, struct args *out)
{
	char *path = place(use->value, root);

	if (use->words == 2) {
		args_push(out, word);
		args_take(out, path);
		return;
	}
	args_take(out, concat(use->option->name, path, (char *)NULL));
	free(path);
}

static void
push_option(const struct cmdline *cmd, size_t at, const struct option_use *use,
	    const struct rooted *rooted, struct args *out)
{
	const char *word = cmd->args.v[at];

	if ((use->option->traits & OPTION_OUTPUT) != 0 ||
	    begins_with_any(word, map_words))
		return;
	if ((use->option->traits & OPTION_DEPS) != 0) {
		if (strcmp(use->option->name, "-MF") != 0)
			push_words(cmd, at, use->words, out);
	} else if (is_wp(use)) {
		deps_push_wp(use->value, out);
	} else if (is_among(use->option->name, path_options)) {
		push_path_option(use, word, rooted->root, out);
	} else {
		push_words(cmd, at, use->words, out);
	}
}

/* The user's maps as they are, or with root in front of what they map. */
static void
push_maps(const struct cmdline *cmd, const char *root, struct args *out)
{
	const char *word, *old;
	char *name;
	size_t i;

	for (i = 1; i < cmd->args.count; i++) {
		word = cmd->args.v[i];
		if (!begins_with_any(word, map_words))
			continue;
		old = strchr(word, '=') + 1;
		if (root == NULL) {
			args_push(out, word);
		} else if (old[0] == '/') {
			name = xstrndup(word, (size_t)(old - word));
			args_take(out, concat(name, root, old, (char *)NULL));
			free(name);
		}
	}
}

/*
 * gcc tries the last map first. The user's own are for the client's names:
 * what is below the root gets them with the root in front, and before it
 * loses the root; what is not, the system's headers, as they are.
 */
static void
push_all_maps(const struct cmdline *cmd, const struct rooted *rooted,
	      struct args *out)
{
	push_maps(cmd, NULL, out);
	args_take(out, concat(rooted->maps_macros ? "-ffile-prefix-map=" :
						    "-fdebug-prefix-map=",
			      rooted->root, "=", (char *)NULL));
	push_maps(cmd, rooted->root, out);
}

static void
push_deps(const struct cmdline *cmd, const char *depfile, struct args *out)
{
	if (cmd->depfile == NULL)
		args_push(out, "-MMD");
	args_push(out, "-MF");
	args_push(out, depfile);
	if (cmd->deptarget != NULL) {
		args_push(out, "-MQ");
		args_push(out, cmd->deptarget);
	}
}

void
rooted_rewrite(const struct cmdline *cmd, const struct rooted *rooted,
	       struct args *out)
{
	struct option_use use;
	size_t at = 0;

	args_clear(out);
	args_push(out, rooted->compiler);
	push_all_maps(cmd, rooted, out);
	while (next_use(cmd, &at, &use)) {
		if (use.option == NULL)
			args_take(out, place(cmd->args.v[at], rooted->root));
		else
			push_option(cmd, at, &use, rooted, out);
	}
	push_deps(cmd, rooted->depfile, out);
	args_push(out, "-o");
	args_push(out, rooted->object);
}

/* A piece of -Wp, or a word that asks for the user's headers alone. */
static int
asks_for_user(const char *word)
{
	return strcmp(word, "-MMD") == 0 ||
	       strcmp(word, "--write-user-dependencies") == 0 ||
	       strstr(word, ",-MMD") != NULL;
}

int
rooted_names_system(const struct cmdline *cmd)
{
	size_t i;

	if (cmd->depfile == NULL)
		return 0;
	for (i = 1; i < cmd->args.count; i++) {
		if (asks_for_user(cmd->args.v[i]))
			return 0;
	}
	return 1;
}

static int
keeps_system_names(const struct cmdline *cmd)
{
	size_t i;

	for (i = 1; i < cmd->args.count; i++) {
		if (strcmp(cmd->args.v[i],
			   "-fno-canonical-system-headers") == 0)
			return 1;
	}
	return cmd->family != FAMILY_GCC;
}

const char *
rooted_next_system_dir(const struct cmdline *cmd, size_t *at)
{
	static const char *const names[] = {
		"--include-directory-after", "--include-directory-after=",
		"-idirafter", "-isystem", NULL
	};
	struct option_use use;

	if (keeps_system_names(cmd))
		return NULL;
	for (++*at; *at < cmd->args.count; ++*at) {
		use = option_at(cmd->args.v, *at);
		*at += use.words - 1;
		if (use.option != NULL && is_among(use.option->name, names))
			return use.value;
	}
	return NULL;
}

int
rooted_needs_line(const struct cmdline *cmd)
{
	size_t i;

	if (cmd->family != FAMILY_GCC || cmdline_input(cmd)[0] != '/')
		return 0;
	for (i = 1; i < cmd->args.count; i++) {
		if (strncmp(cmd->args.v[i], "-gdwarf-", 8) == 0 &&
		    strchr("234", cmd->args.v[i][8]) != NULL)
			return 1;
	}
	return 0;
}
