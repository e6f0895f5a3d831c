/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_AGENT_H
#define CLIENT_AGENT_H

#include <stdint.h>

struct buf;
struct settings;

/*
 * Connects to the user's distcc-agent. If there is none and may_start is set,
 * one is started; of many clients that come at once one does that, and the
 * others are in the queue of its socket before it runs. Returns a non-blocking
 * socket or, with trouble set to a phrase, an ERR_*: ERR_CANCEL means that
 * the agent is being avoided.
 */
int agent_open(const struct settings *settings, int may_start,
	       int64_t deadline, struct buf *trouble);

/*
 * Another job, too, shall do without the agent for a while: it does not
 * answer, and each would wait for it.
 */
void agent_avoid(const struct settings *settings);

#endif
