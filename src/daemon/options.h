/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_OPTIONS_H
#define DAEMON_OPTIONS_H

#include "base/args.h"
#include "daemon/access.h"

/* The command line of distccd. Strings are owned by the struct, or NULL. */
struct options {
	struct access access;
	struct args listen;	/* addresses; none: all */
	char *user;
	char *pid_file;
	char *log_file;
	char *log_level;
	char *sysroot;
	int level;		/* a LOG_* of syslog */
	int port;
	int jobs;
	int nice;
	int oom_score_adj;
	int job_lifetime;	/* seconds; 0: any */
	int lifetime;		/* seconds; 0: any */
	int inetd;
	int standalone;
	int no_detach;
	int no_fork;
	int log_stderr;
	int insecure;		/* any program may be run as a compiler */

	int allow_private;
	int verbose;
	int wizard;
	int ignored;		/* accepted, without effect */
	char *auth_list;
};

/* oom_score_adj when nothing asked for one. */
#define OPTIONS_NO_SCORE (-100000)

/*
 * Fills options from a command line. Returns -1 if the daemon is to start,
 * or else what it is to exit with; then everything was said that there is
 * to say.
 */
int options_parse(struct options *options, int argc, char **argv);

/* Frees what options holds. */
void options_clear(struct options *options);

#endif
