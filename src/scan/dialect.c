/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/dialect.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/err.h"
#include "compiler/ask.h"
#include "compiler/environment.h"
#include "compiler/lang.h"
#include "compiler/probe.h"
#include "scan/command.h"
#include "scan/evaluate.h"
#include "scan/listing.h"
#include "scan/batch.h"
#include "scan/record.h"
#include "scan/scan.h"

struct dialects {
	char *cache_dir, *tmp_dir;
	struct symbols *symbols;
	struct evaluator *evaluator;
	struct args environment;
	struct dialect **all;
	size_t count, room;
};

static int
is_variable(char *word)
{
	char *const alone[] = { word, NULL };
	const char *const *name;
	size_t len = strcspn(word, "=");
	char *for_gcc = environment_culprit(alone, FAMILY_GCC);
	char *for_clang = environment_culprit(alone, FAMILY_CLANG);
	int meddles = for_gcc != NULL || for_clang != NULL;

	free(for_gcc);
	free(for_clang);
	if (meddles)
		return 1;
	for (name = scan_variables; *name != NULL; name++) {
		if (strlen(*name) == len && strncmp(*name, word, len) == 0)
			return 1;
	}
	return strncmp(word, "LC_", 3) == 0 || strncmp(word, "LANG", 4) == 0;
}

/* Compilers are asked without what belongs to one job, and in English. */
static void
set_environment(struct args *environment)
{
	char *const *word;

	for (word = environ; *word != NULL; word++) {
		if (!is_variable(*word))
			args_push(environment, *word);
	}
	args_push(environment, "LC_ALL=C");
}

struct dialects *
dialects_new(const struct scan_settings *settings, struct symbols *symbols,
	     struct evaluator *evaluator)
{
	struct dialects *dialects = xcalloc(1, sizeof *dialects);

	if (settings->cache_dir != NULL)
		dialects->cache_dir = xstrdup(settings->cache_dir);
	dialects->tmp_dir = xstrdup(settings->tmp_dir == NULL ?
					    "/tmp" : settings->tmp_dir);
	dialects->symbols = symbols;
	dialects->evaluator = evaluator;
	set_environment(&dialects->environment);
	return dialects;
}

static void
clear(struct dialects *dialects, struct dialect *dialect)
{
	if (dialect->predefined != NULL) {
		evaluator_forget(dialects->evaluator, dialect->predefined);
		record_free(dialect->predefined);
		dialect->predefined = NULL;
	}
	dialect->preincludes = 0;
	args_clear(&dialect->own);
	args_clear(&dialect->absent);
	args_clear(&dialect->doubles);
	batch_clear(dialect);
}

void
dialects_free(struct dialects *dialects)
{
	size_t i;

	if (dialects == NULL)
		return;
	for (i = 0; i < dialects->count; i++) {
		clear(dialects, dialects->all[i]);
		free(dialects->all[i]->key);
		free(dialects->all[i]);
	}
	free(dialects->all);
	free(dialects->cache_dir);
	free(dialects->tmp_dir);
	args_clear(&dialects->environment);
	free(dialects);
}

size_t
dialects_count(const struct dialects *dialects)
{
	return dialects->count;
}

/* How a compiler is asked. */
struct question {
	const struct dialects *dialects;
	const struct args *words;
	const struct command *command;
};

static void
ask_with(const struct probe *probe, const struct question *question,
	 const char *const *more, int stream, struct buf *text)
{
	struct ask ask = ASK_INIT;
	struct args args = ARGS_INIT;

	args_push(&args, probe->path);
	args_append(&args, question->words);
	for (; *more != NULL; more++)
		args_push(&args, *more);
	ask.path = probe->path;
	ask.args = &args;
	ask.stream = stream;
	ask.envp = question->dialects->environment.v;
	if (ask_compiler(&ask, text) < 0)
		buf_reset(text);
	args_clear(&args);
}

static void
find_listing(const struct probe *probe, const void *arg, struct buf *answer)
{
	static const char *const listing[] = {
		"-v", "-E", "/dev/null", NULL
	};
	static const char *const dependencies[] = {
		"-M", "-E", "/dev/null", NULL
	};
	struct buf text = BUF_INIT;

	ask_with(probe, arg, dependencies, 1, &text);
	if (listing_add_dependencies(text.data, answer) == 0) {
		buf_reset(&text);
		ask_with(probe, arg, listing, 2, &text);
		listing_shorten(text.data, answer);
	}
	buf_clear(&text);
}

/* What gcc includes before all else must not count as predefined. */
static void
find_macros(const struct probe *probe, const void *arg, struct buf *answer)
{
	static const char *const words[] = {
		"-nostdinc", "-dM", "-E", "/dev/null", NULL
	};

	ask_with(probe, arg, words, 1, answer);
}

/* Which of these the compiler has, evaluators ask before all else. */
static void
ask_functions(struct dialects *dialects, struct dialect *dialect,
	      const struct probe *probe, const struct args *words)
{
	static const char *const names[] = {
		"__building_module", "__has_attribute", "__has_builtin",
		"__has_c_attribute", "__has_constexpr_builtin",
		"__has_cpp_attribute", "__has_declspec_attribute",
		"__has_embed", "__has_extension", "__has_feature",
		"__has_include", "__has_include_next", "__has_warning",
		"__is_identifier", "__is_target_arch",
		"__is_target_environment", "__is_target_os",
		"__is_target_vendor", "__is_target_variant_environment",
		"__is_target_variant_os", "__pragma", NULL
	};
	const char *const *name;
	long long value;

	for (name = names; *name != NULL; name++)
		(void)dialect_query(dialect, "defined", *name, &value);
	batch_ask(dialect, probe, words, dialects->environment.v);
}

static enum refusal
fill(struct dialects *dialects, struct dialect *dialect,
     const struct probe *probe, const struct question *question)
{
	struct buf listing = BUF_INIT, macros = BUF_INIT;
	char *key = concat("scan listing ", dialect->key, (char *)NULL);
	enum refusal refusal = REFUSAL_COMPILER;
	int r = probe_answer(probe, key, find_listing, question, &listing);

	free(key);
	key = concat("scan macros ", dialect->key, (char *)NULL);
	if (r == 0)
		r = probe_answer(probe, key, find_macros, question, &macros);
	free(key);
	if (r == 0 && listing_take(listing.data, dialect) == 0) {
		refusal = REFUSAL_NONE;
		dialect->version++;
		listing_take_macros(macros.data, question->command->family,
				    question->command->lang, dialect);
		dialect->predefined = record_new(dialects->symbols,
						 macros.data, macros.len,
						 RECORD_PLAIN);
		ask_functions(dialects, dialect, probe, question->words);
	}
	buf_clear(&listing);
	buf_clear(&macros);
	return refusal;
}

/* The words that all questions begin with. */
static void
set_words(const struct command *command, struct args *words)
{
	args_append(words, &command->words);
	args_push(words, "-x");
	args_push(words, command->lang->name);
}

static struct dialect *
find(const struct dialects *dialects, const char *key)
{
	size_t i;

	for (i = dialects->count; i > 0; i--) {
		if (strcmp(dialects->all[i - 1]->key, key) == 0)
			return dialects->all[i - 1];
	}
	return NULL;
}

static struct dialect *
add(struct dialects *dialects, const char *key)
{
	struct dialect *dialect = xcalloc(1, sizeof *dialect);

	dialect->key = xstrdup(key);
	if (dialects->count == dialects->room) {
		dialects->room = dialects->room * 2 + 8;
		dialects->all = xrealloc(dialects->all,
					 dialects->room *
						 sizeof *dialects->all);
	}
	dialects->all[dialects->count++] = dialect;
	return dialect;
}

/* Opens probe for the command, and sets the words and what stands for them. */
static enum refusal
prepare(const struct dialects *dialects, const struct command *command,
	const char *name, const char *pathlist, struct probe *probe,
	struct args *words, struct buf *key)
{
	char *line;

	probe_open(probe, name, pathlist,
		   command->is_host ? NULL : dialects->cache_dir,
		   dialects->tmp_dir);
	/* What a script runs, and with which options, nobody knows. */
	if (probe->path == NULL || probe->is_script)
		return REFUSAL_COMPILER;
	set_words(command, words);
	line = args_text(words);
	buf_add_str(key, probe->who.data);
	buf_add_str(key, line);
	free(line);
	return REFUSAL_NONE;
}

enum refusal
dialects_find(struct dialects *dialects, const struct command *command,
	      const char *name, const char *pathlist, int afresh,
	      struct dialect **dialect)
{
	struct probe probe = PROBE_INIT;
	struct args words = ARGS_INIT;
	struct buf key = BUF_INIT;
	struct question question = { dialects, &words, command };
	enum refusal refusal = prepare(dialects, command, name, pathlist,
				       &probe, &words, &key);

	if (refusal == REFUSAL_NONE) {
		*dialect = find(dialects, key.data);
		if (*dialect == NULL)
			*dialect = add(dialects, key.data);
		if (afresh)
			clear(dialects, *dialect);
		probe.afresh = afresh;
		if ((*dialect)->predefined == NULL)
			refusal = fill(dialects, *dialect, &probe, &question);
	}
	probe_clear(&probe);
	args_clear(&words);
	buf_clear(&key);
	return refusal;
}

void
dialects_ask(struct dialects *dialects, struct dialect *dialect,
	     const struct command *command, const char *name,
	     const char *pathlist)
{
	struct probe probe = PROBE_INIT;
	struct args words = ARGS_INIT;
	struct buf key = BUF_INIT;

	(void)prepare(dialects, command, name, pathlist, &probe, &words,
		      &key);
	batch_ask(dialect, &probe, &words, dialects->environment.v);
	probe_clear(&probe);
	args_clear(&words);
	buf_clear(&key);
}
