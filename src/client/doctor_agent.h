/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_DOCTOR_AGENT_H
#define CLIENT_DOCTOR_AGENT_H

struct buf;
struct settings;

/*
 * Asks the user's agent how it is, and starts it if it is not there, as a job
 * would. Returns 0 with text set to what it says, in lines; or an ERR_*, and
 * text says what is the matter.
 */
int doctor_agent_ask(const struct settings *settings, struct buf *text);

#endif
