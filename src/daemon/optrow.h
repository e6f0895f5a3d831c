/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_OPTROW_H
#define DAEMON_OPTROW_H

#include <stddef.h>

struct options;

/* What becomes of an option. */
enum optrow_kind {
	OPTROW_FLAG,		/* sets an int to 1 */
	OPTROW_NUMBER,		/* an int from min to max */
	OPTROW_STRING,
	OPTROW_WORDS,		/* adds to a struct args */
	OPTROW_ACCESS,		/* adds to a struct access */
	OPTROW_LOG_FORMAT,
	OPTROW_IGNORED,		/* accepted, without effect */
	OPTROW_ZEROCONF,	/* not built in yet: a warning */
	OPTROW_AUTH,		/* not built in yet: an error */
	OPTROW_HELP,
	OPTROW_VERSION
};

/* One option of distccd, be it on the command line or in a file. */
struct optrow {
	const char *name;	/* without dashes */
	const char *value;	/* what follows, for a person; NULL: nothing */
	const char *help;
	size_t at;		/* of its member in struct options */
	int min, max;
	enum optrow_kind kind;
	char letter;		/* 0: none */
	char alone;		/* only the command line may have it */
};

/* Most rows that there may be, for sets of them in 64 bits. */
#define OPTROW_MAX 64

/* The rows, which end with one without a name. */
const struct optrow *optrow_all(void);

/* The row called name, exactly, or NULL. */
const struct optrow *optrow_find(const char *name);

/*
 * Puts word, NULL for a row without a value, where it belongs; label is how
 * a message begins, "--jobs". Returns -1, or after an error was logged what
 * the daemon is to exit with. Not for help and version.
 */
int optrow_set(struct options *options, const struct optrow *row,
	       const char *word, const char *label);

#endif
