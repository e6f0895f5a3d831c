/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/cmdline.h"

#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/path.h"
#include "compiler/deps.h"
#include "compiler/identity.h"
#include "compiler/lang.h"
#include "compiler/option.h"
#include "compiler/response.h"
#include "compiler/sanitizer.h"

/* What is known of a command while its words are gone through. */
struct scan {
	struct cmdline *cmd;
	int is_foreign;
	int is_pumped;		/* and the client's files are here */
	int is_cxx;		/* the compiler is a C++ one by its name */
	int compiles;		/* -c or -S was there */
	int names_lang;		/* there was a -x */
	int has_lang;		/* -x is in force ... */
	const struct lang *lang;	/* ... with this language */
	size_t inputs;
	struct deps deps;
	const struct option *once;	/* the last option with OPTION_ONCE */
	int has_debug;		/* debug information is asked for */
	/* the first word with OPTION_SHOWN that is not sent */
	const char *shown;
	int has_sanitizer;	/* -fsanitize= or a kin of it was there */
	enum reason stops;	/* why nothing is compiled at all */
	const char *stopper;
	enum reason reason;	/* the first that keeps it here, otherwise */
	const char *culprit;
	/* ... and the first that does so only if it goes preprocessed */
	enum reason sources_reason;
	const char *sources_culprit;
};

void
cmdline_clear(struct cmdline *cmd)
{
	args_clear(&cmd->args);
	free(cmd->culprit);
	free(cmd->output);
	free(cmd->depfile);
	free(cmd->deptarget);
	*cmd = (struct cmdline)CMDLINE_INIT;
}

const char *
cmdline_input(const struct cmdline *cmd)
{
	return cmd->args.v[cmd->input_at];
}

static void
note(struct scan *scan, enum reason reason, const char *culprit)
{
	if (scan->reason == REASON_NONE) {
		scan->reason = reason;
		scan->culprit = culprit;
	}
}

/* The same, of what is no matter to those who get the sources. */
static void
note_sources(struct scan *scan, enum reason reason, const char *culprit)
{
	if (scan->sources_reason == REASON_NONE) {
		scan->sources_reason = reason;
		scan->sources_culprit = culprit;
	}
}

static const struct lang *
lang_of(const struct scan *scan, const char *input)
{
	if (scan->has_lang)
		return scan->lang;
	/* After any -x, "none" too, g++ takes the next input as gcc does. */
	if (scan->is_cxx &&
	    (!scan->names_lang || scan->cmd->family == FAMILY_CLANG))
		return lang_by_file_in_cxx(input);
	return lang_by_file(input);
}

/*
 * Configure scripts, CMake and meson ask what the compiler here can do: by
 * files of these names, in these folders, or by nothing at all.
 */
static int
is_conftest(const char *input)
{
	static const char *const names[] = {
		"conftest.", "tmp.conftest.", "CMakeCCompilerABI.",
		"CMakeCXXCompilerABI.",
	};
	static const char *const folders[] = {
		"/CMakeScratch/", "/CMakeTmp/", "/meson-private/",
	};
	const char *base = path_base(input);
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++) {
		if (strncmp(base, names[i], strlen(names[i])) == 0)
			return 1;
	}
	for (i = 0; i < sizeof folders / sizeof *folders; i++) {
		if (strstr(input, folders[i]) != NULL)
			return 1;
	}
	return strcmp(input, "/dev/null") == 0;
}

/*
 * Where nothing stands before the suffix, compilers disagree what it is and
 * how to call the output.
 */
static int
is_nameless(const char *input)
{
	return path_suffix(input) == path_base(input);
}

static void
judge_own_input(struct scan *scan, const char *word)
{
	const struct lang *lang = scan->cmd->lang;

	/* On a server, a C++ compiler would take what ends in .i for C++. */
	if (scan->is_cxx && strcmp(lang->suffix, ".i") == 0)
		note(scan, REASON_LANGUAGE, word);
	/* It goes by another name, and the object would show that. */
	if (lang->is_preprocessed && !lang_is_told_by(lang, word))
		note(scan, REASON_LANGUAGE, word);
}

/* Whether all that the assembler reads has been sent as well. */
static int
is_assembled(const struct lang *lang)
{
	return strcmp(lang->name, "assembler-with-cpp") == 0;
}

static void
take_input(struct scan *scan, size_t at)
{
	const char *word = scan->cmd->args.v[at];

	scan->inputs++;
	if (scan->inputs > 1) {
		note(scan, REASON_MANY_INPUTS, word);
		return;
	}
	scan->cmd->input_at = at;
	scan->cmd->lang = lang_of(scan, word);
	if (strcmp(word, "-") == 0)
		note(scan, REASON_STDIN, word);
	else if (scan->cmd->lang == NULL || is_nameless(word))
		note(scan, REASON_LANGUAGE, word);
	/* gcc's driver hands the last part on as a word of its own. */
	else if (scan->is_pumped && path_base(word)[0] == '@')
		note(scan, REASON_READS_FILE, word);
	else if (!scan->cmd->lang->is_distributed &&
		 !(scan->is_pumped && is_assembled(scan->cmd->lang)))
		note(scan, scan->cmd->lang->local, word);
	else if (!scan->is_foreign)
		judge_own_input(scan, word);
}

static void
take_output(struct scan *scan, const char *value, const char *word)
{
	struct cmdline *cmd = scan->cmd;

	/* gcc takes the last of several, and complains. */
	if (cmd->has_output || value[0] == '\0') {
		note(scan, REASON_BAD_COMMAND, word);
		return;
	}
	cmd->has_output = 1;
	cmd->output = xstrdup(value);
	if (strcmp(value, "-") == 0)
		note(scan, REASON_STDIN, word);
}

static void
take_language(struct scan *scan, const char *value, const char *word)
{
	scan->names_lang = 1;
	scan->has_lang = strcmp(value, "none") != 0;
	scan->lang = lang_by_name(value);
	if (scan->has_lang && scan->lang == NULL)
		note(scan, REASON_LANGUAGE, word);
}

static void
take_action(struct scan *scan, const char *name)
{
	scan->compiles = 1;
	if (strcmp(name, "-S") == 0 || strcmp(name, "--assemble") == 0)
		scan->cmd->to_assembly = 1;
}

/* What the option is for, whoever judges the command. */
static void
take_meaning(struct scan *scan, const struct option_use *use, const char *word)
{
	const struct option *option = use->option;

	if ((option->traits & OPTION_STOPS) != 0 &&
	    scan->stops == REASON_NONE) {
		scan->stops = option->local;
		scan->stopper = word;
	}
	if ((option->traits & OPTION_ACTION) != 0)
		take_action(scan, option->name);
	if ((option->traits & OPTION_OUTPUT) != 0)
		take_output(scan, use->value, word);
	if ((option->traits & OPTION_LANGUAGE) != 0 && use->value != NULL)
		take_language(scan, use->value, word);
	if ((option->traits & OPTION_ONCE) != 0) {
		if (scan->once == option)
			note(scan, REASON_BAD_COMMAND, word);
		scan->once = option;
	}
}

/* Whether this machine's compiler has to do it itself. */
static void
judge_own(struct scan *scan, const struct option_use *use, const char *word)
{
	const struct option *option = use->option;
	enum reason reason = option->local;

	scan->has_debug |= option_is_debug(use);
	if ((option->traits & OPTION_SHOWN) != 0 && option_stays(option) &&
	    scan->shown == NULL)
		scan->shown = word;
	scan->has_sanitizer |= strcmp(option->name, "-fsanitize") == 0;
	/* clang has an option of its own for macros, and no level that does. */
	if (reason == REASON_MACROS && strcmp(option->name, "-g") == 0 &&
	    scan->cmd->family == FAMILY_CLANG)
		reason = REASON_NONE;
	if ((option->traits & OPTION_CLANG) != 0 &&
	    scan->cmd->family != FAMILY_CLANG)
		reason = REASON_NONE;
	if ((option->traits & OPTION_DEPS) != 0)
		deps_take(&scan->deps, use);
	else if (strcmp(option->name, "-Wp,") == 0)
		reason = deps_take_wp(&scan->deps, use->value,
				      scan->cmd->family);
	if (reason != REASON_NONE && (option->traits & OPTION_SOURCES) != 0)
		note_sources(scan, reason, word);
	else if (reason != REASON_NONE)
		note(scan, reason, word);
}

/* Whether a server may not do it for somebody else. */
static void
judge_foreign(struct scan *scan, const struct option_use *use,
	      const char *word)
{
	const unsigned forbidden = OPTION_READS | OPTION_WRITES |
				   OPTION_EXECUTES | OPTION_HOST;
	const struct option *option = use->option;

	if ((option->traits & forbidden) == 0)
		return;
	note(scan, option->local == REASON_NONE ? REASON_READS_FILE :
						  option->local, word);
}

/*
 * Drivers hand values on as words of their own, "-I@x" as "-I" and "@x",
 * which the compiler proper or the assembler would expand. And who does not
 * know an option that another one knows takes its value for the next option.
 * Nobody has judged what comes of that.
 */
static int
hides_words(const struct option_use *use, const char *word, int is_foreign)
{
	if (is_foreign && use->words == 2 && option_is(use->value) &&
	    strncmp(word, "-X", 2) != 0 && strncmp(word, "--for-", 6) != 0)
		return 1;
	return (use->value != NULL && use->value[0] == '@') ||
	       (word[1] == 'f' && strstr(word, "-map=@") != NULL) ||
	       (strncmp(word, "-Wp,", 4) == 0 && strstr(word, ",@") != NULL);
}

static size_t
take_option(struct scan *scan, size_t at)
{
	const char *word = scan->cmd->args.v[at];
	struct option_use use = option_find(word, scan->cmd->args.v[at + 1]);

	if (use.option == NULL) {
		note(scan, REASON_UNKNOWN_OPTION, word);
		return 1;
	}
	if (use.lacks_value) {
		note(scan, REASON_BAD_COMMAND, word);
		return 1;
	}
	take_meaning(scan, &use, word);
	if (scan->is_foreign)
		judge_foreign(scan, &use, word);
	else
		judge_own(scan, &use, word);
	if (hides_words(&use, word, scan->is_foreign))
		note(scan, REASON_READS_FILE, word);
	return use.words;
}

/*
 * Wherever an @ remains, there was no such file, or none to expand, or the
 * file contained it. Compilers would look for it once more, each on its own
 * machine.
 */
static void
find_at_words(struct scan *scan)
{
	size_t i;

	for (i = 0; i < scan->cmd->args.count; i++) {
		if (scan->cmd->args.v[i][0] == '@')
			note(scan, REASON_BAD_COMMAND, scan->cmd->args.v[i]);
	}
}

static void
scan_words(struct scan *scan)
{
	const struct args *args = &scan->cmd->args;
	size_t i;

	if (args->count == 0 || args->v[0][0] == '-' ||
	    args->v[0][0] == '\0') {
		scan->stops = REASON_BAD_COMMAND;
		return;
	}
	scan->is_cxx = identity_is_cxx(args->v[0]);
	find_at_words(scan);
	for (i = 1; i < args->count;) {
		if (option_is(args->v[i])) {
			i += take_option(scan, i);
		} else {
			take_input(scan, i);
			i++;
		}
	}
}

/* The first word that would not be sent to clang, or NULL. */
static const char *
find_unsent(const struct args *args)
{
	struct option_use use;
	size_t i;

	for (i = 1; i < args->count; i += use.words) {
		use = option_at(args->v, i);
		if (use.option != NULL &&
		    (option_stays(use.option) ||
		     (use.option->traits & (OPTION_DEPS | OPTION_SHOWN)) != 0))
			return args->v[i];
	}
	return NULL;
}

/* What only all words together tell. */
static void
judge_whole(struct scan *scan)
{
	struct cmdline *cmd = scan->cmd;
	const char *culprit = NULL;

	if (scan->inputs == 1 && is_conftest(cmdline_input(cmd))) {
		/* Whatever it is that the probe tries. */
		scan->reason = REASON_CONFTEST;
		scan->culprit = cmdline_input(cmd);
	}
	if (cmd->family == FAMILY_GCC && scan->has_debug &&
	    scan->shown != NULL)
		note_sources(scan, REASON_RECORD, scan->shown);
	if (scan->has_sanitizer)
		culprit = sanitizer_culprit(&cmd->args);
	if (culprit != NULL)
		note_sources(scan, REASON_COLUMNS, culprit);
	/* clang warns of each word that it has no use for. */
	if (cmd->family == FAMILY_CLANG && scan->reason == REASON_NONE &&
	    cmd->lang->is_preprocessed) {
		culprit = find_unsent(&cmd->args);
		if (culprit != NULL)
			note(scan, REASON_PREPROCESSOR, culprit);
	}
}

/* What is preprocessed already is all there is to be sent. */
static void
settle_sources(struct scan *scan)
{
	if (scan->sources_reason == REASON_NONE ||
	    scan->reason != REASON_NONE)
		return;
	note(scan, scan->sources_reason, scan->sources_culprit);
	scan->cmd->needs_sources = !scan->cmd->lang->is_preprocessed;
}

/*
 * A command that compiles nothing is best explained by that; its options
 * matter only when it does.
 */
static void
settle(struct scan *scan)
{
	struct cmdline *cmd = scan->cmd;

	if (scan->stops != REASON_NONE) {
		scan->reason = scan->stops;
		scan->culprit = scan->stopper;
	} else if (!scan->compiles) {
		scan->reason = REASON_NOT_COMPILE;
		scan->culprit = NULL;
	} else if (scan->inputs == 0) {
		note(scan, REASON_NO_INPUT, NULL);
	} else if (!scan->is_foreign) {
		judge_whole(scan);
		settle_sources(scan);
	}
	cmd->reason = scan->reason;
	if (scan->culprit != NULL)
		cmd->culprit = xstrdup(scan->culprit);
	if ((cmd->reason == REASON_NONE || cmd->needs_sources) &&
	    cmd->output == NULL)
		cmd->output = path_with_suffix(path_base(cmdline_input(cmd)),
					       cmd->to_assembly ? ".s" : ".o");
}

/* Where dependencies go may keep the command here, whatever is sent. */
static void
settle_deps(struct scan *scan)
{
	struct cmdline *cmd = scan->cmd;
	enum reason reason;

	if (cmd->reason != REASON_NONE && !cmd->needs_sources)
		return;
	reason = deps_finish(&scan->deps, cmd);
	if (reason == REASON_NONE)
		return;
	cmd->reason = reason;
	cmd->needs_sources = 0;
	free(cmd->culprit);
	cmd->culprit = NULL;
}

void
cmdline_parse(struct cmdline *cmd, char *const *argv, enum family family)
{
	struct scan scan = { .cmd = cmd, .deps = DEPS_INIT };

	cmd->family = family;
	response_expand(&cmd->args, argv);
	scan_words(&scan);
	settle(&scan);
	settle_deps(&scan);
	deps_clear(&scan.deps);
}

static void
parse_foreign(struct cmdline *cmd, char *const *argv, int is_pumped)
{
	struct scan scan = { .cmd = cmd, .is_foreign = 1,
			     .is_pumped = is_pumped, .deps = DEPS_INIT };

	args_append_argv(&cmd->args, argv);
	scan_words(&scan);
	settle(&scan);
}

void
cmdline_parse_foreign(struct cmdline *cmd, char *const *argv)
{
	parse_foreign(cmd, argv, 0);
}

void
cmdline_parse_pumped(struct cmdline *cmd, char *const *argv)
{
	parse_foreign(cmd, argv, 1);
}
