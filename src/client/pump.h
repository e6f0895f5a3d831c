/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_PUMP_H
#define CLIENT_PUMP_H

#include "wire/agent.h"
#include "wire/seen.h"

struct cmdline;
struct settings;

/*
 * Asks for the files of a compile, so that they can be sent in place of a
 * preprocessed source: our agent, which is started if it is not there, or
 * the include server that INCLUDE_SERVER_PORT names.
 */
struct pump {
	struct agent_plan plan;
	struct tree_entry *entries;	/* the same, ready to be sent */
	char *cwd;	/* scan_unit's */
	void *maps[AGENT_MAX_FDS];	/* the segments */
	size_t map_sizes[AGENT_MAX_FDS];
	struct buf bodies;	/* in their place: from an include server */
	struct buf trouble;	/* why there is no plan, for people */
};

#define PUMP_INIT { .plan = AGENT_PLAN_INIT, .bodies = BUF_INIT, \
	.trouble = BUF_INIT }

/*
 * Fills pump, which is PUMP_INIT, for cmd. Returns 0 with plan and entries
 * set, or an ERR_*: there is no plan, and trouble says why; ERR_DENIED is the
 * scanner's no, whatever else a fault of the way to it. Never takes longer
 * than settings allow.
 */
int pump_ask(struct pump *pump, const struct settings *settings,
	     const struct cmdline *cmd);

/* Whether what a server's compiler read is what the plan had: yes, if that
 * came from an include server, which does not say. */
int pump_agrees(const struct pump *pump, const struct seen *seen);

/* Tells the agent that a server did not agree. */
void pump_distrust(struct pump *pump, const struct settings *settings,
		   const struct cmdline *cmd);

/* Frees all of it. */
void pump_clear(struct pump *pump);

#endif
