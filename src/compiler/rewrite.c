/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/rewrite.h"

#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/path.h"
#include "compiler/cmdline.h"
#include "compiler/deps.h"
#include "compiler/identity.h"
#include "compiler/lang.h"
#include "compiler/option.h"

/* One step through the words of a command. */
struct step {
	size_t at;
	struct option_use use;	/* option is NULL for the input */
};

/* Steps to the next option or input; step->at starts as 0. 0: the end. */
static int
step_next(struct step *step, const struct cmdline *cmd)
{
	const struct args *args = &cmd->args;

	step->at += step->at == 0 ? 1 : step->use.words;
	if (step->at >= args->count)
		return 0;
	step->use = option_at(args->v, step->at);
	return 1;
}

static unsigned
traits_of(const struct step *step)
{
	return step->use.option == NULL ? 0 : step->use.option->traits;
}

static void
push_step(const struct step *step, const struct cmdline *cmd,
	  struct args *out)
{
	size_t i;

	for (i = 0; i < step->use.words; i++)
		args_push(out, cmd->args.v[step->at + i]);
}

/* A word about dependencies, unless it names their file. */
static void
push_deps(const struct step *step, const struct cmdline *cmd,
	  struct args *out)
{
	if (cmd->depfile != NULL && strcmp(step->use.option->name, "-MF") != 0)
		push_step(step, cmd, out);
}

void
rewrite_to_preprocess(const struct cmdline *cmd, const char *depfile,
		      struct args *out)
{
	struct step step = { 0 };
	unsigned traits;

	args_clear(out);
	args_push(out, cmd->args.v[0]);
	args_push(out, "-E");
	/* Else gcc would not tell that it found a precompiled header. */
	if (cmd->family == FAMILY_GCC)
		args_push(out, "-fpch-preprocess");
	while (step_next(&step, cmd)) {
		traits = traits_of(&step);
		if ((traits & (OPTION_ACTION | OPTION_OUTPUT)) != 0)
			continue;
		if ((traits & OPTION_DEPS) != 0)
			push_deps(&step, cmd, out);
		else if (traits != 0 &&
			 strcmp(step.use.option->name, "-Wp,") == 0)
			deps_push_wp(step.use.value, out);
		else
			push_step(&step, cmd, out);
	}
	if (cmd->depfile == NULL)
		return;
	args_push(out, "-MF");
	args_push(out, depfile);
	if (cmd->deptarget != NULL) {
		args_push(out, "-MQ");
		args_push(out, cmd->deptarget);
	}
}

/* The options that go where the preprocessed source goes. */
static void
push_options(const struct cmdline *cmd, struct args *out)
{
	const unsigned shown = cmd->family == FAMILY_CLANG ? OPTION_SHOWN : 0;
	const unsigned own = OPTION_ACTION | OPTION_OUTPUT | OPTION_LANGUAGE |
			     OPTION_DEPS | shown;
	struct step step = { 0 };

	args_push(out, cmd->to_assembly ? "-S" : "-c");
	while (step_next(&step, cmd)) {
		if (step.use.option == NULL || (traits_of(&step) & own) != 0)
			continue;
		if (!option_stays(step.use.option))
			push_step(&step, cmd, out);
	}
}

/*
 * The input as a server should read it: the suffix alone tells it the
 * language, and it has to know the suffix.
 */
static char *
sent_input(const struct cmdline *cmd)
{
	const char *input = cmdline_input(cmd);

	if (lang_is_told_by(cmd->lang, input))
		return xstrdup(input);
	return path_with_suffix(input, cmd->lang->suffix);
}

/* Whether the step is at one of the options called names (NULL-ended). */
static int
step_is(const struct step *step, const char *const *names)
{
	for (; step->use.option != NULL && *names != NULL; names++) {
		if (strcmp(step->use.option->name, *names) == 0)
			return 1;
	}
	return 0;
}

/* Whether clang will want to know the folder and was not told. */
static int
lacks_folder(const struct cmdline *cmd)
{
	static const char *const folder[] = {
		"-fdebug-compilation-dir", "-fdebug-compilation-dir=",
		"-ffile-compilation-dir=", NULL
	};
	struct step step = { 0 };
	int has_debug = 0;

	while (step_next(&step, cmd)) {
		if (step_is(&step, folder))
			return 0;
		has_debug |= option_is_debug(&step.use);
	}
	return has_debug;
}

static int
has_target(const struct cmdline *cmd)
{
	static const char *const target[] = {
		"-target", "--target", "--target=", NULL
	};
	struct step step = { 0 };

	while (step_next(&step, cmd)) {
		if (step_is(&step, target))
			return 1;
	}
	return 0;
}

/* What clang, unlike gcc, does not know by itself of preprocessed sources. */
static void
push_for_clang(const struct cmdline *cmd, const char *target,
	       struct args *out)
{
	const char *folder = lacks_folder(cmd) ? getpwd() : NULL;

	/* gcc has the target in its name (naming.h). */
	if (target != NULL && !has_target(cmd))
		args_take(out, concat("--target=", target, (char *)NULL));
	/* Else it expands "linux" where the source has undefined that. */
	args_push(out, "-undef");
	/* The preprocessor has complained of unused options already. */
	if (!cmd->lang->is_preprocessed)
		args_push(out, "-Qunused-arguments");
	/* gcc finds the folder for debug information in the source. */
	if (folder != NULL)
		args_take(out, concat("-fdebug-compilation-dir=", folder,
				      (char *)NULL));
}

void
rewrite_to_send(const struct cmdline *cmd, const char *compiler,
		const char *target, struct args *out)
{
	args_clear(out);
	args_push(out, compiler);
	/*
	 * Old servers replace the first word that ends like a source, even
	 * if it is an option, by their copy of it.
	 */
	args_take(out, sent_input(cmd));
	push_options(cmd, out);
	if (cmd->family == FAMILY_CLANG)
		push_for_clang(cmd, target, out);
	args_push(out, "-o");
	args_push(out, cmd->output);
}

/*
 * Old servers take "-MT X" out, and put X in as it is; "-MTX" they leave to
 * the compiler. The file is the server's own.
 */
static void
push_deps_to_pump(const struct step *step, const struct cmdline *cmd,
		  struct args *out)
{
	const struct option_use *use = &step->use;
	const char *name = use->option->name;

	if (strcmp(name, "-MF") == 0)
		return;
	if (strcmp(name, "-MT") == 0 && use->value[0] != '\0')
		args_take(out, concat(name, use->value, (char *)NULL));
	else if (strcmp(name, "--write-dependencies") == 0)
		args_push(out, "-MD");
	else if (strcmp(name, "--write-user-dependencies") == 0)
		args_push(out, "-MMD");
	else
		push_step(step, cmd, out);
}

/*
 * The words behind -Wp, as the compiler's own, since servers know these. What
 * is not about dependencies goes to late: drivers pass it on behind all else.
 */
static void
push_wp_to_pump(const char *words, struct args *out, struct args *late)
{
	struct args pieces = ARGS_INIT;
	const char *piece, *comma;
	size_t i;

	deps_push_wp(words, &pieces);
	for (i = 0; i < pieces.count; i++) {
		piece = pieces.v[i];
		if (strncmp(piece, "-Wp,", 4) != 0) {
			args_push(out, piece);
			continue;
		}
		piece += 4;
		comma = strchr(piece, ',');
		if (comma != NULL) {
			args_take(late, xstrndup(piece,
						 (size_t)(comma - piece)));
			piece = comma + 1;
		}
		args_push(late, piece);
	}
	args_clear(&pieces);
}

/* A word that is neither an action nor an output. */
static void
push_to_pump(const struct step *step, const struct cmdline *cmd,
	     struct args *out, struct args *late)
{
	const struct option *option = step->use.option;

	if (option == NULL) {
		push_step(step, cmd, out);
	} else if ((option->traits & OPTION_DEPS) != 0) {
		push_deps_to_pump(step, cmd, out);
	} else if (strcmp(option->name, "-Wp,") == 0) {
		push_wp_to_pump(step->use.value, out, late);
	} else if (strcmp(option->name, "-x") == 0) {
		/* Old servers look for the language in the next word. */
		args_push(out, "-x");
		args_push(out, step->use.value);
	} else {
		push_step(step, cmd, out);
	}
}

/* The target that a compile here writes if nobody names one. */
static void
push_deptarget(const struct cmdline *cmd, struct args *out)
{
	args_push(out, "-MQ");
	if (cmd->deptarget != NULL)
		args_push(out, cmd->deptarget);
	else
		args_take(out, path_with_suffix(
				path_base(cmdline_input(cmd)), ".o"));
}

void
rewrite_to_pump(const struct cmdline *cmd, const char *compiler,
		const char *target, struct args *out)
{
	struct args late = ARGS_INIT;
	struct step step = { 0 };

	args_clear(out);
	args_push(out, compiler);
	while (step_next(&step, cmd)) {
		if ((traits_of(&step) & (OPTION_ACTION | OPTION_OUTPUT)) == 0)
			push_to_pump(&step, cmd, out, &late);
	}
	args_append(out, &late);
	args_clear(&late);
	if (cmd->family == FAMILY_CLANG && target != NULL && !has_target(cmd))
		args_take(out, concat("--target=", target, (char *)NULL));
	if (cmd->depfile == NULL)
		args_push(out, "-MD");
	else if (!cmd->has_deptarget)
		push_deptarget(cmd, out);
	args_push(out, cmd->to_assembly ? "-S" : "-c");
	args_push(out, "-o");
	args_push(out, cmd->output);
}

static int
suffix_tells_lang(const struct cmdline *cmd, const char *compiler,
		  const char *source)
{
	return strcmp(path_suffix(source), cmd->lang->suffix) == 0 &&
	       (!identity_is_cxx(compiler) ||
		strcmp(cmd->lang->suffix, ".i") != 0);
}

void
rewrite_to_serve(const struct cmdline *cmd, const char *compiler,
		 const char *source, const char *object, struct args *out)
{
	args_clear(out);
	args_push(out, compiler);
	push_options(cmd, out);
	args_push(out, "-o");
	args_push(out, object);
	if (!suffix_tells_lang(cmd, compiler, source)) {
		args_push(out, "-x");
		args_push(out, cmd->lang->preprocessed);
	}
	args_push(out, source);
}
