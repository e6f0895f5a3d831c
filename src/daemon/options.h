/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_OPTIONS_H
#define DAEMON_OPTIONS_H

#include "base/args.h"
#include "daemon/access.h"

/* What distccd was told to do. Strings are owned by the struct, or NULL. */
struct options {
	struct access access;
	struct access balancers;	/* who begins with a PROXY header */
	struct args listen;	/* addresses; none: all */
	struct args stats_listen;	/* addresses; none: this machine only */
	char *config;		/* the file with options that was read */
	char *user;
	char *pid_file;
	char *log_file;
	char *log_level;
	char *sysroot;
	int level;		/* a LOG_* of syslog */
	int port;
	int jobs;
	int jobs_chosen;	/* by the number of processors */
	int nice;
	int oom_score_adj;
	int job_lifetime;	/* seconds; 0: any */
	int lifetime;		/* seconds; 0: any */
	int drain_time;		/* seconds for running jobs to end at TERM */
	int receivers;		/* clients beyond jobs, being received */
	int jobs_per_client;	/* of one address, at a time; 0: any */
	int job_cpu_time;	/* seconds of each process; 0: any */
	int job_memory;		/* MiB of each process; 0: any */
	int job_output;		/* MiB of each file */
	int min_free_memory;	/* MiB; below it no job begins */
	int min_free_disk;	/* MiB in TMPDIR; below it no job begins */
	int stats;		/* serve statistics */
	int stats_port;
	int log_json;		/* the log's lines are JSON objects */
	int check;		/* say what would be active, and end */
	int inetd;
	int standalone;
	int no_detach;
	int no_fork;
	int log_stderr;
	int insecure;		/* any program may be run as a compiler */

	int allow_private;
	int verbose;
	int wizard;
};

#define OPTIONS_MAX_JOBS 10000

/* oom_score_adj when nothing asked for one. */
#define OPTIONS_NO_SCORE (-100000)

/*
 * Fills options from a command line and the file of options: the one that
 * --config names, or else the usual one if it is there. What the command
 * line says goes before what the file says. Returns -1 if the daemon is to
 * start, or else what it is to exit with; then everything was said that
 * there is to say.
 */
int options_parse(struct options *options, int argc, char **argv);

/* Frees what options holds. */
void options_clear(struct options *options);

#endif
