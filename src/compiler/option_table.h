/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_OPTION_TABLE_H
#define COMPILER_OPTION_TABLE_H

#include "compiler/option.h"

/*
 * For the files that hold the tables, and the one that chooses among them.
 * How a word begins says which table has it, so that no search has to look
 * into two.
 */
struct option_table {
	const struct option *options;	/* sorted by name in strcmp order */
	size_t count;
};

extern const struct option_table option_table_long;	/* --param */
extern const struct option_table option_table_f;	/* -fPIC */
extern const struct option_table option_table_short;	/* -c */

/* Short names, so that an option fits on a line. */
enum {
	ALONE = OPTION_ALONE,
	JOINED = OPTION_JOINED,
	SEPARATE = OPTION_SEPARATE,
	EITHER = JOINED | SEPARATE,	/* -IDIR, -I DIR */
	MAYBE = ALONE | JOINED,		/* -g, -g3 */
	CPP = OPTION_CPP,
	LINK = OPTION_LINK,
	CODE = OPTION_CODE,
	READS = OPTION_READS,
	WRITES = OPTION_WRITES,
	EXECUTES = OPTION_EXECUTES,
	HOST = OPTION_HOST,
	OUTPUT = OPTION_OUTPUT,
	LANGUAGE = OPTION_LANGUAGE,
	DEPS = OPTION_DEPS,
	ACTION = OPTION_ACTION,
	STOPS = OPTION_STOPS,
	BYPRODUCT = OPTION_BYPRODUCT,
	ONCE = OPTION_ONCE,
	CLANG = OPTION_CLANG,
	JUDGED = OPTION_JUDGED,
	SHOWN = OPTION_SHOWN,
	SOURCES = OPTION_SOURCES
};

#endif
