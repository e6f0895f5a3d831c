/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_CHECK_H
#define DAEMON_CHECK_H

struct options;
struct settings;

/*
 * distccd --check: does what a start does, as far as that changes nothing,
 * and says what would be active. What is wrong is said after that, so that
 * the log is held back from check_begin to check_end.
 */
struct check {
	const struct options *options;
	const struct settings *settings;
	const char *mode;	/* where clients would come from */
	int needs_rule;		/* without one it serves nobody */
	int own_sockets;	/* it would open its sockets itself */
	int exitcode;		/* of a start; -1: it would serve */
	int has_room;		/* TMPDIR can be used */
	int log_fd;		/* what is held back; -1: nothing is */
};

void check_begin(struct check *check);

/*
 * Looks at all that can be wrong, gives up root's rights, writes the report
 * to the standard output, and the log to the standard error. Returns 0, or
 * what a start would exit with: for what is set in exitcode already, that.
 */
int check_end(struct check *check);

#endif
