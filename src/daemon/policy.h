/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_POLICY_H
#define DAEMON_POLICY_H

#include "base/buf.h"
#include "compiler/cmdline.h"
#include "daemon/cmdlist.h"
#include "daemon/compilers.h"

struct args;
struct settings;

/* What may be run here: first which program, then with which options. */
struct policy {
	struct compilers compilers;
	struct cmdlist cmdlist;
	int has_cmdlist;	/* it alone decides about programs */
	int anything;		/* every program may be run */
	const char *path;	/* where those are looked for; borrowed */
};

/*
 * Works out what may be run. Returns -1, or after an error was logged what
 * the daemon is to exit with: a policy that lets nothing run is one.
 */
int policy_load(struct policy *policy, const struct settings *settings,
		int anything);

/* Frees what policy holds. */
void policy_clear(struct policy *policy);

/* What policy_judge said about one request. */
struct verdict {
	struct cmdline cmd;
	char *program;		/* what to execute */
	struct buf refusal;	/* why not, for a person; empty: go ahead */
};

#define VERDICT_INIT { CMDLINE_INIT, NULL, BUF_INIT }

/* Judges the command of a request. Returns 0 or ERR_DENIED. */
int policy_judge(const struct policy *policy, const struct args *args,
		 struct verdict *verdict);

/*
 * The same for a compiler that is to preprocess the client's own files; cwd
 * is the client's working directory.
 */
int policy_judge_pump(const struct policy *policy, const struct args *args,
		      const char *cwd, struct verdict *verdict);

/* Frees what verdict holds. */
void verdict_clear(struct verdict *verdict);

#endif
