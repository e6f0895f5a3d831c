/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/command.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libiberty.h>

#include "base/path.h"
#include "compiler/identity.h"
#include "compiler/lang.h"
#include "compiler/option.h"
#include "scan/role.h"

/* While the words are gone through. */
struct parse {
	struct command *command;
	const char *cwd;
	char *prefix;		/* -iprefix */
	const char *language;	/* -x */
	const char *compiler;
	struct args before;	/* -iwithprefixbefore: behind all -I */
	struct args after;	/* clang's -iwithprefix: before -idirafter */
	struct args passed;	/* -Wp, and -Xpreprocessor: they come last */
};

void
command_refuse(struct command *command, enum refusal refusal,
	       const char *culprit)
{
	if (command->refusal != REFUSAL_NONE)
		return;
	command->refusal = refusal;
	command->culprit = culprit == NULL ? NULL : xstrdup(culprit);
}

void
command_define(struct command *command, const char *value)
{
	const char *equals = strchr(value, '=');

	if (strpbrk(value, "\n\r\\") != NULL) {
		command_refuse(command, REFUSAL_OPTION, value);
		return;
	}
	buf_add_str(&command->defines, "#define ");
	if (equals == NULL) {
		buf_addf(&command->defines, "%s 1\n", value);
		return;
	}
	buf_add(&command->defines, value, (size_t)(equals - value));
	buf_addf(&command->defines, " %s\n", equals + 1);
}

void
command_undefine(struct command *command, const char *value)
{
	if (strpbrk(value, "\n\r\\") != NULL)
		command_refuse(command, REFUSAL_OPTION, value);
	else
		buf_addf(&command->defines, "#undef %s\n", value);
}

static void
add_prefixed(struct parse *parse, struct args *chain, const char *value)
{
	struct command *command = parse->command;

	/* gcc's own prefix is a matter of where it is installed. */
	if (parse->prefix == NULL && command->family == FAMILY_GCC)
		command_refuse(command, REFUSAL_OPTION, value);
	else
		args_take(chain,
			  concat(parse->prefix == NULL ? "" : parse->prefix,
				 value, (char *)NULL));
}

/* gcc also looks for headers of its own behind the prefix. */
static void
set_prefix(struct parse *parse, const char *value)
{
	struct command *command = parse->command;

	free(parse->prefix);
	parse->prefix = xstrdup(value);
	if (command->family != FAMILY_GCC)
		return;
	args_push(&command->words, "-iprefix");
	if (value[0] == '/')
		args_push(&command->words, value);
	else
		args_take(&command->words,
			  concat(parse->cwd, "/", value, (char *)NULL));
}

static void
set_sysroot(struct command *command, const struct option_use *use)
{
	/* The compiler is asked from another directory. */
	if (use->value[0] != '/')
		command_refuse(command, REFUSAL_OPTION, use->value);
	if (command->sysroot != NULL &&
	    strcmp(command->sysroot, use->value) != 0)
		command->has_sysroots = 1;
	free(command->sysroot);
	command->sysroot = xstrdup(use->value);
}

static void
ask_with(struct parse *parse, const struct option_use *use, char *const *v)
{
	struct command *command = parse->command;
	const char *name = use->option->name;
	size_t i;

	for (i = 0; i < use->words; i++)
		args_push(&command->words, v[i]);
	if ((use->option->traits & OPTION_HOST) != 0)
		command->is_host = 1;
	if (strcmp(name, "-nostdinc") == 0 ||
		 strcmp(name, "--no-standard-includes") == 0)
		command->has_nostdinc = 1;
	if (strcmp(v[0], "-fno-canonical-system-headers") == 0)
		command->keeps_names = 1;
	else if (strcmp(v[0], "-fcanonical-system-headers") == 0)
		command->keeps_names = 0;
}

static void
add_dir(struct command *command, enum chain_kind chain, const char *value)
{
	/* -I- */
	if (strcmp(value, "-") == 0 || value[0] == '\0')
		command_refuse(command, REFUSAL_OPTION, value);
	else
		args_push(&command->dirs[chain], value);
}

static void
pass(struct parse *parse, const char *value)
{
	const char *comma;

	for (;; value = comma + 1) {
		comma = strchr(value, ',');
		if (comma == NULL)
			break;
		args_take(&parse->passed,
			  xstrndup(value, (size_t)(comma - value)));
	}
	args_push(&parse->passed, value);
}

/* Options about directories and files. Returns whether role is one of them. */
static int
play_path(struct parse *parse, enum role role, const char *value)
{
	struct command *command = parse->command;

	switch (role) {
	case ROLE_QUOTE:
		add_dir(command, CHAIN_QUOTE, value);
		return 1;
	case ROLE_BRACKET:
		add_dir(command, CHAIN_BRACKET, value);
		return 1;
	case ROLE_SYSTEM:
		add_dir(command, CHAIN_SYSTEM, value);
		return 1;
	case ROLE_AFTER:
		add_dir(command, CHAIN_AFTER, value);
		return 1;
	case ROLE_PREFIX:
		set_prefix(parse, value);
		return 1;
	case ROLE_PREFIXED:
		add_prefixed(parse, command->family == FAMILY_CLANG ?
					    &parse->after :
					    &command->dirs[CHAIN_SYSTEM],
			     value);
		return 1;
	case ROLE_PREFIXED_BEFORE:
		add_prefixed(parse, &parse->before, value);
		return 1;
	case ROLE_INCLUDE:
		args_push(&command->includes, value);
		return 1;
	case ROLE_MACROS:
		args_push(&command->macros, value);
		return 1;
	default:
		return 0;
	}
}

static int
is_utf8(const char *value)
{
	return strcasecmp(value, "utf-8") == 0 ||
	       strcasecmp(value, "utf8") == 0;
}

static void
play(struct parse *parse, enum role role, const struct option_use *use,
     char *const *v)
{
	struct command *command = parse->command;
	const char *value = use->value;

	if (play_path(parse, role, value))
		return;
	switch (role) {
	case ROLE_IGNORE:
		break;
	case ROLE_SYSROOT:
		set_sysroot(command, use);
		ask_with(parse, use, v);
		break;
	case ROLE_TRIGRAPHS:
		command->has_trigraphs = 1;
		ask_with(parse, use, v);
		break;
	case ROLE_ASK:
		ask_with(parse, use, v);
		break;
	case ROLE_DEFINE:
		command_define(command, value);
		break;
	case ROLE_UNDEFINE:
		command_undefine(command, value);
		break;
	case ROLE_LANGUAGE:
		parse->language = value;
		break;
	case ROLE_PASS:
		pass(parse, value);
		break;
	case ROLE_PASS_ONE:
		args_push(&parse->passed, value);
		break;
	default:
		if (role != ROLE_CHARSET || !is_utf8(value))
			command_refuse(command, REFUSAL_OPTION, v[0]);
	}
}

/* The refusal that an option's own reason stands for. */
static enum refusal
refusal_by_reason(enum reason reason)
{
	return reason == REASON_MODULES	 ? REFUSAL_MODULE :
	       reason == REASON_PCH	 ? REFUSAL_PCH :
	       reason == REASON_LANGUAGE ? REFUSAL_LANGUAGE :
					   REFUSAL_NONE;
}

static void
take_option(struct parse *parse, const struct option_use *use, char *const *v)
{
	struct command *command = parse->command;
	enum refusal refusal;
	enum role role;

	if (use->option == NULL || use->lacks_value) {
		command_refuse(command, REFUSAL_OPTION, v[0]);
		return;
	}
	refusal = refusal_by_reason(use->option->local);
	role = role_of(use->option, v[0]);
	if (refusal != REFUSAL_NONE)
		command_refuse(command, refusal, v[0]);
	else
		play(parse, role, use, v);
}

static void
take_source(struct parse *parse, const char *word)
{
	struct command *command = parse->command;
	const struct lang *lang;

	if (command->source != NULL || strcmp(word, "-") == 0) {
		command_refuse(command, REFUSAL_OPTION, word);
		return;
	}
	command->source = xstrdup(word);
	if (parse->language != NULL && strcmp(parse->language, "none") != 0)
		lang = lang_by_name(parse->language);
	else if (identity_is_cxx(parse->compiler))
		lang = lang_by_file_in_cxx(word);
	else
		lang = lang_by_file(word);
	command->lang = lang;
	if (lang == NULL || lang->is_preprocessed ||
	    (!lang->is_distributed &&
	     strcmp(lang->name, "assembler-with-cpp") != 0))
		command_refuse(command, REFUSAL_LANGUAGE, word);
}

void
command_parse(struct command *command, const struct args *args,
	      const char *compiler, const char *pathlist, const char *cwd)
{
	struct parse parse = { .command = command, .cwd = cwd };
	struct option_use use;
	size_t i;

	parse.compiler = compiler;
	command->family = identity_family(compiler, pathlist);
	for (i = 1; i < args->count; i += use.words) {
		use = option_at(args->v, i);
		if (option_is(args->v[i]))
			take_option(&parse, &use, args->v + i);
		else
			take_source(&parse, args->v[i]);
	}
	if (command->source == NULL)
		command_refuse(command, REFUSAL_OPTION, NULL);
	args_append(&command->dirs[CHAIN_BRACKET], &parse.before);
	args_append(&parse.after, &command->dirs[CHAIN_AFTER]);
	args_clear(&command->dirs[CHAIN_AFTER]);
	command->dirs[CHAIN_AFTER] = parse.after;
	if (parse.passed.count > 0)
		command_pass(command, &parse.passed);
	free(parse.prefix);
	args_clear(&parse.before);
	args_clear(&parse.passed);
}

void
command_clear(struct command *command)
{
	int chain;

	for (chain = 0; chain < CHAIN_COUNT; chain++)
		args_clear(&command->dirs[chain]);
	args_clear(&command->macros);
	args_clear(&command->includes);
	args_clear(&command->words);
	buf_clear(&command->defines);
	free(command->culprit);
	free(command->source);
	free(command->sysroot);
	*command = (struct command)COMMAND_INIT;
}
