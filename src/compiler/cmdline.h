/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_CMDLINE_H
#define COMPILER_CMDLINE_H

#include <stddef.h>

#include "base/args.h"
#include "compiler/reason.h"

struct lang;

/* Which compiler's rules hold where gcc's and clang's differ. */
enum family {
	FAMILY_GCC,
	FAMILY_CLANG
};

/* What a compiler command means. Strings are owned by the struct. */
struct cmdline {
	struct args args;	/* the command, response files expanded */
	enum family family;
	enum reason reason;	/* why it stays local; REASON_NONE: it can go */
	char *culprit;		/* the word that decided so, or NULL */
	/* the reason holds only where the source would go preprocessed */
	int needs_sources;

	/* The rest is set where reason is REASON_NONE, or needs_sources. */
	int to_assembly;	/* -S, else -c */
	size_t input_at;	/* its word in args */
	const struct lang *lang;	/* of the input, -x respected */
	/* where the result goes: -o's, or the default */
	char *output;
	int has_output;		/* the command names it */
	/* where the dependencies go, or NULL: nowhere */
	char *depfile;
	/* the -MQ to add when only preprocessing, or NULL */
	char *deptarget;
	int has_deptarget;	/* the command has a -MT or -MQ of its own */
};

#define CMDLINE_INIT { .args = ARGS_INIT, .reason = REASON_NONE }

/*
 * Works out what the command argv means, argv[0] being the compiler. It
 * touches no file but the response files (@file) that argv names. Never
 * fails: what is not understood has a reason. cmd must be fresh or cleared.
 */
void cmdline_parse(struct cmdline *cmd, char *const *argv, enum family family);

/*
 * The same as a server may judge it: argv came from a peer, so that no
 * response file is opened, and a reason is set only for what a server must
 * refuse: no compile, no input, several inputs, options that run programs,
 * name files, ask for the client's machine, or are not in the table.
 * depfile and deptarget stay NULL, and the family is the caller's to set.
 */
void cmdline_parse_foreign(struct cmdline *cmd, char *const *argv);

/*
 * The same where the server has the client's files, so that it can preprocess
 * what is assembled then.
 */
void cmdline_parse_pumped(struct cmdline *cmd, char *const *argv);

/* Frees what cmd holds; it can be parsed into again. */
void cmdline_clear(struct cmdline *cmd);

/* The input file's name, borrowed. */
const char *cmdline_input(const struct cmdline *cmd);

#endif
