/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_LINEMARK_H
#define COMPILER_LINEMARK_H

#include <stddef.h>

/*
 * The lines of preprocessed text that tell where what follows comes from:
 * # 12 "dir/x.h" 2 3 (GCC manual, "Preprocessor Output").
 */
enum {
	LINEMARK_ENTERS = 1,	/* flag 1: a file begins */
	LINEMARK_RETURNS = 2,	/* flag 2: back to a file */
	LINEMARK_SYSTEM = 4,	/* flag 3: warnings do not matter */
	LINEMARK_C = 8		/* flag 4: extern "C" */
};

/* One of them. The pointers go into the text. */
struct linemark {
	size_t line;	/* of what follows */
	const char *name;	/* with its quotes, as it is written */
	size_t name_len;
	const char *flags_at;	/* behind the name */
	unsigned flags;
};

/*
 * Reads the line that begins at at and goes to end, its newline not included.
 * Returns 0, or ERR_SYNTAX if it is another line.
 */
int linemark_read(const char *at, const char *end, struct linemark *mark);

/* Whether two of them name the same file. */
int linemark_is_same_file(const struct linemark *a, const struct linemark *b);

#endif
