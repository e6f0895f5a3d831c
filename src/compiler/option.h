/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_OPTION_H
#define COMPILER_OPTION_H

#include <stddef.h>

#include "compiler/reason.h"

/*
 * The one place that knows what a word of a gcc or clang command means. All
 * who ask about options (the client's decision, what it sends, the server's
 * policy, later the include scanner) ask here.
 */

/* How an option takes its argument. */
enum {
	OPTION_ALONE = 1,	/* -c */
	OPTION_JOINED = 2,	/* -DNAME, -std=c11: the rest of the word */
	OPTION_SEPARATE = 4	/* -o FILE: the next word */
};

/* What an option concerns, and what it does with files. */
enum {
	OPTION_CPP = 0x1,	/* preprocessing; alone: not sent */
	OPTION_LINK = 0x2,	/* linking; alone: not sent */
	OPTION_CODE = 0x4,	/* code generation or diagnostics: sent */
	OPTION_READS = 0x10,	/* names a file for the compiler to read */
	OPTION_WRITES = 0x20,	/* names a file for it to write */
	OPTION_EXECUTES = 0x40,	/* loads code or runs a program */
	OPTION_HOST = 0x80,	/* means another thing elsewhere */
	OPTION_OUTPUT = 0x100,	/* -o */
	OPTION_LANGUAGE = 0x200,	/* -x */
	OPTION_DEPS = 0x400,	/* -MD and its family */
	OPTION_ACTION = 0x800,	/* -c and -S */
	OPTION_STOPS = 0x1000,	/* nothing is compiled */
	OPTION_BYPRODUCT = 0x2000,	/* a file appears beside the output */
	OPTION_ONCE = 0x4000,	/* two of it mean another thing */
	OPTION_CLANG = 0x8000,	/* the reason holds for clang only */
	OPTION_JUDGED = 0x10000,	/* option_find looks at the argument */
	/* gcc's debug information names it; clang need not be told */
	OPTION_SHOWN = 0x20000,
	/* the reason is gone where the compiler gets the sources themselves */
	OPTION_SOURCES = 0x40000
};

struct option {
	const char *name;	/* with its dashes; JOINED: a prefix */
	unsigned form;		/* OPTION_ALONE | ... */
	unsigned traits;	/* OPTION_CPP | ... */
	enum reason local;	/* forces local work, or REASON_NONE */
};

/* One option as it stands in a command. */
struct option_use {
	const struct option *option;	/* NULL: not in the table */
	const char *value;	/* borrowed from the words; NULL: none */
	size_t words;		/* 1, or 2 with a separate argument */
	int lacks_value;	/* the command ended before the argument */
};

/* Whether word is an option at all: "-" alone is a file. */
int option_is(const char *word);

/*
 * What word, for which option_is says yes, means; next is the word behind
 * it, or NULL. The longest name in the table that fits wins.
 */
struct option_use option_find(const char *word, const char *next);

/*
 * The same for v[i] of a whole command, which ends with NULL. What is no
 * option, v[0] among it, is one word that means nothing.
 */
struct option_use option_at(char *const *v, size_t i);

/*
 * Whether only the preprocessor or the linker, which do not run where the
 * preprocessed source goes, cares for the option.
 */
int option_stays(const struct option *option);

/* Whether it may ask for debug information: all such options look alike. */
int option_is_debug(const struct option_use *use);

/* Whether one of a whole command, v, which ends with NULL, does. */
int option_any_is_debug(char *const *v);

/*
 * The part of the table in which word is if it is there at all, sorted by
 * name in strcmp order. There are three: "-f", "--", and all others.
 */
const struct option *option_table(const char *word, size_t *count);

#endif
