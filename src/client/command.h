/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_COMMAND_H
#define CLIENT_COMMAND_H

struct args;
struct cmdline;
struct settings;

/*
 * Works out what the user's command means on this machine, with this
 * environment: as cmdline_parse does, and beyond words, by asking the
 * compiler where the command asks for this very processor. cmd, which must be
 * fresh or cleared, then has the words that mean the same elsewhere, or the
 * reason why there are none.
 */
void command_parse(const struct settings *settings, const struct args *command,
		   struct cmdline *cmd);

#endif
