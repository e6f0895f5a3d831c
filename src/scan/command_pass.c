/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/command.h"

#include <string.h>

/*
 * The options that a driver hands to the preprocessor unseen, which has them
 * behind all its others. That is another program with other options; known
 * are those that people pass.
 */

enum effect {
	EFFECT_NOTHING,
	EFFECT_DEFINE,
	EFFECT_UNDEFINE,
	EFFECT_BRACKET,
	EFFECT_QUOTE,
	EFFECT_SYSTEM,
	EFFECT_AFTER,
	EFFECT_INCLUDE,
	EFFECT_MACROS
};

static const struct passed {
	const char *name;
	int is_joined;	/* the value may stand in the same word */
	int has_value;
	enum effect effect;
} options[] = {
	{ "-D", 1, 1, EFFECT_DEFINE },
	{ "-I", 1, 1, EFFECT_BRACKET },
	{ "-MD", 0, 1, EFFECT_NOTHING },
	{ "-MF", 1, 1, EFFECT_NOTHING },
	{ "-MMD", 0, 1, EFFECT_NOTHING },
	{ "-MP", 0, 0, EFFECT_NOTHING },
	{ "-MQ", 1, 1, EFFECT_NOTHING },
	{ "-MT", 1, 1, EFFECT_NOTHING },
	{ "-U", 1, 1, EFFECT_UNDEFINE },
	{ "-W", 1, 0, EFFECT_NOTHING },
	{ "-idirafter", 1, 1, EFFECT_AFTER },
	{ "-imacros", 1, 1, EFFECT_MACROS },
	{ "-include", 1, 1, EFFECT_INCLUDE },
	{ "-iquote", 1, 1, EFFECT_QUOTE },
	{ "-isystem", 1, 1, EFFECT_SYSTEM },
	{ "-w", 0, 0, EFFECT_NOTHING },
};

static const struct passed *
find(const char *word)
{
	const struct passed *found = NULL;
	size_t i, len;

	for (i = 0; i < sizeof options / sizeof *options; i++) {
		len = strlen(options[i].name);
		if (strncmp(word, options[i].name, len) == 0 &&
		    (word[len] == '\0' || options[i].is_joined) &&
		    (found == NULL || len > strlen(found->name)))
			found = &options[i];
	}
	return found;
}

static void
add_dir(struct command *command, enum chain_kind chain, const char *value)
{
	if (value[0] == '\0' || strcmp(value, "-") == 0)
		command_refuse(command, REFUSAL_OPTION, value);
	else
		args_push(&command->dirs[chain], value);
}

static void
take_effect(struct command *command, enum effect effect, const char *value)
{
	switch (effect) {
	case EFFECT_DEFINE:
		command_define(command, value);
		break;
	case EFFECT_UNDEFINE:
		command_undefine(command, value);
		break;
	case EFFECT_BRACKET:
		add_dir(command, CHAIN_BRACKET, value);
		break;
	case EFFECT_QUOTE:
		add_dir(command, CHAIN_QUOTE, value);
		break;
	case EFFECT_SYSTEM:
		add_dir(command, CHAIN_SYSTEM, value);
		break;
	case EFFECT_AFTER:
		add_dir(command, CHAIN_AFTER, value);
		break;
	case EFFECT_INCLUDE:
		args_push(&command->includes, value);
		break;
	case EFFECT_MACROS:
		args_push(&command->macros, value);
		break;
	default:
		break;
	}
}

void
command_pass(struct command *command, const struct args *words)
{
	const struct passed *option;
	const char *value;
	size_t i;

	for (i = 0; i < words->count; i++) {
		option = find(words->v[i]);
		value = NULL;
		if (option != NULL && option->has_value) {
			value = words->v[i] + strlen(option->name);
			if (value[0] == '\0')
				value = words->v[++i];
		}
		if (option == NULL || (option->has_value && value == NULL)) {
			command_refuse(command, REFUSAL_OPTION,
				       words->v[i < words->count ?
							i : i - 1]);
			return;
		}
		take_effect(command, option->effect, value);
	}
}
