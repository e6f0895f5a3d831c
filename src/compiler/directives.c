/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/directives.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/cmdline.h"
#include "compiler/lang.h"
#include "compiler/option.h"
#include "compiler/probe.h"

/* Before, "#" at the beginning of a raw string's line was a directive. */
#define OLDEST_GCC 12

/* gcc itself refuses __COUNTER__ where it matters, in a directive. */
const char *const directives_words[] = {
	"__BASE_FILE__", "__TIMESTAMP__", "__DATE__",
	"__TIME__", "__INCLUDE_LEVEL__", "push_macro", "pop_macro", NULL
};

/* Those of OpenMP and OpenACC are pragmas only where an option says so. */
const char *const directives_lost[] = {
	"redefine_extname", "pragma message", NULL
};

/*
 * What the system's headers for C have as functions is none without
 * optimization; of their macros, assert() decides something.
 */
static const char *const in_c[] = {
	"define ", "define\t", "assert", "#include \"", "# include \"", "#include\"", NULL
};

static const char *const in_cxx[] = { "#", NULL };

/*
 * Options for the preprocessor alone, which the server is not told, but whose
 * work is done when what they are about is found.
 */
static const char *const early[] = {
	"-D", "--define-macro", "-U", "--undefine-macro", "-I",
	"--include-directory", "-iquote", "-isystem", "-idirafter",
	"-include", "--include", "-nostdinc", "-nostdinc++", "-isysroot",
	"--sysroot", "-pthread", NULL
};

/* What -fdirectives-only is at odds with. */
static const char *const others[] = {
	"-fopenmp", "-fopenacc", "-Wunused-macros", "-fdirectives-only",
	"-fno-directives-only", "-traditional", NULL
};

static int
begins_with_any(const char *name, const char *const *list)
{
	for (; *list != NULL; list++) {
		if (strncmp(name, *list, strlen(*list)) == 0)
			return 1;
	}
	return 0;
}

/* -O, -O2, -Og and the like: all but -O0. */
static int
optimizes(const struct option_use *use)
{
	return use->value == NULL || strcmp(use->value, "0") != 0;
}

static int
words_allow_it(const struct cmdline *cmd)
{
	struct option_use use;
	const char *name;
	int optimized = 0;
	size_t i;

	for (i = 1; i < cmd->args.count; i += use.words) {
		use = option_at(cmd->args.v, i);
		if (use.option == NULL)
			continue;
		name = use.option->name;
		if (strcmp(name, "-O") == 0 || strncmp(name, "--optimize", 10) == 0)
			optimized = optimizes(&use);
		if (begins_with_any(cmd->args.v[i], others) ||
		    ((use.option->traits & OPTION_CPP) != 0 &&
		     (use.option->traits & OPTION_DEPS) == 0 &&
		     !begins_with_any(name, early)))
			return 0;
	}
	return !optimized;
}

/* Whether the option makes a macro of more than a word, or may do so. */
static int
makes_macro(const struct option_use *use)
{
	static const char *const defining[] = {
		"-D", "--define-macro", NULL
	};
	static const char *const including[] = {
		"-include", "--include", NULL
	};

	if (use->option == NULL)
		return 0;
	if (begins_with_any(use->option->name, defining))
		return use->value != NULL &&
		       strpbrk(use->value, " ()[]{},;?:&|<>+*/%^~!") != NULL;
	return begins_with_any(use->option->name, including);
}

const char *const *
directives_needed(const struct cmdline *cmd)
{
	struct option_use use;
	size_t i;

	for (i = 1; i < cmd->args.count; i += use.words) {
		use = option_at(cmd->args.v, i);
		if (makes_macro(&use))
			return NULL;
	}
	return strcmp(cmd->lang->suffix, ".ii") == 0 ? in_cxx : in_c;
}

int
directives_suffice(const struct cmdline *cmd, const struct probe *probe)
{
	const char *suffix = cmd->lang->suffix;

	/* Who knows what a script makes of it? */
	if (probe->path == NULL || probe->is_script)
		return 0;
	if (cmd->family != FAMILY_GCC || cmd->lang->is_preprocessed ||
	    (strcmp(suffix, ".i") != 0 && strcmp(suffix, ".ii") != 0))
		return 0;
	return words_allow_it(cmd) && probe_version(probe) >= OLDEST_GCC;
}
