/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/option.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "compiler/assembler.h"

/* What some options become by the argument that they have. */
static const struct option assembler_files = {
	"-Wa,", OPTION_JOINED, OPTION_READS | OPTION_WRITES, REASON_ASSEMBLER
};
static const struct option assembler_debugs = {
	"-Wa,", OPTION_JOINED, OPTION_CODE, REASON_PATHS
};
static const struct option opt_info_file = {
	"-fopt-info", OPTION_JOINED, OPTION_WRITES, REASON_EXTRA_OUTPUT
};
static const struct option macros = {
	"-g", OPTION_JOINED, OPTION_CODE | OPTION_SOURCES, REASON_MACROS
};
static const struct option utf_8 = {
	"-finput-charset=", OPTION_JOINED,
	OPTION_CPP | OPTION_CODE | OPTION_SHOWN, REASON_NONE
};
static const struct option precompiled = {
	"-Xclang", OPTION_SEPARATE, OPTION_READS | OPTION_WRITES, REASON_PCH
};
static const struct option target_path = {
	"-target", OPTION_SEPARATE, OPTION_EXECUTES, REASON_LOADS_CODE
};

int
option_is(const char *word)
{
	return word[0] == '-' && word[1] != '\0';
}

static size_t
common_length(const char *a, const char *b)
{
	size_t len = 0;

	while (a[len] != '\0' && a[len] == b[len])
		len++;
	return len;
}

/*
 * The last option whose name is not behind the first len bytes of word, or
 * NULL. The only names that can come between it and those bytes are longer
 * ones with another ending.
 */
static const struct option *
last_before(const char *word, size_t len)
{
	size_t low = 0, high, middle;
	const struct option *table = option_table(word, &high);
	int order;

	while (low < high) {
		middle = low + (high - low) / 2;
		order = strncmp(table[middle].name, word, len);
		if (order == 0 && table[middle].name[len] != '\0')
			order = 1;
		if (order <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low == 0 ? NULL : &table[low - 1];
}

/* The option with the longest name that word begins with, and may. */
static const struct option *
longest_fit(const char *word)
{
	const struct option *option;
	size_t len = strlen(word), common;

	while (len > 0) {
		option = last_before(word, len);
		if (option == NULL)
			return NULL;
		common = common_length(option->name, word);
		if (option->name[common] == '\0') {
			if (word[common] == '\0' ||
			    (option->form & OPTION_JOINED) != 0)
				return option;
			common--;
		}
		len = common;
	}
	return NULL;
}

/*
 * The level of debug information in "3", "gdb3" or "0x3", as gcc reads it;
 * -1 if there is none.
 */
static long
debug_level(const char *value)
{
	char *end;
	long level;

	/* What stands behind it is a version. */
	if (strncmp(value, "dwarf", 5) == 0)
		return -1;
	while (isalpha((unsigned char)*value) || *value == '+')
		value++;
	if (!isdigit((unsigned char)*value))
		return -1;
	level = strtol(value, &end,
		       strncmp(value, "0x", 2) == 0 ||
		       strncmp(value, "0X", 2) == 0 ? 16 : 10);
	return *end == '\0' ? level : -1;
}

static int
is_for_assembler(const char *name)
{
	static const char *const names[] = {
		"-Wa,", "-Xassembler", "--for-assembler", "--for-assembler="
	};
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(name, names[i]) == 0)
			return 1;
	}
	return 0;
}

/*
 * Options whose argument decides: the words for an assembler, a report that
 * goes to a file, a target whose name would lead clang to another program,
 * the level of debug information, a character set that preprocessed sources
 * are in anyway.
 */
static const struct option *
judge(const struct option *option, const char *value)
{
	if (is_for_assembler(option->name))
		return !assembler_is_pure(value)    ? &assembler_files :
		       assembler_notes_paths(value) ? &assembler_debugs :
						      option;
	if (strcmp(option->name, "-fopt-info") == 0)
		return strchr(value, '=') == NULL ? option : &opt_info_file;
	if (strcmp(option->name, "-g") == 0 ||
	    strcmp(option->name, "--debug=") == 0)
		return debug_level(value) >= 3 ? &macros : option;
	if (strcmp(option->name, "-finput-charset=") == 0)
		return strcasecmp(value, "utf-8") == 0 ||
				       strcasecmp(value, "utf8") == 0 ?
			       &utf_8 : option;
	if (strcmp(option->name, "-Xclang") == 0)
		return strcmp(value, "-include-pch") == 0 ? &precompiled :
							    option;
	return strchr(value, '/') == NULL ? option : &target_path;
}

struct option_use
option_find(const char *word, const char *next)
{
	struct option_use use = { longest_fit(word), NULL, 1, 0 };
	const char *rest;

	if (use.option == NULL)
		return use;
	rest = word + strlen(use.option->name);
	if (*rest != '\0' ||
	    (use.option->form & (OPTION_ALONE | OPTION_SEPARATE)) == 0) {
		use.value = rest;
	} else if ((use.option->form & OPTION_SEPARATE) != 0) {
		use.value = next;
		use.words = next == NULL ? 1 : 2;
		use.lacks_value = next == NULL;
	}
	if ((use.option->traits & OPTION_JUDGED) != 0 && use.value != NULL)
		use.option = judge(use.option, use.value);
	return use;
}

struct option_use
option_at(char *const *v, size_t i)
{
	if (i > 0 && option_is(v[i]))
		return option_find(v[i], v[i + 1]);
	return (struct option_use){ NULL, NULL, 1, 0 };
}

int
option_stays(const struct option *option)
{
	return (option->traits & OPTION_CODE) == 0 &&
	       (option->traits & (OPTION_CPP | OPTION_LINK)) != 0;
}

int
option_is_debug(const struct option_use *use)
{
	const char *name;

	if (use->option == NULL)
		return 0;
	name = use->option->name;
	/* clang does not look at the level. */
	if (strncmp(name, "--debug", 7) == 0)
		return 1;
	return strncmp(name, "-g", 2) == 0 &&
	       (use->value == NULL || debug_level(use->value) != 0);
}

int
option_any_is_debug(char *const *v)
{
	struct option_use use;
	size_t i;

	for (i = 1; v[i] != NULL; i += use.words) {
		use = option_at(v, i);
		if (option_is_debug(&use))
			return 1;
	}
	return 0;
}
