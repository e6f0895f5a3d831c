/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_PLAN_H
#define AGENT_PLAN_H

struct agent_plan;
struct scan_result;
struct store;

/*
 * Makes the answer to AGENT_PLAN of what a scan found, be it a refusal. plan
 * is fresh or cleared; the descriptors in it are its own.
 */
void plan_make(struct agent_plan *plan, const struct scan_result *result,
	       struct store *store);

#endif
