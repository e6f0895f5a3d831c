/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_LANG_H
#define COMPILER_LANG_H

#include <stddef.h>

#include "compiler/reason.h"

/* A source language as the field knows it (GCC manual, "Overall Options"). */
struct lang {
	const char *name;	/* as -x wants it: "c++" */
	const char *preprocessed;	/* as -x wants its preprocessed form */
	const char *suffix;	/* of its preprocessed form: ".ii" */
	int is_preprocessed;	/* it is that form already */
	int is_distributed;	/* it can be compiled elsewhere */
	enum reason local;	/* why it cannot, or REASON_NONE */
};

/* The language of a file by its name's suffix, or NULL. */
const struct lang *lang_by_file(const char *path);

/*
 * The same as the C++ compilers see it, whose names end in "++": what would
 * be C is C++ to them.
 */
const struct lang *lang_by_file_in_cxx(const char *path);

/* The language that -x NAME sets, or NULL. "none" is no language. */
const struct lang *lang_by_name(const char *name);

/*
 * Whether servers of every version take path's suffix for a source. They
 * refuse commands in which they see none.
 */
int lang_suffix_is_classic(const char *path);

/* Whether path's suffix tells servers of every version that it is in lang. */
int lang_is_told_by(const struct lang *lang, const char *path);

/* The tables, for their test. Sorted by suffix, and by name. */
const struct lang *lang_table(size_t *count);

#endif
