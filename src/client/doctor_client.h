/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_DOCTOR_CLIENT_H
#define CLIENT_DOCTOR_CLIENT_H

#include <stdint.h>

#include "base/args.h"
#include "compiler/cmdline.h"
#include "farm/hosts.h"

struct settings;

/* A directory that a client needs. */
struct doctor_dir {
	const char *what;	/* "DISTCC_DIR" */
	char *path;	/* NULL: there is none */
	int error;	/* the errno of a try to write there; 0: it works */
	int64_t free_bytes;	/* -1: the system does not say */
};

#define DOCTOR_DIRS 4

/* What "distcc --doctor" finds out about this machine. */
struct doctor_client {
	const char *name;	/* of the compiler, as it was asked for */
	char *path;	/* what runs by that name, or NULL */
	char *real;	/* the same, links followed */
	char *version;	/* the first line of --version, or NULL */
	char *link;	/* the link to distcc that PATH has for it, or NULL */
	int link_is_first;	/* ... before the compiler itself */
	struct doctor_dir dirs[DOCTOR_DIRS];
	char *hosts_source;	/* where the host list is from, or NULL */
	struct hosts hosts;
	/* what the agent says, if a host takes sources; or NULL */
	char *agent;
	struct args problems;	/* sentences; none: this machine is fit */
	struct args notes;	/* what is no problem, but worth a sentence */
	char *source_name;	/* of the test unit */
	int object_fd;	/* what the compiler here makes of it, or -1 */
	struct cmdline cmd;	/* the command that compiles it */
};

/*
 * Looks at this machine with the compiler called name, NULL being the first
 * usual one there is. client is overwritten; it is to be cleared.
 */
void doctor_client_check(struct doctor_client *client,
			 const struct settings *settings, const char *name);

void doctor_client_clear(struct doctor_client *client);

#endif
