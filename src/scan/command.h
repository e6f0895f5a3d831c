/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_COMMAND_H
#define SCAN_COMMAND_H

#include "base/args.h"
#include "base/buf.h"
#include "compiler/cmdline.h"
#include "scan/refusal.h"

struct lang;

/* The lists of directories that options add to, as compilers name them. */
enum chain_kind {
	CHAIN_QUOTE,	/* -iquote */
	CHAIN_BRACKET,	/* -I */
	CHAIN_SYSTEM,	/* -isystem */
	CHAIN_AFTER,	/* -idirafter */
	CHAIN_COUNT
};

/*
 * What the words of a command mean for which files it reads. Strings are the
 * struct's own.
 */
struct command {
	enum refusal refusal;	/* what it says is not understood */
	char *culprit;		/* by this word, or NULL */
	enum family family;
	const struct lang *lang;
	char *source;
	struct args dirs[CHAIN_COUNT];	/* as they stand, prefixes applied */
	struct buf defines;	/* -D and -U as lines of #define and #undef */
	struct args macros;	/* -imacros */
	struct args includes;	/* -include */
	/* what changes predefined macros, or where the compiler looks by
	 * itself, in order: to be asked with */
	struct args words;
	char *sysroot;		/* "=" in a directory's name; NULL: nothing */
	int has_sysroots;	/* two of them, which differ */
	int is_host;	/* the words mean another thing elsewhere */
	int has_trigraphs;	/* -trigraphs */
	int has_nostdinc;
	int keeps_names;	/* -fno-canonical-system-headers */
};

#define COMMAND_INIT { .defines = BUF_INIT }

/*
 * Fills command, which is COMMAND_INIT, from the words of args behind [0],
 * which is compiler, to be found by pathlist. cwd is where it runs.
 */
void command_parse(struct command *command, const struct args *args,
		   const char *compiler, const char *pathlist,
		   const char *cwd);

void command_clear(struct command *command);

/* For the options that are passed on (-Wp,): those of the preprocessor. */
void command_pass(struct command *command, const struct args *words);

/* Takes note of why it is not understood; the first cause counts. */
void command_refuse(struct command *command, enum refusal refusal,
		    const char *culprit);

/* Notes -D's or -U's value. */
void command_define(struct command *command, const char *value);
void command_undefine(struct command *command, const char *value);

#endif
