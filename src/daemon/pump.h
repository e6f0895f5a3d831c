/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_PUMP_H
#define DAEMON_PUMP_H

#include "base/buf.h"
#include "daemon/root.h"

struct args;
struct job;
struct reply_files;
struct seen;

/*
 * What a job of version 3 has besides others: the client's files below a
 * root of the job's own, where the compiler runs as if that were /.
 */
struct pump {
	struct buf cwd;		/* the client's working directory */
	struct root root;
	char *work;		/* where that is here */
	char *object, *depfile;	/* outside of the root; absolute */
};

#define PUMP_INIT { .cwd = BUF_INIT, .root = ROOT_INIT }

void pump_clear(struct pump *pump);

/*
 * Reads the client's files into the job's directory, which is open. Returns
 * 0, or an ERR_*, which has been logged and, if possible, answered.
 */
int pump_receive(struct job *job);

/* Sets argv to the command to run, in pump.work with PWD set to it. */
void pump_make_command(struct job *job, struct args *argv);

/* Takes the root out of what the compiler said. Returns 0 or ERR_SYS. */
int pump_clean_messages(const struct job *job);

/*
 * A compile has succeeded: looks at the object, and opens the dependencies.
 * Sets what is missing in files, which seen is for. Returns 0; ERR_DENIED
 * with *why set to a phrase if the result must not be used; or ERR_SYS.
 */
int pump_finish(struct job *job, struct reply_files *files,
		struct seen *seen, const char **why);

#endif
