/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_COMMAND_H
#define CLIENT_COMMAND_H

struct args;
struct cmdline;
struct settings;

/*
 * Works out what the user's command means on this machine, with this
 * environment: as cmdline_parse does, and beyond words. cmd must be fresh or
 * cleared.
 */
void command_parse(const struct settings *settings, const struct args *command,
		   struct cmdline *cmd);

/*
 * Where the reason is REASON_NATIVE, asks the compiler what this very
 * processor is: cmd then has words that mean the same elsewhere, and no
 * reason, or stays as it is. That can cost some processes, so that it is for
 * commands that have somewhere to go.
 */
void command_make_portable(const struct settings *settings,
			   struct cmdline *cmd);

#endif
