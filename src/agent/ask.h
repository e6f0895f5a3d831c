/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_ASK_H
#define AGENT_ASK_H

#include "wire/agent.h"

/*
 * Asks the agent that listens at path AGENT_STATUS or AGENT_LEAVE, and prints
 * what it says. Returns what to exit with.
 */
int ask_agent(const char *path, enum agent_question question);

#endif
