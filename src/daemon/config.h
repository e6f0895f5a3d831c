/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_CONFIG_H
#define DAEMON_CONFIG_H

#include <stddef.h>

/*
 * The file with options: one a line, as on the command line but without the
 * dashes, which may stand there all the same. What the options mean, and
 * which there are, is not known here.
 */
struct config {
	struct config_line *lines;
	size_t count;
};

struct config_line {
	int number;	/* from 1 on */
	char *name;	/* without dashes */
	char *value;	/* NULL: there is none */
};

#define CONFIG_INIT { NULL, 0 }

/*
 * Reads file:
 *
 *	# comment
 *	name
 *	name value		# comment
 *	name = value
 *	name "value with # or blanks at its ends, \" and \\"
 *
 * Returns 0, or ERR_MISSING without a word if there is no such file, or
 * after an error was logged, with the line's number, ERR_SYS, ERR_LIMIT or
 * ERR_SYNTAX.
 */
int config_read(struct config *config, const char *file);

/* Frees what config holds. */
void config_clear(struct config *config);

#endif
