/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_OPTIONS_H
#define AGENT_OPTIONS_H

/* What the command line says; strings are owned. */
struct options {
	char *socket;		/* NULL: the usual one */
	char *pid_file;		/* or NULL */
	char *log_file;		/* or NULL */
	int listen_fd;		/* that listens already; -1: none */
	int idle_s;		/* 0: for ever */
	int memory;		/* MiB for bodies of files */
	int no_detach;
	int verbose;
	int status, stop;	/* asked of the agent that runs */
};

/*
 * Returns -1 if the agent is to go on, or with what it shall exit, after an
 * error was logged, or help or version was shown.
 */
int options_parse(struct options *options, int argc, char **argv);

void options_clear(struct options *options);

#endif
