/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_DEPFILE_H
#define COMPILER_DEPFILE_H

#include "base/args.h"
#include "base/buf.h"

/* A dependency file, as gcc and clang write them for -MD and -MMD. */
struct depfile {
	struct buf targets;	/* of its first rule, as text, with the colon */
	/* of the files that they depend on, quoted for make as they stand */
	struct args names;
	struct buf rest;	/* the rules behind the first, as text */
};

#define DEPFILE_INIT { BUF_INIT, ARGS_INIT, BUF_INIT }

void depfile_clear(struct depfile *depfile);

/*
 * Reads text into depfile, which is DEPFILE_INIT or cleared. Returns 0, or
 * ERR_SYNTAX if it does not begin with a rule.
 */
int depfile_parse(struct depfile *depfile, const char *text);

/* A name without its quotes; yours to free. */
char *depfile_unquote(const char *quoted);

/* Who wraps long rules in which way. */
enum depfile_style {
	DEPFILE_GCC,
	DEPFILE_CLANG,
	DEPFILE_STYLES
};

/* Appends it to text as a compiler would have written it. */
void depfile_write(const struct depfile *depfile, enum depfile_style style,
		   struct buf *text);

/*
 * Appends text, a dependency file, to out without root wherever that stands
 * in a name, as if it had been written for the names that are left: rules
 * are wrapped anew if it can be told how they were. root has no characters
 * that make knows.
 */
void depfile_remove_root(const char *text, const char *root, struct buf *out);

#endif
